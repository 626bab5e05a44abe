public import GeoCore
public import Participation
public import Storage

/// A tenant's proceedings at a glance, over what the viewer may see.
public struct Cockpit: Sendable {
    /// One proceeding with its sums.
    public struct Entry: Sendable {
        /// The proceeding.
        public var proceeding: Proceeding
        /// Its phase now.
        public var phase: Phase
        /// Its sums; zeros without contributions.
        public var sums: ProceedingSums
        /// Its conceptions in sums.
        public var conceptions = ConceptionSums()
    }

    /// The proceedings, newest first.
    public var proceedings: [Entry] = []
    /// Contributions per month of the tenant's time zone, without the empty ones.
    public var months: [ProceedingStatistics.Count] = []
    /// Contributions per year.
    public var years: [ProceedingStatistics.Count] = []
    /// The most commented contributions.
    public var mostCommented: [RankedContribution] = []
    /// The newest contributions.
    public var recent: [RankedContribution] = []
    /// Names all it was made of: equal names mean equal figures.
    public var version = ""

    /// Sums over all proceedings.
    public var total: ProceedingSums {
        proceedings.reduce(
            into: ProceedingSums(proceeding: 0)
        ) { total, entry in
            total.contributions += entry.sums.contributions
            total.comments += entry.sums.comments
            total.votesUp += entry.sums.votesUp
            total.votesDown += entry.sums.votesDown
            total.latest = max(total.latest, entry.sums.latest)
        }
    }

    /// Sums over the conceptions of all proceedings.
    public var conceptions: ConceptionSums { proceedings.reduce(into: ConceptionSums()) { $0 += $1.conceptions } }

    /// The figures as JSON, in a fixed order; the map is a GeoJSON collection of the middles of the areas.
    public var json: JSONValue {
        let names = Dictionary(
            proceedings.map { ($0.proceeding.key, $0.proceeding.id) }, uniquingKeysWith: { first, _ in first })
        func counts(_ list: [ProceedingStatistics.Count]) -> JSONValue {
            .array(
                list.map {
                    .object([.init("name", .string($0.name)), .init("count", .integer(Int64($0.count)))])
                })
        }
        func ranked(_ list: [RankedContribution]) -> JSONValue {
            .array(
                list.map { item in
                    let proceeding: JSONValue.Member =
                        .init("proceeding", names[item.proceeding].map { .string($0) } ?? .null)
                    return .object([proceeding] + item.members)
                })
        }
        func sums(_ sums: ProceedingSums, _ conceptions: ConceptionSums) -> [JSONValue.Member] {
            [
                .init("contributions", .integer(sums.contributions)), .init("comments", .integer(sums.comments)),
                .init("votesUp", .integer(sums.votesUp)), .init("votesDown", .integer(sums.votesDown)),
                .init("conceptions", conceptions.json),
            ]
        }
        let phases = Phase.allCases.map { phase in
            JSONValue.Member(phase.rawValue, .integer(Int64(proceedings.count { $0.phase == phase })))
        }
        let features = proceedings.map { entry -> JSONValue in
            let middle = entry.proceeding.area?.boundingBox?.center
            let geometry: JSONValue =
                middle.map {
                    .object([
                        .init("type", .string("Point")),
                        .init("coordinates", .array([.number($0.x), .number($0.y)])),
                    ])
                } ?? .null
            return .object([
                .init("type", .string("Feature")), .init("id", .string(entry.proceeding.id)),
                .init("geometry", geometry),
                .init(
                    "properties",
                    .object(
                        [
                            .init("name", .string(entry.proceeding.name)),
                            .init("phase", .string(entry.phase.rawValue)),
                        ] + sums(entry.sums, entry.conceptions))),
            ])
        }
        return .object([
            .init(
                "totals",
                .object([.init("proceedings", .integer(Int64(proceedings.count)))] + sums(total, conceptions))),
            .init("phases", .object(phases)), .init("years", counts(years)), .init("months", counts(months)),
            .init("mostCommented", ranked(mostCommented)), .init("recent", ranked(recent)),
            .init(
                "map",
                .object([.init("type", .string("FeatureCollection")), .init("features", .array(features))])),
        ])
    }
}

extension RankedContribution {
    /// The contribution as members of JSON, its time as the public may know it.
    var members: [JSONValue.Member] {
        [
            .init("id", .string(String(id))), .init("title", .string(title)),
            .init("created", .string(Timestamp.rfc3339(Timestamp.minute(created)))),
            .init("votesUp", .integer(votesUp)), .init("votesDown", .integer(votesDown)),
            .init("comments", .integer(comments)),
        ]
    }
}

extension Installation {
    /// Sums of all proceedings of the tenant that the viewer may see, their course, and the most remarkable
    /// contributions.
    ///
    /// - Complexity: that of the proceedings, and linear in the contributions of those that have changed since they were
    ///   last counted.
    public func cockpit(scope: Scope) async throws -> Cockpit {
        let time = now()
        let proceedings = try await engine.read {
            try scope.reader($0).proceedings(limit: .max - 1, after: nil).items
        }
        let figures = try await figures(of: proceedings, scope: scope)
        var result = Cockpit()
        result.proceedings = proceedings.map { proceeding in
            let own = figures[proceeding.key]
            return Cockpit.Entry(
                proceeding: proceeding, phase: proceeding.phase(at: time),
                sums: own?.sums ?? ProceedingSums(proceeding: proceeding.key),
                conceptions: own?.conceptions ?? ConceptionSums())
        }
        var (months, years): ([String: Int], [String: Int]) = ([:], [:])
        for own in figures.values {
            months.merge(own.months) { $0 + $1 }
            for (month, count) in own.months { years[String(month.prefix(4)), default: 0] += count }
        }
        func sorted(_ counts: [String: Int]) -> [ProceedingStatistics.Count] {
            counts.sorted { $0.key < $1.key }.map { .init(name: $0, label: $0, count: $1) }
        }
        (result.months, result.years) = (sorted(months), sorted(years))
        func top(_ lists: [[RankedContribution]], _ precedes: (RankedContribution, RankedContribution) -> Bool)
            -> [RankedContribution]
        {
            Array(lists.joined().sorted(by: precedes).prefix(Self.topLength))
        }
        result.mostCommented = top(figures.values.map(\.mostCommented)) { ($1.comments, $0.id) < ($0.comments, $1.id) }
        result.recent = top(figures.values.map(\.recent)) { ($1.created, $1.id) < ($0.created, $0.id) }
        // No version of the data counts when the time zone changes, by which months are told apart.
        result.version =
            scope.tenant.timeZone + "|"
            + result.proceedings.map {
                "\($0.proceeding.key).\($0.proceeding.dataVersion).\($0.phase.rawValue)"
                    + ".\(scope.viewer.visibilityClass(in: $0.proceeding.key))"
            }.joined(separator: "-")
        return result
    }
}
