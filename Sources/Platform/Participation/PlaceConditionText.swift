public import GeoCore
public import Storage

extension PlaceCondition {
    /// Farthest that a condition may reach, in metres.
    public static let farthest = 100_000.0

    /// Reads `layer/feature`, such as `plan/3`, or `layer` alone for all of its features; `nil` for anything else.
    public init?(_ relation: Relation, layer text: some StringProtocol) {
        guard let target = Self.layer(text) else { return nil }
        self.init(relation, target)
    }

    /// Reads `lon,lat,metres` in degrees, `layer/feature,metres` or `layer,metres`; `nil` for anything else, and for
    /// distances that are not above 0 or farther than ``farthest``.
    public init?(near text: String) {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        guard let metres = parts.last.flatMap({ Double($0) }), metres > 0, metres <= Self.farthest else { return nil }
        switch parts.count {
        case 2:
            guard let target = Self.layer(parts[0]) else { return nil }
            self.init(.near(metres: metres), target)
        case 3:
            guard let longitude = Double(parts[0]), let latitude = Double(parts[1]),
                (-180...180).contains(longitude), (-90...90).contains(latitude)
            else { return nil }
            self.init(.near(metres: metres), .position(Position(longitude, latitude)))
        default: return nil
        }
    }

    private static func layer(_ text: some StringProtocol) -> Target? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard let name = parts.first, !name.isEmpty, name.utf8.count <= 64, parts.count <= 2 else { return nil }
        // A number alone is half a position, not the name of a layer.
        guard Double(name) == nil else { return nil }
        guard parts.count == 2 else { return .layer(String(name), ordinal: nil) }
        guard let ordinal = Int64(parts[1]), ordinal > 0 else { return nil }
        return .layer(String(name), ordinal: ordinal)
    }
}

extension ContributionOrder {
    /// The words of orders; a minus before one turns it around.
    public static let words = ["created", "rating", "comments", "controversy", "distance"]

    /// Reads a word such as `-rating`; `nil` for unknown words, and for distance without a place to measure from.
    public init?(_ word: String, from position: Position?) {
        let isDescending = word.hasPrefix("-")
        switch isDescending ? String(word.dropFirst()) : word {
        case "created": self.init(.created, isDescending: isDescending)
        case "rating": self.init(.rating, isDescending: isDescending)
        case "comments": self.init(.comments, isDescending: isDescending)
        case "controversy": self.init(.controversy, isDescending: isDescending)
        case "distance":
            guard let position else { return nil }
            self.init(.distance(from: position), isDescending: isDescending)
        default: return nil
        }
    }
}

extension ContributionFilter {
    /// The position that the filter asks to be near, which distances are measured from.
    public var nearPosition: Position? {
        for place in places {
            if case .near = place.relation, case .position(let position) = place.target { return position }
        }
        return nil
    }
}
