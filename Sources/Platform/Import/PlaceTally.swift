import GeoCore
import Participation

/// How good the places of an import are, counted row by row in memory that does not grow with the rows.
///
/// A proceeding without an area takes every place; an import says then that nothing was judged, and how many places lie
/// far from the others, as those do whose axes or numbers are wrong.
struct PlaceTally: Sendable {
    private let hasArea: Bool
    /// How many have which quality, by the names of qualities and ``unjudged``.
    private(set) var counts: [String: Int] = [:]
    private var longitudes: [Int: Int] = [:]
    private var latitudes: [Int: Int] = [:]
    private var squares: [Square: Int] = [:]

    /// What places are called that no area judges.
    static let unjudged = "notJudged"
    /// Whole degrees from the middle of all beyond which a place is told; a city and its region lie within.
    private static let reach = 2

    private struct Square: Hashable {
        let longitude: Int
        let latitude: Int
    }

    init(hasArea: Bool) { self.hasArea = hasArea }

    mutating func add(_ quality: Contribution.LocationQuality, at point: Position?) {
        guard !hasArea, quality == .inside, let point, let longitude = Int(exactly: point.x.rounded(.down)),
            let latitude = Int(exactly: point.y.rounded(.down))
        else {
            counts[quality.name, default: 0] += 1
            return
        }
        counts[Self.unjudged, default: 0] += 1
        let square = Square(longitude: longitude, latitude: latitude)
        longitudes[square.longitude, default: 0] += 1
        latitudes[square.latitude, default: 0] += 1
        squares[square, default: 0] += 1
    }

    /// What is to be known of places that no area judged; `nil` where there are none.
    var note: String? {
        guard let count = counts[Self.unjudged],
            let longitude = Self.median(longitudes), let latitude = Self.median(latitudes)
        else { return nil }
        let far = squares.reduce(0) { sum, square in
            let isFar =
                abs(square.key.longitude - longitude) > Self.reach || abs(square.key.latitude - latitude) > Self.reach
            return isFar ? sum + square.value : sum
        }
        return "has no area, so that places cannot be held against it"
            + (far > 0 ? "; \(far) of \(count) lie more than \(Self.reach) degrees from the middle of all" : "")
    }

    private static func median(_ counts: [Int: Int]) -> Int? {
        let half = counts.values.reduce(0, +) / 2
        var sum = 0
        for (value, count) in counts.sorted(by: { $0.key < $1.key }) {
            sum += count
            if sum > half { return value }
        }
        return nil
    }
}
