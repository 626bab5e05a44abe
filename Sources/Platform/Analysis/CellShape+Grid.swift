import Analysis
import GeoCore
import PROJCoordinates

extension HotspotQuestion.CellShape {
    /// Name of the CRS that the cells lie in; that of the proceeding when `nil`.
    var crs: String? { self == .inspire ? "EPSG:3035" : nil }

    /// The width that is taken where so wide a one was chosen: the European grid has sizes of its own.
    func width(chosen width: Double) -> Double {
        guard self == .inspire else { return width }
        return INSPIREGridCell.Size.allCases.map { Double($0.rawValue) }.first { $0 >= width } ?? width
    }

    /// Refuses a width that the European grid does not have.
    ///
    /// - Throws: ``PlatformError`` of kind `badRequest`.
    func validate(cell: Double?) throws {
        guard self == .inspire, let cell, INSPIREGridCell.Size(rawValue: Int(exactly: cell) ?? 0) == nil else { return }
        throw PlatformError(
            .badRequest, "cell must be 100, 1000 or 10000 m with grid=inspire, for example 1000", parameter: "cell")
    }
}

extension CellLayout {
    /// The cells of a width in metres, flat to flat.
    func grid(width: Double) throws -> Grid {
        switch shape {
        case .hex: .hexagon(try HexagonGrid(width: width, orientation: orientation == .pointy ? .pointyTop : .flatTop))
        case .square, .inspire: .square(try SquareGrid(side: width))
        }
    }
}

extension GroundedComputation {
    /// The name of a cell in the European grid, where it is one of its cells.
    func censusName(of place: Int, _ counts: GridAggregation) -> String? {
        guard ground.crs.label == HotspotQuestion.CellShape.inspire.crs, case .square(let grid) = counts.grid,
            let size = Int(exactly: grid.side).flatMap(INSPIREGridCell.Size.init)
        else { return nil }
        let center = grid.center(of: counts.cells[place])
        return INSPIREGridCell(easting: center.x, northing: center.y, size: size)?.identifier
    }
}
