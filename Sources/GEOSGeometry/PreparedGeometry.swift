internal import CGEOS
public import GeoCore

/// A geometry made ready for many questions; used by one task at a time.
public final class PreparedGeometry {
    private let context: GEOSContext
    private let base: OpaquePointer
    private let prepared: OpaquePointer

    /// Prepares a geometry.
    ///
    /// Wraps `GEOSPrepare_r`.
    ///
    /// - Throws: ``GEOSError`` when GEOS cannot take it.
    public init(_ geometry: Geometry) throws(GEOSError) {
        context = try GEOSContext()
        let handle = try context.make(geometry)
        guard let base = GEOSGeom_clone_r(context.handle, handle.pointer) else { throw context.failure }
        guard let prepared = GEOSPrepare_r(context.handle, base) else {
            GEOSGeom_destroy_r(context.handle, base)
            throw context.failure
        }
        self.base = base
        self.prepared = prepared
    }

    deinit {
        GEOSPreparedGeom_destroy_r(context.handle, prepared)
        GEOSGeom_destroy_r(context.handle, base)
    }

    /// Whether the other lies in it and not only on its edge.
    public func contains(_ other: Geometry) throws(GEOSError) -> Bool {
        try ask(other) { GEOSPreparedContains_r(context.handle, prepared, $0) }
    }

    /// Whether no point of the other lies outside.
    public func covers(_ other: Geometry) throws(GEOSError) -> Bool {
        try ask(other) { GEOSPreparedCovers_r(context.handle, prepared, $0) }
    }

    /// Whether they share a point.
    public func intersects(_ other: Geometry) throws(GEOSError) -> Bool {
        try ask(other) { GEOSPreparedIntersects_r(context.handle, prepared, $0) }
    }

    /// Whether the other is at most so far away, in the units of the geometry.
    ///
    /// Wraps `GEOSPreparedDistanceWithin_r`.
    ///
    /// - Throws: ``GEOSError`` `failed`.
    public func isWithin(_ distance: Double, of other: Geometry) throws(GEOSError) -> Bool {
        try ask(other) { GEOSPreparedDistanceWithin_r(context.handle, prepared, $0, distance) }
    }

    /// Whether a position, in the units of the geometry, lies in it and not on its edge.
    ///
    /// - Throws: ``GEOSError`` `failed`.
    public func contains(x: Double, y: Double) throws(GEOSError) -> Bool { try contains(.point(Position(x, y))) }

    /// Whether a position, in the units of the geometry, lies in it or on its edge.
    ///
    /// - Throws: ``GEOSError`` `failed`.
    public func covers(x: Double, y: Double) throws(GEOSError) -> Bool { try covers(.point(Position(x, y))) }

    private func ask(_ other: Geometry, _ question: (OpaquePointer) -> CChar) throws(GEOSError) -> Bool {
        let handle = try context.make(other)
        let answer = question(handle.pointer)
        guard answer == 0 || answer == 1 else { throw context.failure }
        return answer == 1
    }
}
