/// One entry of a controlled list of a proceeding beside its categories, as other systems name it.
public struct ProceedingTerm: Sendable, Hashable {
    /// The lists.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Who runs the proceeding.
        case owner
        /// What contributions are about; stands beside a category of ours.
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
    /// Slug of the category of ours, for terms of that list.
    public var category: String?

    /// Makes a term.
    public init(
        kind: Kind, id: String, name: String, description: String? = nil, weight: Int64 = 0, color: String? = nil,
        category: String? = nil
    ) {
        self.kind = kind
        self.id = id
        self.name = name
        self.description = description
        self.weight = weight
        self.color = color
        self.category = category
    }
}
