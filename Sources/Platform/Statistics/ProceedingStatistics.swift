public import Analysis
public import GeoCore
public import Participation
public import Storage

/// The figures of a proceeding, over what the viewer may see.
public struct ProceedingStatistics: Sendable {
    /// A name with its count.
    public struct Count: Sendable, Hashable {
        /// Slug, word or date.
        public var name: String
        /// Name for people.
        public var label: String
        /// How many contributions.
        public var count: Int
    }

    /// Which contributions were asked about; all where it is empty.
    public var filters: [FilterTerm] = []
    /// Number of contributions.
    public var contributions = 0
    /// Number of published comments.
    public var comments: Int64 = 0
    /// Votes for.
    public var votesUp: Int64 = 0
    /// Votes against.
    public var votesDown: Int64 = 0
    /// The conceptions of the proceeding, whatever the filter; their comments and votes are counted here alone.
    public var conceptions = ConceptionSums()
    /// Contributions per category, most first.
    public var categories: [Count] = []
    /// Contributions per location quality, in the order of the qualities.
    public var quality: [Count] = []
    /// Contributions per type, most first.
    public var types: [Count] = []
    /// Contributions per way in which they came.
    public var channels: [Count] = []
    /// Contributions per state, in the order of the states.
    public var states: [Count] = []
    /// Contributions per official status, in the order of the statuses.
    public var officialStatus: [Count] = []
    /// How far and how fast the authority has answered.
    public var response = ResponseFigures()
    /// Contributions per month of the tenant's time zone, without the empty months.
    public var months: [Count] = []
    /// Those best received, by the lower limit of their share of votes for.
    public var mostSupported: [RankedContribution] = []
    /// Those with most comments.
    public var mostCommented: [RankedContribution] = []
    /// Those on which opinions differ most.
    public var mostControversial: [RankedContribution] = []
    /// How unequally contributions are spread over participants; `nil` where too few are known, and of a choice of
    /// contributions to the public.
    public var concentration: Concentration?
    /// Contributions per day of the tenant's time zone, without the empty days.
    public var days: [Count] = []
    /// Contributions per hour of the day, 24 numbers.
    public var hours = [Int](repeating: 0, count: 24)
    /// How votes for a contribution are spread.
    public var votes: Description?
    /// Version of the data.
    public var dataVersion: Int64 = 0

    /// The figures as JSON, in a fixed order.
    public var json: JSONValue {
        func list(_ counts: [Count]) -> JSONValue {
            .array(
                counts.map {
                    .object([
                        .init("name", .string($0.name)), .init("label", .string($0.label)),
                        .init("count", .integer(Int64($0.count))),
                        .init("share", .number(contributions > 0 ? Double($0.count) / Double(contributions) : 0)),
                    ])
                })
        }
        func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
        func ranked(_ list: [RankedContribution]) -> JSONValue { .array(list.map { .object($0.members) }) }
        return .object([
            .init("contributions", .integer(Int64(contributions))), .init("comments", .integer(comments)),
            .init("votesUp", .integer(votesUp)), .init("votesDown", .integer(votesDown)),
            .init("conceptions", conceptions.json),
            .init("categories", list(categories)), .init("locationQuality", list(quality)),
            .init("types", list(types)), .init("channels", list(channels)), .init("states", list(states)),
            .init("officialStatus", list(officialStatus)), .init("response", response.json),
            .init("months", list(months)), .init("days", list(days)),
            .init("hours", .array(hours.map { .integer(Int64($0)) })),
            .init(
                "votesForPerContribution",
                .object([
                    .init("mean", number(votes?.mean)), .init("median", number(votes?.median)),
                    .init("standardDeviation", number(votes?.standardDeviation)),
                    .init("maximum", number(votes?.maximum)), .init("gini", number(votes?.gini)),
                ])),
            .init("mostSupported", ranked(mostSupported)), .init("mostCommented", ranked(mostCommented)),
            .init("mostControversial", ranked(mostControversial)),
            .init(
                "concentration",
                concentration.map {
                    .object([
                        .init("participants", .integer(Int64($0.participants))),
                        .init("contributions", .integer($0.contributions)),
                        .init("shareOfMostActivePercent", .number($0.shareOfMostActive)),
                        .init("gini", .number($0.gini)),
                    ])
                } ?? .null),
            .init("filters", filters.json), .init("dataVersion", .integer(dataVersion)),
        ])
    }
}

extension Installation {
    /// Counts, shares and spreads of a proceeding's contributions.
    ///
    /// - Complexity: linear in the contributions; reads columns, no texts.
    public func statistics(
        of proceeding: Proceeding, filter: ContributionFilter = ContributionFilter(), scope: Scope
    ) async throws -> ProceedingStatistics {
        try await requireCategories(of: filter, in: proceeding, scope: scope)
        let columns = try await contributionColumns(of: proceeding, filter: filter, scope: scope)
        let categories = try await categories(of: proceeding, scope: scope)
        let labels = Dictionary(categories.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        var result = ProceedingStatistics()
        result.dataVersion = proceeding.dataVersion
        result.filters = filter.terms
        result.contributions = columns.count
        result.comments = columns.comments.reduce(0, +)
        result.votesUp = columns.votesUp.reduce(0, +)
        result.votesDown = columns.votesDown.reduce(0, +)
        result.categories = columns.categories.counted { $0.isEmpty ? "–" : labels[$0] ?? $0 }
        result.quality = ProceedingStatistics.counts(columns.quality, \.name)
        if proceeding.area == nil {
            for place in result.quality.indices where result.quality[place].name == "inside" {
                result.quality[place].label = "inside (no area to judge by)"
            }
        }
        let clock = TimeZoneDays(timeZone: scope.tenant.timeZone)
        var perMonth: [String: Int] = [:]
        let times = clock.counts(of: columns.created)
        result.hours = times.hours
        result.days = times.days.map { day, count in
            let date = CalendarDay(number: day).text
            perMonth[String(date.prefix(7)), default: 0] += count
            return .init(name: date, label: date, count: count)
        }
        result.months = perMonth.sorted { $0.key < $1.key }.map { .init(name: $0, label: $0, count: $1) }
        result.votes = Description(counts: Array(columns.votesUp))
        try await addParticipation(to: &result, columns, of: proceeding, filter: filter, scope: scope)
        return result
    }
}
