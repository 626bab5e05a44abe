import Analysis
import GeoCore

extension HotspotComputation {
    /// Fewest contributions and occupied cells that a test of hotspots is worth anything with.
    private static let enough = (contributions: 60, cells: 30)

    /// Puts in the place of `auto` the method that the data bear, and says why.
    mutating func chooseMethod(_ points: Points) throws {
        let size = try? suggestedHexagonEdge(points)
        let cells = size?.occupiedCells ?? 0
        let isEnough = points.count >= Self.enough.contributions && cells >= Self.enough.cells
        question.method = isEnough ? .gi : .kde
        if !isEnough { question.surface = .isolines }
        let figures = "\(points.count) contributions in \(cells) occupied cells"
        tell(
            "method", .text(question.method.rawValue), nil, .chosen,
            rule: isEnough
                ? "\(figures) are enough for a test of hotspots"
                : "\(figures) are too few for a test of hotspots, which wants \(Self.enough.contributions) in "
                    + "\(Self.enough.cells); a density shows where they lie")
    }
}
