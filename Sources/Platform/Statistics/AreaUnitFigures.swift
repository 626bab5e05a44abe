public import GeoCore

extension AreaStatistics.Unit {
    /// The figures by name, in a fixed order.
    public var members: [JSONValue.Member] {
        func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
        return [
            .init("name", .string(name)), .init("count", isSuppressed ? .null : .integer(Int64(count))),
            .init("areaKm2", .number(area)), .init("densityPerKm2", number(density)),
            .init("population", number(population)), .init("ratePer1000", number(rate)),
            .init("rateLower95", number(interval?.lower)), .init("rateUpper95", number(interval?.upper)),
            .init("smoothedRatePer1000", number(smoothedRate)),
            .init("isUnreliable", isSuppressed ? .null : .bool(isUnreliable)),
            .init("expected", number(expected)), .init("relativeRate", number(relative)),
            .init("isSilent", isSuppressed ? .null : .bool(isSilent)), .init("isSuppressed", .bool(isSuppressed)),
            .init("categories", categories),
        ] + further
    }
}
