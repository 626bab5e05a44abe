import ArgumentParser
import Participation
import Platform

/// An instant or a whole day on the command line: `2026-05-01` or an RFC 3339 instant.
struct Instant: ExpressibleByArgument {
    private let text: String
    /// The same, where a day is one of UTC.
    private let universal: Int64

    init?(argument: String) {
        guard let universal = Timestamp.milliseconds(argument) else { return nil }
        (text, self.universal) = (argument, universal)
    }

    /// Milliseconds since 1970-01-01T00:00:00Z; a day means its beginning by the clock of a tenant.
    func milliseconds(in tenant: Tenant) -> Int64 { NamedDays(of: tenant).beginning(text) ?? universal }

    /// The last millisecond of what ends with it: a day is in it as a whole, an instant is not.
    func lastMillisecond(in tenant: Tenant) -> Int64 {
        NamedDays.isDay(text) ? NamedDays(of: tenant).end(text) ?? universal + 86_399_999 : universal - 1
    }

    /// What the help shows of it.
    var defaultValueDescription: String { text }
}
