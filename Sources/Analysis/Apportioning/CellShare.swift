public import GeoCore

/// The part of a contribution that lies in one cell.
public struct CellShare: Sendable, Equatable {
    /// The cell.
    public let cell: CellIndex
    /// Its part of the length or area, or of the number of points; parts of one geometry sum up to 1.
    public let share: Double

    /// Makes a share.
    public init(cell: CellIndex, share: Double) {
        self.cell = cell
        self.share = share
    }
}

extension Grid {
    /// Parts smaller than this are dust from rounding at the edge of a cell and are left out.
    private static let dust = 1e-9

    /// How a geometry in metres spreads over the cells: by area, by length or by the number of its points.
    ///
    /// Of a collection only what has the most dimensions counts. A polygon without area counts as its outline, a line
    /// without length as a point. Parts below 10⁻⁹ are left out, and what remains is scaled to sum up to 1. Rings count
    /// by their order, the exterior one first; polygons of one geometry that overlap count twice there.
    ///
    /// - Parameters:
    ///   - geometry: positions in metres.
    ///   - limit: most cells that may be looked at.
    /// - Returns: shares in (q, r) order; nothing for a geometry without positions.
    /// - Throws: ``AnalysisError`` for positions that are not finite or lie outside the grid's indices, `tooManyCells`
    ///   above the limit, or when the task is cancelled.
    /// - Complexity: for lines linear in vertices and cells passed; for polygons vertices times columns of cells, at
    ///   most, and cells in their box.
    public func shares(of geometry: Geometry, limit: Int = 1_000_000) throws(AnalysisError) -> [CellShare] {
        let parts = GeometryParts(geometry)
        guard parts.isFinite else {
            throw AnalysisError(.notFinite, "A position of the geometry is not finite.")
        }
        var measures = try areas(of: parts.polygons, limit: limit)
        if measures.isEmpty { measures = try lengths(of: parts.lines, limit: limit) }
        if measures.isEmpty { measures = try numbers(of: parts.points) }
        let total = measures.values.sorted().compensatedSum
        let kept = measures.filter { $0.value >= Self.dust * total }.sorted { $0.key < $1.key }
        let rest = kept.map(\.value).compensatedSum
        return kept.map { CellShare(cell: $0.key, share: $0.value / rest) }
    }

    /// The weights of geometries in metres spread over the cells, each whole weight by the geometry's shares.
    ///
    /// - Parameters:
    ///   - geometries: positions in metres.
    ///   - weights: one weight a geometry.
    /// - Returns: every cell that gets something, in (q, r) order.
    /// - Throws: ``AnalysisError`` when the lengths differ, and as ``shares(of:limit:)``.
    public func apportioned(
        _ geometries: [Geometry], weights: [Double]
    ) throws(AnalysisError) -> [(cell: CellIndex, weight: Double)] {
        guard geometries.count == weights.count else {
            throw AnalysisError(.invalidColumns, "There must be one weight for each geometry.")
        }
        guard weights.allSatisfy(\.isFinite) else {
            throw AnalysisError(.notFinite, "A weight is not a finite number.")
        }
        var sums: [CellIndex: CompensatedSum] = [:]
        for (geometry, weight) in zip(geometries, weights) {
            for share in try shares(of: geometry) {
                sums[share.cell, default: CompensatedSum()].add(weight * share.share)
            }
        }
        return sums.sorted { $0.key < $1.key }.map { (cell: $0.key, weight: $0.value.value) }
    }

    private func numbers(of points: [Position]) throws(AnalysisError) -> [CellIndex: Double] {
        var numbers: [CellIndex: Double] = [:]
        for point in points { numbers[try soundCell(point.x, point.y), default: 0] += 1 }
        return numbers
    }

    /// The cell of a finite position.
    func soundCell(_ x: Double, _ y: Double) throws(AnalysisError) -> CellIndex {
        guard let cell = cell(x: x, y: y) else {
            throw AnalysisError(.tooManyCells, "The geometry lies too far from the origin of the grid.")
        }
        return cell
    }
}

/// What a geometry is made of, by dimension.
private struct GeometryParts {
    private(set) var polygons: [[[Position]]] = []
    /// Lines and the outlines of polygons.
    private(set) var lines: [[Position]] = []
    /// Points; where there are none but only lines without length, the places of these.
    private(set) var points: [Position] = []
    private(set) var isFinite = true

    init(_ geometry: Geometry) {
        geometry.forEachPosition { if !($0.x.isFinite && $0.y.isFinite) { isFinite = false } }
        var pending = [geometry]
        while let next = pending.popLast() {
            switch next {
            case .point(let position): points.append(position)
            case .multiPoint(let positions): points += positions
            case .lineString(let line): lines.append(line)
            case .multiLineString(let all): lines += all
            case .polygon(let rings): polygons.append(rings)
            case .multiPolygon(let all): polygons += all
            case .geometryCollection(let parts): pending += parts
            }
        }
        lines += polygons.flatMap { $0 }
        if points.isEmpty { points = lines.compactMap(\.first) }
    }
}
