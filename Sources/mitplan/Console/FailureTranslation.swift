import Formats
import Participation
import Platform
import Storage

extension CommandFailure {
    /// The failure that an error of the floors below stands for; `nil` when it is none of theirs.
    static func translated(_ error: any Error) -> CommandFailure? {
        switch error {
        case let error as PlatformError:
            // One line has room for few faults: the first stand for all, and what the detail says already is not said
            // again. Hints name parameters of the web interface, which are options here.
            let violations = error.violations.filter { $0.detail != error.detail }
            let faults = violations.prefix(3).map { $0.pointer.isEmpty ? $0.detail : "\($0.pointer) \($0.detail)" }
            var message = ([error.detail] + faults).joined(separator: "; ")
            if violations.count > faults.count { message += "; and \(violations.count - faults.count) more" }
            var failure = CommandFailure(message, hint: error.hint.map(optionNames))
            if error.code == .badRequest { failure.kind = .usage }
            return failure
        case let error as StorageError: return CommandFailure("\(error)")
        case let error as FormatError: return CommandFailure("\(error)")
        default: return nil
        }
    }

    /// A hint with the names of parameters as options: `cell=250` becomes `--cell 250`, `minPoints=5` `--min-points 5`.
    static func optionNames(_ hint: String) -> String {
        hint.replacing(/\b([a-z][A-Za-z]*)=/) { "\(optionName(String($0.1))) " }
    }

    /// The option of a parameter: `--min-points` for `minPoints`.
    static func optionName(_ parameter: String) -> String {
        parameter.reduce(into: "--") { text, character in
            text += character.isUppercase ? "-" + character.lowercased() : String(character)
        }
    }
}
