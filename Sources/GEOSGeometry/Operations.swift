internal import CGEOS
public import GeoCore

extension Geometry {
    /// Runs an operation of one geometry that gives a geometry.
    func applying(_ body: (GEOSContext, OpaquePointer) -> OpaquePointer?) throws(GEOSError) -> Geometry {
        let context = try GEOSContext()
        let geometry = try context.make(self)
        let result = try context.own(body(context, geometry.pointer))
        return try context.value(result)
    }

    /// Runs an operation of two geometries that gives a geometry.
    func applying(
        _ other: Geometry, _ body: (GEOSContext, OpaquePointer, OpaquePointer) -> OpaquePointer?
    ) throws(GEOSError) -> Geometry {
        let context = try GEOSContext()
        let first = try context.make(self)
        let second = try context.make(other)
        let result = try context.own(body(context, first.pointer, second.pointer))
        return try context.value(result)
    }

    /// Runs an operation that measures.
    func measuring(_ body: (GEOSContext, OpaquePointer, inout Double) -> Int32) throws(GEOSError) -> Double {
        let context = try GEOSContext()
        let geometry = try context.make(self)
        var value = 0.0
        guard body(context, geometry.pointer, &value) == 1 else { throw context.failure }
        return value
    }

    /// A point that is certainly in or on the geometry; `nil` when it is empty.
    ///
    /// Wraps `GEOSPointOnSurface_r`.
    ///
    /// Computed in the plane of the coordinates, which is good enough to stand for a contribution on a map.
    public func representativePoint() throws(GEOSError) -> Position? {
        if case .point(let position) = self { return position }
        guard case .point(let position) = try applying({ GEOSPointOnSurface_r($0.handle, $1) }) else { return nil }
        return position
    }

    /// The centroid in the plane of the coordinates; `nil` when empty.
    ///
    /// Wraps `GEOSGetCentroid_r`.
    public func centroid() throws(GEOSError) -> Position? {
        guard case .point(let position) = try applying({ GEOSGetCentroid_r($0.handle, $1) }) else { return nil }
        return position
    }

    /// The smallest convex shape around the geometry.
    ///
    /// Wraps `GEOSConvexHull_r`.
    public func convexHull() throws(GEOSError) -> Geometry { try applying { GEOSConvexHull_r($0.handle, $1) } }

    /// A geometry with fewer vertices that moves by at most `tolerance` and keeps its topology, in units of the
    /// coordinates.
    ///
    /// Wraps `GEOSTopologyPreserveSimplify_r`.
    ///
    /// - Throws: ``GEOSError`` for a tolerance that is negative or no number.
    public func simplified(tolerance: Double) throws(GEOSError) -> Geometry {
        guard tolerance >= 0 else { throw GEOSError(.failed, "a tolerance must not be negative") }
        return try applying { GEOSTopologyPreserveSimplify_r($0.handle, $1, tolerance) }
    }

    /// Whether the geometries share a point.
    ///
    /// Wraps `GEOSIntersects_r`.
    public func intersects(_ other: Geometry) throws(GEOSError) -> Bool {
        let context = try GEOSContext()
        let first = try context.make(self)
        let second = try context.make(other)
        let answer = GEOSIntersects_r(context.handle, first.pointer, second.pointer)
        guard answer == 0 || answer == 1 else { throw context.failure }
        return answer == 1
    }
}

extension MetricGeometry {
    /// Area in square metres.
    ///
    /// Wraps `GEOSArea_r`.
    public func area() throws(GEOSError) -> Double { try shape.measuring { GEOSArea_r($0.handle, $1, &$2) } }

    /// Length in metres: of lines, and of the rings of polygons.
    ///
    /// Wraps `GEOSLength_r`.
    public func length() throws(GEOSError) -> Double { try shape.measuring { GEOSLength_r($0.handle, $1, &$2) } }

    /// Shortest distance in metres.
    ///
    /// Wraps `GEOSDistance_r`.
    public func distance(to other: MetricGeometry) throws(GEOSError) -> Double {
        let context = try GEOSContext()
        let first = try context.make(shape)
        let second = try context.make(other.shape)
        var value = 0.0
        guard GEOSDistance_r(context.handle, first.pointer, second.pointer, &value) == 1 else { throw context.failure }
        return value
    }

    /// Shortest distance in metres between the lines and edges of both, whatever lies inside; quick for many corners.
    ///
    /// Wraps `GEOSDistanceIndexed_r`.
    public func edgeDistance(to other: MetricGeometry) throws(GEOSError) -> Double {
        let context = try GEOSContext()
        let first = try context.make(shape)
        let second = try context.make(other.shape)
        var value = 0.0
        guard GEOSDistanceIndexed_r(context.handle, first.pointer, second.pointer, &value) == 1 else {
            throw context.failure
        }
        return value
    }

    /// What both have in common.
    ///
    /// Wraps `GEOSIntersection_r`.
    public func intersection(_ other: MetricGeometry) throws(GEOSError) -> MetricGeometry {
        MetricGeometry(metres: try shape.applying(other.shape) { GEOSIntersection_r($0.handle, $1, $2) })
    }

    /// What either covers.
    ///
    /// Wraps `GEOSUnion_r`.
    public func union(_ other: MetricGeometry) throws(GEOSError) -> MetricGeometry {
        MetricGeometry(metres: try shape.applying(other.shape) { GEOSUnion_r($0.handle, $1, $2) })
    }

    /// All points within `metres` of the geometry; a quarter circle has `quadrantSegments` edges.
    ///
    /// Wraps `GEOSBuffer_r`.
    ///
    /// - Throws: ``GEOSError``, also for a distance that is no number and for segments outside 1 … 64.
    public func buffer(metres: Double, quadrantSegments: Int32 = 8) throws(GEOSError) -> MetricGeometry {
        guard metres.isFinite, (1...64).contains(quadrantSegments) else {
            throw GEOSError(.failed, "a buffer needs a distance in metres and 1 to 64 edges a quarter circle")
        }
        return MetricGeometry(metres: try shape.applying { GEOSBuffer_r($0.handle, $1, metres, quadrantSegments) })
    }

    /// A hull that follows the points more closely than the convex one.
    ///
    /// A ratio of 0 is as close as possible, 1 convex. Wraps `GEOSConcaveHull_r`.
    ///
    /// - Throws: ``GEOSError``, also for a ratio outside 0 … 1.
    public func concaveHull(ratio: Double) throws(GEOSError) -> MetricGeometry {
        guard (0...1).contains(ratio) else { throw GEOSError(.failed, "the ratio must lie between 0 and 1") }
        return MetricGeometry(metres: try shape.applying { GEOSConcaveHull_r($0.handle, $1, ratio, 0) })
    }

    /// The smallest convex shape around the geometry.
    public func convexHull() throws(GEOSError) -> MetricGeometry { MetricGeometry(metres: try shape.convexHull()) }
}
