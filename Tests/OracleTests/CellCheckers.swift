import Analysis
import GeoCore

extension OracleTests {
    private static func hexagons(_ file: OracleFile) throws -> HexagonGrid {
        let origin = try file.params["origin"].doubles
        let orientation = try file.params["orientation"].string
        guard let orientation = HexagonGrid.Orientation(rawValue: orientation) else {
            throw OracleValue.Unexpected(description: "\(orientation) is no orientation")
        }
        return try HexagonGrid(
            edge: file.params["edge"].double, orientation: orientation, origin: Position(origin[0], origin[1]))
    }

    static func hexagonCounts(_ file: OracleFile) async throws -> Answer {
        let grid = try hexagons(file)
        let points = try file.input.points
        let occupied = Set((0..<points.count).compactMap { grid.cell(x: points.x[$0], y: points.y[$0]) })
        let counted = try await GridAggregation.parallel(points, grid: .hexagon(grid), cells: CellSet(Array(occupied)))
        let cells = (0..<counted.cells.count).map { place in
            [
                Double(counted.cells.q[place]), Double(counted.cells.r[place]), Double(counted.count[place]),
                counted.weight[place],
            ]
        }
        var centers: [String: [Double]] = [:]
        for key in try file.expected["centers_first5"].members.keys {
            let parts = key.split(separator: ",").compactMap { Int32($0) }
            let center = grid.center(of: CellIndex(q: parts[0], r: parts[1]))
            centers[key] = [center.x, center.y]
        }
        return Answer([
            "cells": cells, "columns": ["q", "r", "count", "weight"], "cell_area": grid.area,
            "point_cell": (0..<points.count).map { index in
                grid.cell(x: points.x[index], y: points.y[index]).map { [$0.q, $0.r] }
            }, "centers_first5": centers,
        ])
    }

    static func apportionment(_ file: OracleFile) throws -> Answer {
        let grid = Grid.hexagon(try hexagons(file))
        let geometries = try file.input["geometries"].items.map { try $0.geometry }
        let shares = try geometries.map { geometry in
            try grid.shares(of: geometry).map { [Double($0.cell.q), Double($0.cell.r), $0.share] }
        }
        let cells = try grid.apportioned(geometries, weights: file.input["weights"].doubles)
        return Answer(["shares": shares, "cells": cells.map { [Double($0.cell.q), Double($0.cell.r), $0.weight] }])
    }
}
