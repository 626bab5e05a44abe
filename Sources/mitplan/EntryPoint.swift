import ArgumentParser
import Foundation

/// Starts the program and turns every failure into one line and an exit code.
@main enum EntryPoint {
    static func main() async {
        do {
            try RepeatedOptions.refuse(in: Array(CommandLine.arguments.dropFirst()))
            var command = try await Mitplan.asyncParseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            leave(with: error)
        }
    }

    /// Ends the process: help and version on standard output with 0, everything else through ``CommandFailure``.
    private static func leave(with error: any Error) -> Never {
        if let code = error as? ExitCode { exit(code.rawValue) }
        if !(error is CommandFailure), Mitplan.exitCode(for: error) == .success { Mitplan.exit(withError: error) }
        let failure = CommandFailure(error)
        Console.error(failure.line)
        exit(failure.exitCode)
    }
}
