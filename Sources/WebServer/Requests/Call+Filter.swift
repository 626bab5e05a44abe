import GeoCore
import Hummingbird
import Participation
import Platform
import Storage

extension Call {
    /// The query parameters of ``filter()``.
    static let filterParameters: [ParameterDescription] = [
        ParameterDescription(
            name: "bbox",
            summary: "Box that the place must meet: west,south,east,north in degrees; west may be greater."),
        boxCRSParameter,
        ParameterDescription(
            name: "filter",
            summary: """
                A condition in CQL2 text, such as category = 'wege' AND votesUp >= 10 AND S_INTERSECTS(geometry, \
                BBOX(9.9, 53.5, 10, 53.6)); the properties are told at …/queryables.
                """),
        ParameterDescription(
            name: "filter-lang", summary: "The language of filter.", shape: .choice(["cql2-text"])),
        ParameterDescription(
            name: "datetime",
            summary: "When it was written: an RFC 3339 instant or day, or two with / between; .. is open. A day such "
                + "as 2026-05-01 is one of the tenant's time zone, as in statistics; a day in UTC is "
                + "2026-05-01T00:00:00Z/2026-05-01T23:59:59.999Z."),
        ParameterDescription(name: "category", summary: "Categories, separated by commas.", shape: .list),
        ParameterDescription(
            name: "keyword",
            summary: "Keywords, separated by commas, of which it must have one, suggested or picked; capitals count.",
            shape: .list),
        ParameterDescription(
            name: "status",
            summary: "Official status, separated by commas: "
                + OfficialStatus.allCases.map(\.name).joined(separator: ", ") + ".", shape: .list),
        ParameterDescription(
            name: "tag", summary: "Tags of which it must have one, separated by commas.", shape: .list),
        ParameterDescription(
            name: "state",
            summary: "How it is shown, separated by commas: \(stateWords). Others than those who moderate find what is "
                + "published alone; figures for analysts count all.", shape: .list),
        ParameterDescription(name: "q", summary: "Words that title or text must contain."),
        ParameterDescription(name: "located", summary: "Whether it must have a place.", shape: .flag),
        ParameterDescription(name: "type", summary: "Types, separated by commas.", shape: .list),
        ParameterDescription(
            name: "geometryType", summary: "Kinds of geometry, separated by commas, such as Point,LineString.",
            shape: .list),
        ParameterDescription(
            name: "insideArea", summary: "Whether it must lie inside the proceeding's area, or outside.", shape: .flag),
        ParameterDescription(
            name: "minVotes", summary: "Fewest votes, for and against together.", shape: .integer(0...1_000_000_000)),
        ParameterDescription(
            name: "near",
            summary: "Where it must be near: lon,lat,metres, or layer/feature,metres, or layer,metres for any feature."),
        ParameterDescription(
            name: "within",
            summary: "What it must lie within: layer/feature, or layer for all of its features together."
        ),
        ParameterDescription(name: "crossing", summary: "What it must touch or cross, named as for within."),
    ]

    private static let stateWords = Viewer.statesSeenBySomebody.map(\.name).joined(separator: ", ")

    /// The states that `state` names; empty where it is absent.
    func states() throws -> [Contribution.State] {
        try query.list("state").map { name in
            guard let state = Viewer.statesSeenBySomebody.first(where: { $0.name == name }) else {
                throw Problem.parameter("state", "state must be of \(Self.stateWords).")
            }
            return state
        }
    }

    /// The query parameters of pages.
    static let pageParameters: [ParameterDescription] = [
        ParameterDescription(name: "limit", summary: "Items of a page, 100 by default.", shape: .integer(1...1000)),
        ParameterDescription(name: "cursor", summary: "Where the page begins; taken from the link of the page before."),
    ]

    /// A choice of formats as parameter `f`.
    static func formatParameter(_ formats: [String]) -> ParameterDescription {
        ParameterDescription(
            name: "f", summary: "Format of the answer, \(formats.first ?? "json") by default.", shape: .choice(formats))
    }

    /// Which contributions are meant.
    func filter() async throws -> ContributionFilter {
        var filter = ContributionFilter()
        let box = try boxCondition()
        if box == nil { filter.boxes = try boxes() }
        let interval = try await interval()
        filter.from = interval?.start
        filter.until = interval?.end
        filter.categories = try query.list("category")
        filter.keywords = try query.list("keyword", maximum: ContributionFilter.mostKeywords)
        filter.statuses = try query.list("status").map { name in
            guard let status = OfficialStatus(name: name) else {
                throw Problem.parameter(
                    "status",
                    "status must be one of " + OfficialStatus.allCases.map(\.name).joined(separator: ", ") + ".")
            }
            return status
        }
        filter.states = try states()
        filter.tags = try query.list("tag", maximum: 20)
        filter.words = try query.text("q", maximumLength: 400)
        if filter.words?.allSatisfy(\.isWhitespace) == true { throw Problem.parameter("q", "q has no words.") }
        filter.located = try query.flag("located")
        filter.types = try query.list("type")
        filter.geometryKinds = try query.list("geometryType").map { name in
            guard let kind = Geometry.Kind(rawValue: name) else {
                throw Problem.parameter(
                    "geometryType",
                    "geometryType must be of " + Geometry.Kind.allCases.map(\.rawValue).joined(separator: ", ") + ".")
            }
            return kind
        }
        filter.insideArea = try query.flag("insideArea")
        filter.minimumVotes = try query.integer("minVotes", in: 0...1_000_000_000).map { Int64($0) }
        filter.places = try places() + (box.map { [$0] } ?? [])
        filter.expression = try expression()
        return filter
    }

    /// The span of time of a parameter, with days of the tenant's clock.
    func interval(_ name: String = "datetime") async throws -> QueryInterval? {
        // What cannot be read is refused before the tenant is looked up.
        _ = try query.interval(name)
        return try query.interval(name, in: try await namedDays(in: [name]))
    }

    /// The days of the tenant; `nil` where none of the parameters names a day.
    func namedDays(in names: [String]) async throws -> NamedDays? {
        let texts = try names.compactMap { try query.text($0) }
        guard texts.contains(where: { $0.split(separator: "/").contains(where: NamedDays.isDay) }) else { return nil }
        if let known { return NamedDays(of: known.tenant) }
        return NamedDays(of: try await TenantChoice.tenant(of: request, services: services))
    }

    /// The condition of `filter`.
    private func expression() throws -> FilterExpression? {
        if let language = try query.text("filter-lang"), language != "cql2-text" {
            throw Problem.parameter("filter-lang", "filter-lang must be cql2-text.")
        }
        guard let text = try query.text("filter", maximumLength: CQL2.longest) else { return nil }
        do {
            return try CQL2.parse(text)
        } catch {
            throw Problem.parameter("filter", "filter: \(error.description).")
        }
    }

    /// Where contributions must lie.
    private func places() throws -> [PlaceCondition] {
        var places: [PlaceCondition] = []
        if let text = try query.text("near", maximumLength: 200) {
            guard let place = PlaceCondition(near: text) else {
                throw Problem.parameter(
                    "near",
                    "near must be lon,lat,metres such as 9.99,53.55,200, or layer/feature,metres such as plan/3,200, "
                        + "with a distance above 0 and up to 100000 metres.")
            }
            places.append(place)
        }
        for (name, relation) in [("within", PlaceCondition.Relation.within), ("crossing", .crossing)] {
            guard let text = try query.text(name, maximumLength: 200) else { continue }
            guard let place = PlaceCondition(relation, layer: text) else {
                throw Problem.parameter(
                    name, "\(name) must be layer/feature such as plan/3, or the name of a layer alone.")
            }
            places.append(place)
        }
        return places
    }

    /// The order of a list of contributions.
    ///
    /// - Throws: ``Problem`` 400 for an unknown word, and for distance without `near`.
    func order(_ filter: ContributionFilter) throws -> ContributionOrder {
        guard let word = try query.text("sort", maximumLength: 20) else { return .newestFirst }
        if let order = ContributionOrder(word, from: filter.nearPosition) { return order }
        throw Problem.parameter(
            "sort",
            "sort must be one of " + ContributionOrder.words.joined(separator: ", ")
                + ", with - before it for the largest first; distance needs near=lon,lat,metres.")
    }

    /// The parameter of ``order(_:)``.
    static let orderParameter = ParameterDescription(
        name: "sort",
        summary: "Order of the list: " + ContributionOrder.words.joined(separator: ", ")
            + ", with - for the largest first; -created by default. Rating is votes for less votes against, controversy "
            + "as told with votes, distance that from near=lon,lat,metres.",
        shape: .choice(ContributionOrder.words + ContributionOrder.words.map { "-\($0)" }))

    /// The box of the query, split in two where it crosses the antimeridian; empty where none is given.
    func boxes() throws -> [BoundingBox] {
        guard let box = try query.box() else { return [] }
        if box.west <= box.east {
            return [BoundingBox(minX: box.west, minY: box.south, maxX: box.east, maxY: box.north)]
        }
        return [
            BoundingBox(minX: box.west, minY: box.south, maxX: 180, maxY: box.north),
            BoundingBox(minX: -180, minY: box.south, maxX: box.east, maxY: box.north),
        ]
    }

    /// The format asked for.
    ///
    /// - Throws: ``Problem`` 400 when it is none of `formats`.
    func format(_ formats: [String]) throws -> String {
        guard let first = formats.first else { return "json" }
        guard let wanted = try query.text("f") else { return first }
        guard formats.contains(wanted) else {
            throw Problem.parameter("f", "f must be one of " + formats.joined(separator: ", ") + ".")
        }
        return wanted
    }
}
