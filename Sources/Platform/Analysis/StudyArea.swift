import Analysis
import GEOSGeometry
import GeoCore

/// Where an analysis looks: the proceeding's area in metres, or the box of the data where no area is given.
struct StudyArea: Sendable {
    /// Outline in metres.
    let outline: MetricGeometry
    /// Box around the outline in metres.
    let box: BoundingBox
    /// What the outline is, in words.
    let description: String
    /// Whether the outline is the proceeding's own area.
    let isGiven: Bool
    private let index: PolygonIndex?
    /// The cells that were asked for.
    let known = KnownCells()

    /// Uses the proceeding's own area.
    init?(area: MetricGeometry) throws {
        guard let box = area.shape.boundingBox else { return nil }
        outline = area
        self.box = box
        description = "area of the proceeding"
        isGiven = true
        index = PolygonIndex([area.shape])
    }

    /// Uses the box around the data, widened by `margin` metres.
    ///
    /// - Parameter cell: where the box must not tell how far out the outermost lie, the width of a cell in metres; 0 where
    ///   there is none yet.
    init?(around points: Points, margin: Double, coarseFor cell: Double? = nil) {
        guard var box = points.boundingBox?.expanded(by: margin) else { return nil }
        if let cell { box = box.coarse(cell) }
        self.box = box
        outline = MetricGeometry(metres: .polygon([box.ring]))
        description =
            "box around the contributions\(cell == nil ? "" : ", with round coordinates"), since the proceeding has no area"
        isGiven = false
        index = nil
    }

    /// The polygons of the outline, each an exterior ring with its holes.
    var polygons: [[[Position]]] {
        switch outline.shape {
        case .polygon(let rings): [rings]
        case .multiPolygon(let polygons): polygons
        default: []
        }
    }

    /// Whether a position in metres lies in the area or on its edge.
    func contains(x: Double, y: Double) -> Bool {
        guard let index else { return box.contains(x: x, y: y) }
        return index.firstPolygon(containing: x, y) != nil
    }

    /// The cells of a grid that share area with the study area, with the square metres they share.
    ///
    /// - Throws: ``PlatformError`` `invalidInput` for too many cells, `CancellationError`, `GEOSError`.
    func cells(of grid: Grid) throws -> (cells: CellSet, area: [Double]) {
        try box.requireFewCells(of: grid)
        return try known.cells(KnownCells.Key(grid: grid)) { try sharing(grid) }
    }

    /// The cells of a grid, moved by some metres, whose centres lie in the study area.
    ///
    /// - Throws: `AnalysisError` for too many cells.
    func cells(of grid: Grid, movedBy shift: KnownCells.Shift) throws -> CellSet {
        try known.cells(KnownCells.Key(grid: grid, shift: shift)) {
            let moved = BoundingBox(
                minX: box.minX - shift.x, minY: box.minY - shift.y, maxX: box.maxX - shift.x, maxY: box.maxY - shift.y)
            let cells = try CellSet(
                try grid.cells(covering: moved).filter { cell in
                    let center = grid.center(of: cell)
                    return contains(x: center.x + shift.x, y: center.y + shift.y)
                })
            return (cells, [])
        }.cells
    }

    private func sharing(_ grid: Grid) throws -> (cells: CellSet, area: [Double]) {
        let full = grid.area
        guard isGiven else {
            let cells = try CellSet(try grid.cells(covering: box))
            return (cells, Array(repeating: full, count: cells.count))
        }
        let prepared = try PreparedGeometry(outline.shape)
        var kept: [CellIndex] = []
        var areas: [Double] = []
        for (number, cell) in try grid.cells(covering: box).enumerated() {
            if number & 0xFF == 0 { try Task.checkCancellation() }
            let shape = Geometry.polygon([grid.ring(of: cell)])
            if try prepared.covers(shape) {
                kept.append(cell)
                areas.append(full)
            } else if try prepared.intersects(shape) {
                let shared = try MetricGeometry(metres: shape).intersection(outline).area()
                guard shared > full * 1e-9 else { continue }
                kept.append(cell)
                areas.append(shared)
            }
        }
        return (try CellSet(kept), areas)
    }
}

extension BoundingBox {
    /// Refuses cells of which the box would hold more than an analysis counts in.
    ///
    /// - Parameter limit: the most cells.
    /// - Throws: ``PlatformError`` `invalidInput` that tells how many there would be, and a width that makes few enough.
    func requireFewCells(of grid: Grid, limit: Int = Grid.cellLimit) throws {
        let estimate = width * height / grid.area
        guard estimate > Double(limit) else { return }
        throw PlatformError(
            .invalidInput,
            "cells of \(AnalysisParameter.text(grid.spacing)) m would be about "
                + "\(AnalysisParameter.text(estimate.rounded())) in the study area, more than \(limit)",
            hint: "cell=\(widthOfCell(amongst: 50_000)) makes few enough")
    }

    /// A round width in metres of about so many cells.
    func widthOfCell(amongst cells: Double) -> String {
        let exact = (width * height / cells).squareRoot()
        return AnalysisParameter.text(exact >= 10 ? (exact / 10).rounded(.up) * 10 : max(1, exact.rounded(.up)))
    }

    /// Least step in metres to which a box is made coarse.
    private static let leastStep = 100.0

    /// The box with each side moved outwards to a multiple of a step of 1, 2 or 5 times a power of ten: 100 m, a hundredth
    /// of the longer side and the cell at the least.
    fileprivate func coarse(_ cell: Double) -> BoundingBox {
        let wanted = max(Self.leastStep, max(width, height) / 100, cell)
        var power = Self.leastStep
        while power * 10 <= wanted { power *= 10 }
        let step = [1.0, 2, 5].map { $0 * power }.first { $0 >= wanted } ?? power * 10
        return BoundingBox(
            minX: (minX / step).rounded(.down) * step, minY: (minY / step).rounded(.down) * step,
            maxX: (maxX / step).rounded(.up) * step, maxY: (maxY / step).rounded(.up) * step)
    }
}
