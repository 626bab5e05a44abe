import Analysis
import GeoCore

extension HotspotComputation {
    /// Fewest contributions and occupied cells that a test of hotspots is worth anything with.
    private static let enough = (contributions: 60, cells: 30)

    /// Puts in the place of `auto` the method that the data bear, and says why.
    mutating func chooseMethod(_ points: Points) throws {
        let cells = try occupiedCells(points)
        let isEnough = points.count >= Self.enough.contributions && cells >= Self.enough.cells
        question.method = isEnough ? .gi : .kde
        if !isEnough { (question.surface, question.isSurfaceChosen) = (.isolines, true) }
        tell(
            "method", .text(question.method.rawValue), nil, .chosen,
            rule: isEnough
                ? "\(points.count) contributions in \(cells) occupied cells are enough for a test of hotspots"
                : "too few for a test of hotspots, which wants \(Self.enough.contributions) contributions in "
                    + "\(Self.enough.cells) occupied cells, and there are \(points.count) in \(cells); a density shows where they "
                    + "lie")
    }

    /// How many cells hold something: of those asked for, else of those that would be chosen.
    private func occupiedCells(_ points: Points) throws -> Int {
        let width = try question.cell ?? question.shape.width(chosen: ChosenCell(points).width)
        let grid = try question.cells.grid(width: width)
        // Where they would be far too many the test of hotspots says so.
        guard (try? points.boundingBox?.requireFewCells(of: grid, limit: 8 * Grid.cellLimit)) != nil else {
            return points.distinctPlaces
        }
        return try GridAggregation(occupiedBy: points, grid: grid).cells.count
    }
}
