import ArgumentParser
import Participation
import Platform

/// An instant or a whole day on the command line: `2026-05-01` or an RFC 3339 instant.
struct Instant: ExpressibleByArgument {
    private let text: String

    init?(argument: String) {
        guard Timestamp.milliseconds(argument) != nil else { return nil }
        text = argument
    }

    /// Milliseconds since 1970-01-01T00:00:00Z; a day means its beginning by the clock of a tenant.
    func milliseconds(in tenant: Tenant) -> Int64 { NamedDays(of: tenant).beginning(text) ?? 0 }

    /// What the help shows of it.
    var defaultValueDescription: String { text }
}
