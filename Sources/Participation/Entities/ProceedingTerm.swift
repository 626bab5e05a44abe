/// One entry of a controlled list of a proceeding as its source told it last; what holds is the list of ours.
public struct ProceedingTerm: Sendable, Hashable {
    /// The lists.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Who runs the proceeding.
        case owner
        /// What contributions are about.
        case category
        /// What kind of contribution it is (Rubrik).
        case type
        /// The district it belongs to.
        case district
        /// What the proceeding is about.
        case topic
    }

    /// Which list it is of.
    public var kind: Kind
    /// Its id in the system it comes from, unique in its list.
    public var id: String
    /// Name for people.
    public var name: String
    /// What it means.
    public var description: String?
    /// Place in the list; smaller comes first.
    public var weight: Int64
    /// Colour, as the source writes it.
    public var color: String?
    /// Slug of the category or type of ours that it came in as.
    public var slug: String?

    /// Makes a term.
    public init(
        kind: Kind, id: String, name: String, description: String? = nil, weight: Int64 = 0, color: String? = nil,
        slug: String? = nil
    ) {
        self.kind = kind
        self.id = id
        self.name = name
        self.description = description
        self.weight = weight
        self.color = color
        self.slug = slug
    }

    /// Whether the source says the same of it as it did before.
    public func isUnchanged(since old: ProceedingTerm) -> Bool {
        (name, description, weight, color) == (old.name, old.description, old.weight, old.color)
    }
}
