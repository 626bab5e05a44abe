import Participation

/// The time that two options name, such as `--since` and `--until`; `nil` is open.
struct NamedPeriod {
    /// The first millisecond since 1970-01-01T00:00:00Z.
    let first: Int64?
    /// The last one.
    let last: Int64?

    /// Reads them with the days of the tenant's clock.
    ///
    /// - Parameter options: their names, for those who gave them the wrong way round.
    /// - Throws: ``CommandFailure`` of the command line where the start is not before the end.
    init(from start: Instant?, until end: Instant?, options: (String, String), in tenant: Tenant) throws {
        first = start?.milliseconds(in: tenant)
        last = end?.lastMillisecond(in: tenant)
        if let first, let last, first > last {
            throw CommandFailure.usage(
                "\(options.0) must lie before \(options.1)",
                hint: "\(options.0) 2026-05-01 \(options.1) 2026-05-31 is all of May")
        }
    }
}
