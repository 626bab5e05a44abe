import ArgumentParser
import Foundation

/// A failure as the person at the terminal sees it: one line, one exit code.
struct CommandFailure: Error {
    /// What went wrong.
    enum Kind: Sendable {
        /// The command line itself is wrong: exit code 2.
        case usage
        /// The command was understood and could not be done: exit code 1.
        case failed
    }

    /// What went wrong.
    var kind: Kind
    /// A sentence without a full stop.
    var message: String
    /// What to do about it.
    var hint: String?

    /// Makes a failure of a command that was understood.
    init(_ message: String, hint: String? = nil) {
        kind = .failed
        self.message = message
        self.hint = hint
    }

    /// Makes a failure of the command line itself.
    static func usage(_ message: String, hint: String? = nil) -> CommandFailure {
        var failure = CommandFailure(message, hint: hint)
        failure.kind = .usage
        return failure
    }

    /// Process exit code.
    var exitCode: Int32 { kind == .usage ? 2 : 1 }

    /// The line for standard error.
    ///
    /// Line breaks and control characters in it become blanks, so that it stays one line
    /// and text from a file cannot steer the terminal.
    var line: String {
        let text = "mitplan: error: " + message + (hint.map { " (hint: \($0))" } ?? "")
        return DisplayText.plain(text)
    }
}

extension CommandFailure {
    /// Translates any error that reached the top.
    init(_ error: any Error) {
        if let failure = error as? CommandFailure {
            self = failure
        } else if error is CancellationError {
            self.init("interrupted")
        } else if Mitplan.exitCode(for: error) == .validationFailure {
            let help = Self.helpCommand(in: Mitplan.fullMessage(for: error, columns: 4096))
            self = .usage(OptionLimits.completed(Mitplan.message(for: error), command: help), hint: help)
        } else {
            self = Self.translated(error) ?? CommandFailure(Self.systemMessage(of: error))
        }
    }

    /// The command that shows help, as the argument parser names it in its long message.
    private static func helpCommand(in message: String) -> String? {
        guard let start = message.range(of: "See '"),
            let end = message[start.upperBound...].range(of: "'")
        else { return "mitplan --help" }
        return String(message[start.upperBound..<end.lowerBound])
    }

    /// What the system says of a failed operation on a file.
    private static func systemMessage(of error: any Error) -> String {
        let system = error as NSError
        guard system.domain == NSCocoaErrorDomain || system.domain == NSPOSIXErrorDomain else { return "\(error)" }
        if let inner = system.userInfo[NSUnderlyingErrorKey] as? NSError, inner.domain == NSPOSIXErrorDomain {
            return String(cString: strerror(Int32(truncatingIfNeeded: inner.code)))
        }
        return system.localizedDescription
    }
}
