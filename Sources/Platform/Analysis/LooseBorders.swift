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
        // Made once a unit, when it is compared first, and given up when its turn is over: none is compared with it later.
        var corners: [Int: UnitCorners] = [:]
        func ofUnit(_ unit: Int) -> UnitCorners {
            if let known = corners[unit] { return known }
            let made = UnitCorners(shapes[unit])
            corners[unit] = made
            return made
        }
        for (place, first) in sorted.enumerated() {
            defer { corners[first] = nil }
            try Task.checkCancellation()
            guard let box = boxes[first] else { continue }
            let known = weights.neighbors[weights.offsets[first]..<weights.offsets[first + 1]]
            for second in sorted[(place + 1)...] {
                guard let other = boxes[second], other.minX <= box.maxX else { break }
                guard box.intersects(other), !known.contains(Int32(truncatingIfNeeded: second)) else { continue }
                guard measured < Self.mostMeasured else { return }
                measured += 1
                guard try shapes[first].edgeDistance(to: shapes[second]) < Self.gap else { continue }
                let meeting = ofUnit(first).meeting(ofUnit(second), gap: Self.gap)
                if meeting == .atCorners, try !shapes[first].overlaps(shapes[second]) { continue }
                pairs.append((min(first, second), max(first, second)))
            }
        }
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
