/// What a proceeding tells of itself beside its name: labels, lists, and who answers for it.
public struct ProceedingDetails: Sendable, Hashable, Codable {
    /// Who publishes its data; the tenant's publisher when `nil`.
    public var publisher: String?
    /// Licence of its data; the tenant's when `nil`.
    public var licence: String?
    /// Whom to ask.
    public var contact: String?
    /// What it is about.
    public var topics: [String]
    /// The districts it concerns.
    public var districts: [String]
    /// Free labels.
    public var tags: [String]
    /// The types a contribution may have (Rubriken).
    public var types: [ContributionType]
    /// Where maps look first, as longitude and latitude in degrees; the middle of the area where it is `nil`.
    public var centre: [Double]?
    /// Languages in which people take part, as BCP 47 tags; the tenant's where it is empty.
    public var languages: [String]

    /// Makes details.
    public init(
        publisher: String? = nil, licence: String? = nil, contact: String? = nil, topics: [String] = [],
        districts: [String] = [], tags: [String] = [], types: [ContributionType] = [], centre: [Double]? = nil,
        languages: [String] = []
    ) {
        self.publisher = publisher
        self.licence = licence
        self.contact = contact
        self.topics = topics
        self.districts = districts
        self.tags = tags
        self.types = types
        self.centre = centre
        self.languages = languages
    }

    /// Reads details; members that are absent are empty.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        publisher = try values.decodeIfPresent(String.self, forKey: .publisher)
        licence = try values.decodeIfPresent(String.self, forKey: .licence)
        contact = try values.decodeIfPresent(String.self, forKey: .contact)
        topics = try values.decodeIfPresent([String].self, forKey: .topics) ?? []
        districts = try values.decodeIfPresent([String].self, forKey: .districts) ?? []
        tags = try values.decodeIfPresent([String].self, forKey: .tags) ?? []
        types = try values.decodeIfPresent([ContributionType].self, forKey: .types) ?? []
        centre = try values.decodeIfPresent([Double].self, forKey: .centre)
        languages = try values.decodeIfPresent([String].self, forKey: .languages) ?? []
    }
}

/// One entry of a proceeding's list of types (Rubriken).
public struct ContributionType: Sendable, Hashable, Codable {
    /// Slug, unique in the proceeding.
    public var id: String
    /// Name for people.
    public var name: String
    /// What belongs here.
    public var description: String?
    /// Colour on maps, `#rrggbb`.
    public var color: String?
    /// Name of a sign.
    public var icon: String?
    /// Place in lists; smaller comes first.
    public var weight: Int
    /// Whether new contributions may no longer choose it.
    public var archived: Bool

    private enum CodingKeys: String, CodingKey {
        case id, name, description, icon, weight, archived
        case color = "colour"
    }

    /// The members of a type in documents.
    public static let members: Set<String> = ["id", "name", "description", "colour", "icon", "weight", "archived"]

    /// Makes a type.
    public init(
        id: String, name: String, description: String? = nil, color: String? = nil, icon: String? = nil,
        weight: Int = 0, archived: Bool = false
    ) {
        self.id = id
        self.name = name
        self.description = description
        self.color = color
        self.icon = icon
        self.weight = weight
        self.archived = archived
    }

    /// Reads a type; only name is required beside the id.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        id = try values.decode(String.self, forKey: .id)
        name = try values.decode(String.self, forKey: .name)
        description = try values.decodeIfPresent(String.self, forKey: .description)
        color = try values.decodeIfPresent(String.self, forKey: .color)
        icon = try values.decodeIfPresent(String.self, forKey: .icon)
        weight = try values.decodeIfPresent(Int.self, forKey: .weight) ?? 0
        archived = try values.decodeIfPresent(Bool.self, forKey: .archived) ?? false
    }
}
