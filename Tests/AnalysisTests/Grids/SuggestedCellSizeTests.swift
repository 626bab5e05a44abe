import Analysis
import GeoCore
import TestSupport
import Testing

struct SuggestedCellSizeTests {
    @Test func givesARoundWidthWithEnoughCells() throws {
        var random = SeededGenerator(seed: 51)
        var points = Points()
        for _ in 0..<2000 {
            points.append(
                x: 565_000 + Double.random(in: 0...12_000, using: &random),
                y: 5_930_000 + Double.random(in: 0...8000, using: &random))
        }
        let suggested = try suggestedHexagonEdge(points)
        #expect([100.0, 200, 500].contains(suggested.width))
        #expect(suggested.isSufficient)
        let counted = try GridAggregation(occupiedBy: points, grid: .hexagon(HexagonGrid(width: suggested.width)))
        #expect(counted.cells.count == suggested.occupiedCells)
    }

    @Test func isQuickWithManyPointsAtOnePlace() throws {
        let points = Points(x: Array(repeating: 1, count: 20_000) + [900], y: Array(repeating: 2, count: 20_000) + [2])
        #expect(try suggestedHexagonEdge(points).isSufficient == false)
    }

    @Test func saysWhenThereIsTooLittle() throws {
        #expect(throws: AnalysisError.self) { try suggestedHexagonEdge(Points(x: [1, 1], y: [2, 2])) }
        #expect(try suggestedHexagonEdge(Points(x: [1, 400], y: [2, 300])).isSufficient == false)
    }
}
