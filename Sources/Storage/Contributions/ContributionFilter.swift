public import GeoCore
public import Participation

/// Which contributions of a proceeding are meant: the same for lists, maps, statistics and exports.
public struct ContributionFilter: Sendable, Hashable {
    /// Box in longitude/latitude that the geometry must meet; two boxes where one crosses the antimeridian.
    public var boxes: [BoundingBox] = []
    /// First instant, inclusive, in milliseconds since 1970.
    public var from: Int64?
    /// Last instant, inclusive, in milliseconds since 1970.
    public var until: Int64?
    /// Slugs of categories; empty means all.
    public var categories: [String] = []
    /// Keywords of which it must have one; empty means no matter.
    public var keywords: [String] = []
    /// Where it must stand with the authority; empty means all.
    public var statuses: [OfficialStatus] = []
    /// Tags of which it must have one; empty means no matter.
    public var tags: [String] = []
    /// How it must be shown, among what the viewer may see at all; empty means no matter.
    public var states: [Contribution.State] = []
    /// Words that title or text must hold, as typed.
    public var words: String?
    /// Whether it must have a place; `nil` means no matter.
    public var located: Bool?
    /// Names of types; empty means all.
    public var types: [String] = []
    /// Kinds its geometry may be of; empty means all, and those without a place.
    public var geometryKinds: [Geometry.Kind] = []
    /// Whether its place must lie inside the proceeding's area, or outside; `nil` means no matter.
    public var insideArea: Bool?
    /// Fewest votes, for and against together.
    public var minimumVotes: Int64?
    /// Where it must lie, all of them; nothing passes before they have been looked up into ``selection``.
    public var places: [PlaceCondition] = []
    /// The numbers of those that lie where ``places`` ask, rising; `nil` before they have been looked up.
    public var selection: [Int64]?

    /// A condition put together of others; nothing passes before its geometries have been looked up.
    public var expression: FilterExpression?

    /// Makes a filter that lets everything through.
    public init() {}

    /// Most keywords of a filter, each of which is looked for in the lists of every contribution.
    public static let mostKeywords = 20

    /// Whether it lets everything through.
    public var isEmpty: Bool { self == ContributionFilter() }

    /// The same for one page of an export in order of number: of the numbers looked up those alone that it may hold, or
    /// each page would go through all of them.
    func page(after id: Int64, limit: Int) -> ContributionFilter {
        guard let selection else { return self }
        var filter = self
        let first = selection.firstIndex { $0 > id } ?? selection.count
        filter.selection = Array(selection[first...].prefix(limit))
        return filter
    }
}
