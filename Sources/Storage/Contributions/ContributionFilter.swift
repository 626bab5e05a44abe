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
    /// Where it must stand with the authority; empty means all.
    public var statuses: [OfficialStatus] = []
    /// Words that title or text must hold, as typed.
    public var words: String?
    /// Whether it must have a place; `nil` means no matter.
    public var located: Bool?

    /// Makes a filter that lets everything through.
    public init() {}

    /// Whether it lets everything through.
    public var isEmpty: Bool { self == ContributionFilter() }
}
