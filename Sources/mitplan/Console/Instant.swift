import ArgumentParser
import Participation

/// An instant or a whole day on the command line: `2026-05-01` or an RFC 3339 instant.
struct Instant: ExpressibleByArgument {
    /// Milliseconds since 1970-01-01T00:00:00Z; a day means its beginning in UTC.
    let milliseconds: Int64

    init?(argument: String) {
        guard let milliseconds = Timestamp.milliseconds(argument) else { return nil }
        self.milliseconds = milliseconds
    }

    /// What the help shows of it.
    var defaultValueDescription: String { Timestamp.rfc3339(milliseconds) }
}
