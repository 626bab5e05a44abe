import Analysis
import GeoCore
import Storage

/// How far and how fast the authority has answered.
public struct ResponseFigures: Sendable, Equatable {
    /// Contributions with at least one official answer.
    public var answered = 0
    /// Share of the contributions that have one, from 0 to 1; `nil` without contributions.
    public var rate: Double?
    /// Hours from the contribution to its first answer: the mean.
    public var mean: Double?
    /// Half of those answered had their first answer within so many hours.
    public var median: Double?
    /// Nine of ten of those answered had it within so many hours.
    public var ninth: Double?
    /// How many hours the oldest contribution without an answer waits as the data stand, from its time to that of the
    /// newest contribution or answer; `nil` where none waits.
    public var longestWait: Double?

    /// Measures waits.
    ///
    /// - Parameters:
    ///   - minutes: from each answered contribution to its first answer, rising.
    ///   - total: the contributions, those without answer among them.
    ///   - longestWait: minutes of the oldest that waits.
    init(minutes: [Int64], of total: Int, longestWait: Int64?) {
        let hours = minutes.map { Double($0) / 60 }
        answered = hours.count
        rate = total > 0 ? Double(hours.count) / Double(total) : nil
        mean = hours.isEmpty ? nil : Double(minutes.reduce(0, +)) / 60 / Double(hours.count)
        median = quantile(sorted: hours, 0.5)
        ninth = quantile(sorted: hours, 0.9)
        self.longestWait = longestWait.map { Double($0) / 60 }
    }

    /// Without contributions.
    public init() {}

    /// The figures by name, in a fixed order.
    var json: JSONValue {
        func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
        return .object([
            .init("answered", .integer(Int64(answered))), .init("rate", number(rate)),
            .init("meanHours", number(mean)), .init("medianHours", number(median)),
            .init("ninthDecileHours", number(ninth)), .init("longestWaitHours", number(longestWait)),
        ])
    }
}
