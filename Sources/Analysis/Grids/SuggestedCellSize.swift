public import GeoCore

/// A cell size found from the points themselves, with the figures that speak for it.
public struct SuggestedCellSize: Sendable, Equatable {
    /// Distance between opposite edges of a hexagon in metres, a 1-2-5 step.
    public let width: Double
    /// Hexagons of that width that hold a point.
    public let occupiedCells: Int
    /// Mean number of points in them.
    public let meanCount: Double
    /// Whether there are at least 30 occupied cells with 1.5 points each: enough for a hotspot analysis.
    public let isSufficient: Bool
    /// What decided the width.
    public internal(set) var rule = Rule.distance

    /// What decides a width.
    public enum Rule: Sendable, Hashable {
        /// Distances to the nearest point.
        case distance
        /// These, were it not for the extent, of which a twentieth is the most.
        case extent
        /// These, were it not for the least width of 25 m.
        case least
        /// Wider, so that occupied cells hold more.
        case coarser
        /// Narrower, so that there are 30 occupied cells.
        case finer
    }

    /// Edge length of the hexagon in metres.
    public var edge: Double { width / 3.0.squareRoot() }
}

/// Suggests a width of hexagons for points in metres.
///
/// Twice the larger of the mean nearest distance of distinct places and the median nearest distance of all points,
/// to the nearest 1-2-5 step between 25 m and a twentieth of the extent; then coarser while the occupied cells hold
/// fewer than 1.5 points on average and at least 30 remain.
///
/// - Throws: ``AnalysisError`` for coordinates that are not finite, or `tooFewData` with fewer than two places.
/// - Complexity: O(n log n).
public func suggestedHexagonEdge(_ points: Points) throws(AnalysisError) -> SuggestedCellSize {
    try requireFinite(points)
    guard let box = points.boundingBox, max(box.width, box.height) > 0 else {
        throw AnalysisError(.tooFewData, "A cell size needs points at two places or more.")
    }
    let tree = PointTree(points)
    var nearest = [Double](repeating: 0, count: points.count)
    try tree.forEachNearest(1) { nearest[$0] = $1.first?.squared.squareRoot() ?? 0 }
    let mean = try meanDistanceOfPlaces(points)
    nearest.sort()
    let wanted = 2 * max(mean, quantile(sorted: nearest, 0.5) ?? 0)
    let largest = max(max(box.width, box.height) / 20, 25)
    var steps = roundSteps(from: 25, to: largest)
    if steps.isEmpty { steps = [25] }
    var place = steps.indices.min { abs(ratio(steps[$0], wanted)) < abs(ratio(steps[$1], wanted)) } ?? 0
    var found = try occupancy(points, steps[place])
    var rule: SuggestedCellSize.Rule = wanted > largest ? .extent : wanted < 25 ? .least : .distance
    while !found.isSufficient, place + 1 < steps.count, found.meanCount < 1.5 {
        let coarser = try occupancy(points, steps[place + 1])
        guard coarser.occupiedCells >= 30 else { break }
        (found, place, rule) = (coarser, place + 1, .coarser)
    }
    while found.occupiedCells < 30, place > 0 {
        let finer = try occupancy(points, steps[place - 1])
        guard finer.meanCount >= 1.5 else { break }
        (found, place, rule) = (finer, place - 1, .finer)
    }
    found.rule = rule
    return found
}

private func meanDistanceOfPlaces(_ points: Points) throws(AnalysisError) -> Double {
    let order = (0..<points.count).sorted { (points.x[$0], points.y[$0]) < (points.x[$1], points.y[$1]) }
    var places = Points()
    for index in order
    where places.count == 0 || places.x[places.count - 1] != points.x[index]
        || places.y[places.count - 1] != points.y[index]
    {
        places.append(x: points.x[index], y: points.y[index])
    }
    var sum = CompensatedSum()
    try PointTree(places).forEachNearest(1) { sum.add($1.first?.squared.squareRoot() ?? 0) }
    return sum.value / Double(places.count)
}

private func ratio(_ step: Double, _ wanted: Double) -> Double {
    wanted > 0 ? Elementary.log(step / wanted) : Elementary.log(step)
}

/// 1, 2 and 5 times powers of ten, and the lower limit itself.
private func roundSteps(from low: Double, to high: Double) -> [Double] {
    var steps = [low]
    var power = 1.0
    while power <= high && power < 1e12 {
        for factor in [1.0, 2, 5] where factor * power > low && factor * power <= high { steps.append(factor * power) }
        power *= 10
    }
    return steps
}

private func occupancy(_ points: Points, _ width: Double) throws(AnalysisError) -> SuggestedCellSize {
    let grid = try HexagonGrid(width: width)
    var cells: [CellIndex] = []
    cells.reserveCapacity(points.count)
    for index in 0..<points.count {
        if let cell = grid.cell(x: points.x[index], y: points.y[index]), cell != cells.last { cells.append(cell) }
    }
    cells.sort()
    var occupied = 0
    for place in cells.indices where place == 0 || cells[place] != cells[place - 1] { occupied += 1 }
    let mean = occupied == 0 ? 0 : Double(points.count) / Double(occupied)
    return SuggestedCellSize(
        width: width, occupiedCells: occupied, meanCount: mean, isSufficient: occupied >= 30 && mean >= 1.5)
}
