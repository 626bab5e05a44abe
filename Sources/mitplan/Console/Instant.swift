import ArgumentParser
import Foundation

/// An instant or a whole day on the command line: `2026-05-01` or an RFC 3339 instant.
struct Instant: ExpressibleByArgument {
    /// Milliseconds since 1970-01-01T00:00:00Z; a day means its beginning in UTC.
    let milliseconds: Int64

    init?(argument: String) {
        let text = argument.count == 10 ? argument + "T00:00:00Z" : argument
        guard let date = try? Date(text, strategy: .iso8601) else { return nil }
        let value = date.timeIntervalSince1970 * 1000
        guard let milliseconds = Int64(exactly: value.rounded()) else { return nil }
        self.milliseconds = milliseconds
    }

    /// What the help shows of it.
    var defaultValueDescription: String { NumberText.instant(milliseconds) }
}
