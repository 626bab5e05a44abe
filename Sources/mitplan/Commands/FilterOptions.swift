import ArgumentParser
import GeoCore
import Participation
import Platform
import Storage

/// Which contributions are meant.
struct FilterOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Only inside this box in degrees.", valueName: "west,south,east,north"))
    var bbox: BoxArgument?

    @Option(help: "Only of this category; may be repeated.")
    var category: [String] = []

    @Option(help: "Only with this keyword, suggested or picked; may be repeated for one of several.")
    var keyword: [String] = []

    @Option(help: "Only with these words, or words that begin so.")
    var query: String?

    @Option(help: ArgumentHelp("Only made at or after; a day is one of the tenant's time zone.", valueName: "date"))
    var since: Instant?

    @Option(
        help: ArgumentHelp(
            "Only made before an instant, or up to the end of a day of the tenant's time zone.", valueName: "date"))
    var until: Instant?

    @Option(help: "Only of this type; may be repeated.")
    var type: [String] = []

    @Option(help: "Only of this official status; may be repeated.")
    var status: [OfficialStatus] = []

    @Option(help: "Only of this kind of geometry, such as Point or LineString; may be repeated.")
    var geometryType: [Geometry.Kind] = []

    @Flag(inversion: .prefixedNo, help: "Only with a place, or only without.")
    var located: Bool?

    @Flag(inversion: .prefixedNo, help: "Only inside the area of the proceeding, or only outside.")
    var insideArea: Bool?

    @Option(help: "Only with this tag; may be repeated.")
    var tag: [String] = []

    @Option(help: "Only in this state; may be repeated.")
    var state: [Contribution.State] = []

    @Option(parsing: .unconditional, help: ArgumentHelp("Only with so many votes or more.", valueName: "votes"))
    var minVotes: Int64?

    @Option(
        help: ArgumentHelp("Only within a feature of a layer, or within the layer.", valueName: "layer[/feature]"))
    var within: String?

    @Option(help: ArgumentHelp("Only what touches or crosses it.", valueName: "layer[/feature]"))
    var crossing: String?

    @Option(help: ArgumentHelp("Only near it.", valueName: "lon,lat,metres or layer[/feature],metres"))
    var near: String?

    @Option(
        name: .customLong("filter"),
        help: ArgumentHelp("Only what a condition in CQL2 text lets through.", valueName: "condition"))
    var condition: String?

    func validate() throws {
        if let condition {
            do { _ = try CQL2.parse(condition) } catch { throw ValidationError("--filter: \(error.description)") }
        }
        if keyword.contains(where: { $0.isEmpty || $0.contains(",") }) {
            throw ValidationError("--keyword must be one keyword without commas; repeat it for several")
        }
        if keyword.count > ContributionFilter.mostKeywords {
            throw ValidationError("--keyword may be given \(ContributionFilter.mostKeywords) times at most")
        }
        if let minVotes, minVotes < 0 {
            throw ValidationError("--min-votes must be a whole number from 0, for example 10")
        }
        if let near, PlaceCondition(near: near) == nil {
            throw ValidationError(
                "--near must be lon,lat,metres such as 9.99,53.55,200, or layer/feature,metres such as plan/3,200")
        }
        for (name, text) in [("within", within), ("crossing", crossing)] {
            if let text, PlaceCondition(.within, layer: text) == nil {
                throw ValidationError("--\(name) must be layer/feature such as plan/3, or the name of a layer alone")
            }
        }
    }

    /// Where contributions must lie.
    var places: [PlaceCondition] {
        [
            near.flatMap { PlaceCondition(near: $0) }, within.flatMap { PlaceCondition(.within, layer: $0) },
            crossing.flatMap { PlaceCondition(.crossing, layer: $0) },
        ].compactMap { $0 }
    }

    /// The filter of the store, with days of the tenant's clock.
    ///
    /// - Throws: ``CommandFailure`` of the command line where `--since` is not before `--until`.
    func filter(in tenant: Tenant) throws -> ContributionFilter {
        let period = try NamedPeriod(from: since, until: until, options: ("--since", "--until"), in: tenant)
        var filter = ContributionFilter()
        if let bbox { filter.boxes = [bbox.box] }
        filter.categories = category
        filter.keywords = keyword
        filter.words = query
        (filter.from, filter.until) = (period.first, period.last)
        filter.types = type
        filter.states = state
        filter.tags = tag
        filter.minimumVotes = minVotes
        (filter.statuses, filter.geometryKinds) = (status, geometryType)
        (filter.located, filter.insideArea) = (located, insideArea)
        filter.places = places
        filter.expression = condition.flatMap { try? CQL2.parse($0) }
        return filter
    }
}
