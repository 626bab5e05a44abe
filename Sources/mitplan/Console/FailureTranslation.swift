import Formats
import Participation
import Platform
import Storage

extension CommandFailure {
    /// The failure that an error of the floors below stands for; `nil` when it is none of theirs.
    static func translated(_ error: any Error) -> CommandFailure? {
        switch error {
        case let error as PlatformError:
            // One line has room for few faults: the first stand for all. Hints name parameters of the web interface,
            // which are options here.
            let faults = error.violations.prefix(3).map { "\($0.pointer) \($0.detail)" }
            var message = ([error.detail] + faults).joined(separator: "; ")
            if error.violations.count > faults.count {
                message += "; and \(error.violations.count - faults.count) more"
            }
            var failure = CommandFailure(message, hint: error.hint?.replacing("crs=", with: "--crs "))
            if error.code == .badRequest { failure.kind = .usage }
            return failure
        case let error as StorageError: return CommandFailure("\(error)")
        case let error as FormatError: return CommandFailure("\(error)")
        default: return nil
        }
    }
}
