import GEOSGeometry
import GeoCore

/// The edges of an area unit at each of its corners.
struct UnitCorners {
    /// How two units lie to each other where they share corners.
    enum Meeting {
        /// They share none.
        case nowhere
        /// They share corners and part from there.
        case atCorners
        /// They share corners and run along each other from one of them.
        case along
    }

    /// Each edge twice, from either end, in order of the corners that they begin at.
    private let edges: [(corner: Position, end: Position)]

    /// Looks a unit's edges up.
    ///
    /// - Complexity: O(n log n).
    init(_ shape: MetricGeometry) {
        var edges: [(corner: Position, end: Position)] = []
        for ring in shape.rings {
            for (start, end) in zip(ring, ring.dropFirst()) where start != end {
                edges += [(start, end), (end, start)]
            }
        }
        self.edges = edges.sorted { Self.precedes($0.corner, $1.corner) }
    }

    fileprivate static func precedes(_ first: Position, _ second: Position) -> Bool {
        (first.x, first.y) < (second.x, second.y)
    }

    /// How two units lie to each other where they share corners.
    ///
    /// - Parameter gap: metres within which edges run along each other.
    /// - Complexity: linear, and for each shared corner the edges of one unit there times those of the other.
    func meeting(_ other: UnitCorners, gap: Double) -> Meeting {
        var meeting = Meeting.nowhere
        var (own, theirs) = (0, 0)
        while own < edges.count, theirs < other.edges.count {
            let (corner, second) = (edges[own].corner, other.edges[theirs].corner)
            if Self.precedes(corner, second) {
                own += 1
            } else if Self.precedes(second, corner) {
                theirs += 1
            } else {
                let (first, last) = (edges.end(ofCornerAt: own), other.edges.end(ofCornerAt: theirs))
                for edge in edges[own..<first] {
                    for next in other.edges[theirs..<last]
                    where Self.runAlong(from: corner, to: edge.end, and: next.end, gap: gap) {
                        return .along
                    }
                }
                meeting = .atCorners
                (own, theirs) = (first, last)
            }
        }
        return meeting
    }

    /// Whether two edges from a corner still lie within the gap where the shorter one ends, if it is longer than that.
    private static func runAlong(from corner: Position, to end: Position, and other: Position, gap: Double) -> Bool {
        func way(_ place: Position) -> (x: Double, y: Double, length: Double) {
            let (x, y) = (place.x - corner.x, place.y - corner.y)
            return (x, y, (x * x + y * y).squareRoot())
        }
        let (first, second) = (way(end), way(other))
        let length = min(first.length, second.length)
        guard length > gap else { return false }
        let x = first.x / first.length - second.x / second.length
        let y = first.y / first.length - second.y / second.length
        return (x * x + y * y).squareRoot() * length < gap
    }
}

extension [(corner: Position, end: Position)] {
    /// The place after the edges that begin at the same corner as the one at a place.
    fileprivate func end(ofCornerAt place: Int) -> Int {
        self[place...].firstIndex { UnitCorners.precedes(self[place].corner, $0.corner) } ?? count
    }
}
