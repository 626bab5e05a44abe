public import GeoCore

/// In which order a list of contributions comes; equal ones by their number, in the same direction.
public struct ContributionOrder: Sendable, Hashable {
    /// What is compared.
    public enum Key: Sendable, Hashable {
        /// When it was made.
        case created
        /// Votes for minus votes against.
        case rating
        /// Number of comments.
        case comments
        /// How much opinions differ, as the votes of a contribution tell it, in thousandths.
        case controversy
        /// How far its representative point is from a position in longitude/latitude; those without a place are left
        /// out.
        case distance(from: Position)
    }

    /// What is compared.
    public var key: Key
    /// Whether the largest comes first.
    public var isDescending: Bool

    /// Makes an order.
    public init(_ key: Key, isDescending: Bool = false) {
        self.key = key
        self.isDescending = isDescending
    }

    /// The order of lists unless asked otherwise.
    public static let newestFirst = ContributionOrder(.created, isDescending: true)

    /// The whole number that rows of the table `c` are sorted by.
    ///
    /// - Parameter walks: whether most rows are wanted, so that an index is walked until the page is full. Where a filter
    ///   lets few through, all of them are looked for first: their value is then written so that no such index fits.
    func value(walks: Bool) -> SQL {
        switch key {
        case .created: return "c.created"
        case .rating: return walks ? "c.rating" : "(c.votes_up - c.votes_down)"
        case .comments: return walks ? "c.comments" : "(c.comments + 0)"
        case .controversy:
            return """
                (CASE WHEN c.votes_up <= 0 OR c.votes_down <= 0 THEN 0 ELSE CAST(1000 * pow(c.votes_up + c.votes_down,
                    CASE WHEN c.votes_up < c.votes_down THEN 1.0 * c.votes_up / c.votes_down
                    ELSE 1.0 * c.votes_down / c.votes_up END) AS BIGINT) END)
                """
        case .distance(let position):
            // Squared decimetres on the plane that touches the globe at the position: right for what is near, and in the
            // right order for what is far; fits 64 bits all around the globe.
            let (north, east) = (1_111_950.0, 1_111_950.0 * Self.cosine(degrees: position.y))
            return """
                CAST((c.x - \(position.x)) * \(east) * (c.x - \(position.x)) * \(east)
                    + (c.y - \(position.y)) * \(north) * (c.y - \(position.y)) * \(north) AS BIGINT)
                """
        }
    }

    /// The condition that a row comes after a cursor.
    func follows(_ cursor: Cursor?, walks: Bool) -> SQL {
        guard let cursor else { return "TRUE" }
        let value = value(walks: walks)
        return isDescending
            ? "(\(value), c.id) < (\(cursor.major), \(cursor.minor))"
            : "(\(value), c.id) > (\(cursor.major), \(cursor.minor))"
    }

    /// The cosine of a latitude, which is enough of one to sort by: Bhaskara's formula, within 0.2 %.
    private static func cosine(degrees: Double) -> Double {
        let square = min(90, degrees.magnitude) * min(90, degrees.magnitude)
        return (32_400 - 4 * square) / (32_400 + square)
    }
}
