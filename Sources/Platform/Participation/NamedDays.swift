public import Participation

/// Instants as people write them, where a day without a time is one of the tenant's clock: filters, statistics and periods
/// mean the same days.
///
/// OGC API - Features (OGC 17-069r4, 7.15.4) has instants alone in `datetime`, and so says nothing of days.
public struct NamedDays: Sendable {
    private let clock: TimeZoneDays

    /// The days of a tenant.
    public init(of tenant: Tenant) { clock = TimeZoneDays(timeZone: tenant.timeZone) }

    /// The first millisecond since 1970 of a day such as `2026-05-01`, or an RFC 3339 instant; `nil` for anything else.
    public func beginning(_ text: some StringProtocol) -> Int64? {
        guard let instant = Timestamp.milliseconds(text) else { return nil }
        return Self.isDay(text) ? clock.start(ofLocalDay: Self.number(instant)) : instant
    }

    /// The last millisecond since 1970 of a day, or an RFC 3339 instant; `nil` for anything else.
    public func end(_ text: some StringProtocol) -> Int64? {
        guard let instant = Timestamp.milliseconds(text) else { return nil }
        return Self.isDay(text) ? clock.start(ofLocalDay: Self.number(instant) + 1) - 1 : instant
    }

    /// Whether a text that can be read names a day, and not an instant.
    public static func isDay(_ text: some StringProtocol) -> Bool { text.utf8.count == 10 }

    /// Days since 1970 of the midnight of UTC that a date alone is read as.
    private static func number(_ midnight: Int64) -> Int { Int(midnight / 86_400_000) }
}
