public import GeoCore

/// The region where a density is at least a level.
public struct DensityRegion: Sendable, Equatable {
    /// The level, in weight per square metre.
    public let level: Double
    /// Polygons in metres as RFC 7946 wants them: exterior ring counterclockwise first, holes clockwise, closed.
    public let polygons: [[[Position]]]
    /// Area in square metres.
    public let area: Double
    /// Length of the isoline in metres, without the parts along the border of the raster.
    public let lineLength: Double
}

extension DensitySurface {
    /// The region where the density is at least `level`, closed along the outermost cell centres.
    ///
    /// Marching squares between cell centres with linear interpolation; at saddles the mean of the four corners
    /// decides. Polygons are in the order of their southernmost, then westernmost squares.
    ///
    /// - Throws: ``AnalysisError`` when the level is not positive, or when the task is cancelled.
    /// - Complexity: linear in cells, plus holes times polygons.
    public func region(above level: Double) throws(AnalysisError) -> DensityRegion {
        try AnalysisError.requirePositive(level, "The level of an isoline")
        var march = try MarchingSquares(self, level)
        let rings = march.rings()
        var polygons: [[[Position]]] = []
        var holes: [[Position]] = []
        var area = 0.0
        for ring in rings {
            let signed = signedArea(ring)
            area += signed
            if signed > 0 { polygons.append([ring]) } else if signed < 0 { holes.append(ring) }
        }
        let outlines = polygons.map { PolygonOutline($0[0]) }
        for hole in holes {
            try AnalysisError.checkCancellation()
            // The smallest outline around a hole is its own; others contain the whole island.
            let owner = outlines.indices.filter { outlines[$0].contains(hole[0]) }
                .min { outlines[$0].area < outlines[$1].area }
            if let owner { polygons[owner].append(hole) }
        }
        return DensityRegion(level: level, polygons: polygons, area: area, lineLength: march.lineLength)
    }
}

/// Area of a closed ring in square metres, positive when it runs counterclockwise.
func signedArea(_ ring: [Position]) -> Double {
    guard let origin = ring.first else { return 0 }
    var twice = 0.0
    for (a, b) in zip(ring, ring.dropFirst()) {
        twice += (a.x - origin.x) * (b.y - origin.y) - (b.x - origin.x) * (a.y - origin.y)
    }
    return twice / 2
}

/// A closed ring with its box, for tests of containment.
struct PolygonOutline {
    let ring: [Position]
    let area: Double
    private let box: BoundingBox

    init(_ ring: [Position]) {
        self.ring = ring
        area = signedArea(ring).magnitude
        var box = BoundingBox(minX: .infinity, minY: .infinity, maxX: -.infinity, maxY: -.infinity)
        for position in ring { box.extend(x: position.x, y: position.y) }
        self.box = box
    }

    /// Whether a position is inside by the even-odd rule; a position on the ring may be either.
    func contains(_ position: Position) -> Bool {
        guard box.contains(x: position.x, y: position.y) else { return false }
        var isInside = false
        for (a, b) in zip(ring, ring.dropFirst()) where (a.y > position.y) != (b.y > position.y) {
            let x = a.x + (position.y - a.y) / (b.y - a.y) * (b.x - a.x)
            if x > position.x { isInside.toggle() }
        }
        return isInside
    }
}
