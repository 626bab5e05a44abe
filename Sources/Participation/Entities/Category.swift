/// One entry of a proceeding's list of categories.
public struct Category: Sendable, Hashable, Codable {
    /// Slug, unique in the proceeding.
    public var id: String
    /// Name for people.
    public var name: String
    /// What belongs here.
    public var description: String?
    /// Colour on maps, `#rrggbb`.
    public var color: String?
    /// Name of its sign on maps and buttons, in the set of signs that the client draws.
    public var icon: String?
    /// Place in lists; smaller comes first.
    public var weight: Int
    /// Whether new contributions may no longer choose it.
    public var archived: Bool
    /// Whether only moderators see where its contributions are; others see a point of a coarse grid.
    public var isPrivate: Bool
    /// Whether numbers that hold its contributions want more people behind them than others; only where it is private.
    public var isSensitive: Bool

    /// Makes a category.
    public init(
        id: String, name: String, description: String? = nil, color: String? = nil, icon: String? = nil,
        weight: Int = 0, archived: Bool = false, isPrivate: Bool = false, isSensitive: Bool = false
    ) {
        self.id = id
        self.name = name
        self.description = description
        self.color = color
        self.icon = icon
        self.weight = weight
        self.archived = archived
        self.isPrivate = isPrivate
        self.isSensitive = isSensitive
    }

    private enum CodingKeys: String, CodingKey {
        case id, name, description, icon, weight, archived
        case color = "colour"
        case isPrivate = "private"
        case isSensitive = "sensitive"
    }

    /// The names of the members.
    public static let members: Set<String> = [
        "id", "name", "description", "colour", "icon", "weight", "archived", "private", "sensitive",
    ]

    /// Reads a category; only name is required beside the id.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        id = try values.decode(String.self, forKey: .id)
        name = try values.decode(String.self, forKey: .name)
        description = try values.decodeIfPresent(String.self, forKey: .description)
        color = try values.decodeIfPresent(String.self, forKey: .color)
        icon = try values.decodeIfPresent(String.self, forKey: .icon)
        weight = try values.decodeIfPresent(Int.self, forKey: .weight) ?? 0
        archived = try values.decodeIfPresent(Bool.self, forKey: .archived) ?? false
        isPrivate = try values.decodeIfPresent(Bool.self, forKey: .isPrivate) ?? false
        isSensitive = try values.decodeIfPresent(Bool.self, forKey: .isSensitive) ?? false
    }
}
