internal import CGEOS
public import GeoCore

extension Geometry {
    /// Whether the other lies in this one and not only on its edge, in the plane of the coordinates.
    ///
    /// Wraps `GEOSContains_r`; for many questions to one geometry use ``PreparedGeometry``.
    ///
    /// - Throws: ``GEOSError`` `failed`.
    public func contains(_ other: Geometry) throws(GEOSError) -> Bool {
        try asking(other) { GEOSContains_r($0.handle, $1, $2) }
    }

    /// Whether no point of the other lies outside this one, in the plane of the coordinates.
    ///
    /// Wraps `GEOSCovers_r`; for many questions to one geometry use ``PreparedGeometry``.
    ///
    /// - Throws: ``GEOSError`` `failed`.
    public func covers(_ other: Geometry) throws(GEOSError) -> Bool {
        try asking(other) { GEOSCovers_r($0.handle, $1, $2) }
    }

    private func asking(
        _ other: Geometry, _ question: (GEOSContext, OpaquePointer, OpaquePointer) -> CChar
    ) throws(GEOSError) -> Bool {
        let context = try GEOSContext()
        let first = try context.make(self)
        let second = try context.make(other)
        let answer = question(context, first.pointer, second.pointer)
        guard answer == 0 || answer == 1 else { throw context.failure }
        return answer == 1
    }
}
