public import GeoCore

/// A planner's draft, shown to citizens in phase 2 (Entwurf).
public struct Conception: Sendable, Hashable {
    /// Number, unique in the installation, rising with time of entry.
    public var id: Int64
    /// Short title.
    public var title: String
    /// The text as typed.
    public var text: String
    /// Address of a picture.
    public var image: String?
    /// Where it applies, in longitude/latitude.
    public var geometry: Geometry?
    /// Place in lists; smaller comes first.
    public var order: Int64
    /// Whether and how it is shown.
    public var state: Contribution.State
    /// When it was made, milliseconds since 1970.
    public var created: Int64
    /// When it was last changed, milliseconds since 1970.
    public var changed: Int64
    /// +1 with every change of its content or state.
    public var version: Int64 = 1
    /// Votes for.
    public var votesUp: Int64 = 0
    /// Votes against.
    public var votesDown: Int64 = 0
    /// Votes for that its source had counted; part of ``votesUp``.
    public var importedVotesUp: Int64 = 0
    /// Votes against that its source had counted; part of ``votesDown``.
    public var importedVotesDown: Int64 = 0
    /// Published comments, replies included.
    public var commentCount: Int64 = 0
    /// Images that hang on it, the oldest first.
    public var attachments: [Attachment] = []
    /// Whether a moderator took passages out.
    public var isRedacted = false
    /// Where it was imported from.
    public var source: String?
    /// Its name there.
    public var externalID: String?

    /// Makes a conception.
    public init(
        id: Int64 = 0, title: String, text: String, image: String? = nil, geometry: Geometry? = nil, order: Int64 = 0,
        state: Contribution.State = .published, created: Int64, changed: Int64? = nil
    ) {
        self.id = id
        self.title = title
        self.text = text
        self.image = image
        self.geometry = geometry
        self.order = order
        self.state = state
        self.created = created
        self.changed = changed ?? created
    }
}

/// What a planner sends as a conception; everything else is set by the server.
public struct NewConception: Sendable, Hashable {
    /// Short title, 5 to 200 characters.
    public var title: String
    /// The text, 10 to 20,000 characters.
    public var text: String
    /// Address of a picture.
    public var image: String?
    /// Where it applies, in longitude/latitude.
    public var geometry: Geometry?
    /// Place in lists; smaller comes first.
    public var order: Int64

    /// Makes a draft.
    public init(title: String, text: String, image: String? = nil, geometry: Geometry? = nil, order: Int64 = 0) {
        self.title = title
        self.text = text
        self.image = image
        self.geometry = geometry
        self.order = order
    }

    /// The faults that can be told from the values alone; empty when there are none.
    public var violations: [RuleViolation] {
        var faults = TextRule.title.violations(in: title, at: "/properties/title")
        faults += TextRule(length: 10...20_000).violations(in: text, at: "/properties/text")
        if let image { faults += WebAddress.violations(in: image, at: "/properties/image") }
        if !Self.orders.contains(order) {
            faults.append(
                RuleViolation(
                    pointer: "/properties/order", code: "outOfRange",
                    detail: "must be from \(Self.orders.lowerBound) to \(Self.orders.upperBound)"))
        }
        if let geometry { faults += GeometryRule.planners.violations(in: geometry) }
        return faults
    }

    private static let orders: ClosedRange<Int64> = -1_000_000...1_000_000
}
