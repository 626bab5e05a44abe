internal import CGEOS
public import GeoCore

// The operations on shapes that mean the same in metres.
extension MetricGeometry {
    /// The validity of the shape; the place of a fault is in metres.
    ///
    /// - Throws: ``GEOSError`` when GEOS cannot take the geometry at all.
    public func validity() throws(GEOSError) -> Validity { try shape.validity() }

    /// A valid geometry that covers what this one means, by the structure method.
    ///
    /// - Throws: ``GEOSError`` `tooComplex` above `vertexLimit` positions, `failed` when GEOS gives up.
    public func madeValid(vertexLimit: Int = 300) throws(GEOSError) -> MetricGeometry {
        MetricGeometry(metres: try shape.madeValid(vertexLimit: vertexLimit))
    }

    /// The centroid in metres; `nil` when empty.
    ///
    /// - Throws: ``GEOSError`` `failed`.
    public func centroid() throws(GEOSError) -> Position? { try shape.centroid() }

    /// A point in metres that is certainly in or on the geometry; `nil` when it is empty.
    ///
    /// - Throws: ``GEOSError`` `failed`.
    public func representativePoint() throws(GEOSError) -> Position? { try shape.representativePoint() }

    /// A geometry with fewer vertices that moves by at most `tolerance` metres and keeps its topology.
    ///
    /// - Throws: ``GEOSError`` for a tolerance that is negative or no number.
    public func simplified(tolerance: Double) throws(GEOSError) -> MetricGeometry {
        MetricGeometry(metres: try shape.simplified(tolerance: tolerance))
    }

    /// What any of the geometries covers; empty for none.
    ///
    /// Wraps `GEOSUnaryUnion_r`, which joins neighbours first.
    ///
    /// - Throws: ``GEOSError`` `failed`.
    public static func union(_ geometries: [MetricGeometry]) throws(GEOSError) -> MetricGeometry {
        let collection = Geometry.geometryCollection(geometries.map(\.shape))
        return MetricGeometry(metres: try collection.applying { GEOSUnaryUnion_r($0.handle, $1) })
    }
}
