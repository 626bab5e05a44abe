import Analysis
import GEOSGeometry
import GeoCore

/// Pairs of area units that lie at each other but are no neighbours, since they share no corner.
///
/// Borders that were drawn twice leave gaps and overlaps of centimetres, and neighbours at equal corners do not see across.
/// Units that meet in a corner and nowhere else are well drawn, whether or not they count as neighbours.
struct LooseBorders {
    /// The pairs, by the indices of their units.
    private(set) var pairs: [(first: Int, second: Int)] = []

    /// Distance in metres within which units lie at each other.
    private static let gap = 1.0
    /// Most pairs whose distance is measured.
    private static let mostMeasured = 20_000

    /// Looks for them.
    ///
    /// - Throws: `GEOSError`, `CancellationError`.
    init(_ shapes: [MetricGeometry], _ weights: SpatialWeights) throws {
        let boxes = shapes.map { $0.shape.boundingBox?.expanded(by: Self.gap / 2) }
        let sorted = boxes.indices.filter { boxes[$0] != nil }.sorted {
            (boxes[$0]?.minX ?? 0, $0) < (boxes[$1]?.minX ?? 0, $1)
        }
        var measured = 0
        for (place, first) in sorted.enumerated() {
            try Task.checkCancellation()
            guard let box = boxes[first] else { continue }
            let known = weights.neighbors[weights.offsets[first]..<weights.offsets[first + 1]]
            for second in sorted[(place + 1)...] {
                guard let other = boxes[second], other.minX <= box.maxX else { break }
                guard box.intersects(other), !known.contains(Int32(truncatingIfNeeded: second)) else { continue }
                guard measured < Self.mostMeasured else { return }
                measured += 1
                guard try shapes[first].edgeDistance(to: shapes[second]) < Self.gap,
                    try !Self.meetInCorners(shapes[first], shapes[second])
                else { continue }
                pairs.append((min(first, second), max(first, second)))
            }
        }
    }

    /// Whether two units share corners, and neither overlap nor run along each other from there.
    private static func meetInCorners(_ first: MetricGeometry, _ second: MetricGeometry) throws -> Bool {
        let (ends, others) = (edges(first), edges(second))
        let shared = ends.keys.filter { others[$0] != nil }
        guard !shared.isEmpty else { return false }
        let isAlong = shared.contains { corner in
            (ends[corner] ?? []).contains { end in
                (others[corner] ?? []).contains { runAlong(from: corner, to: end, and: $0) }
            }
        }
        return try !isAlong && !first.overlaps(second)
    }

    /// The other ends of the edges at each corner.
    private static func edges(_ shape: MetricGeometry) -> [Position: [Position]] {
        var ends: [Position: [Position]] = [:]
        for ring in shape.rings {
            for (start, end) in zip(ring, ring.dropFirst()) where start != end {
                ends[start, default: []].append(end)
                ends[end, default: []].append(start)
            }
        }
        return ends
    }

    /// Whether two edges from a corner still lie within the gap where the shorter one ends, if it is longer than that.
    private static func runAlong(from corner: Position, to end: Position, and other: Position) -> Bool {
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

    /// What is said of them; `nil` where there are none.
    ///
    /// - Parameter remedy: what to do about it.
    func warning(_ names: [String], remedy: String) -> String? {
        guard !pairs.isEmpty else { return nil }
        let examples = pairs.sorted { ($0.first, $0.second) < ($1.first, $1.second) }.prefix(3)
            .map { "\(names[$0.first]) and \(names[$0.second])" }.joined(separator: "; ")
        return
            "\(pairs.count) pairs of area units overlap or lie less than 1 m apart without a shared corner (\(examples)), "
            + "and are no neighbours: \(remedy)"
    }
}
