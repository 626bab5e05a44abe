/// Limits that keep hostile JSON cheap; checked while scanning, before anything is decoded.
public struct JSONLimits: Sendable, Hashable {
    /// Levels of arrays and objects.
    public var depth: Int
    /// Members of one object.
    public var membersPerObject: Int
    /// Elements of one array; arrays inside a member named `coordinates` are exempt.
    public var elementsPerArray: Int
    /// Whether an object may name a member twice, as RFC 8259 leaves open.
    public var allowsDuplicateNames: Bool

    /// Makes limits; the defaults are those for requests.
    public init(
        depth: Int = 32, membersPerObject: Int = 200, elementsPerArray: Int = 1000, allowsDuplicateNames: Bool = false
    ) {
        self.depth = depth
        self.membersPerObject = membersPerObject
        self.elementsPerArray = elementsPerArray
        self.allowsDuplicateNames = allowsDuplicateNames
    }

    /// Limits for requests: depth 32, 200 members, 1,000 elements, no duplicate names.
    public static let request = JSONLimits()
    /// Limits for files that planners import: only depth and duplicate names are checked.
    public static let importing = JSONLimits(depth: 128, membersPerObject: .max, elementsPerArray: .max)
    /// The grammar of RFC 8259 alone, 512 levels deep.
    public static let grammarOnly = JSONLimits(
        depth: 512, membersPerObject: .max, elementsPerArray: .max, allowsDuplicateNames: true)
}
