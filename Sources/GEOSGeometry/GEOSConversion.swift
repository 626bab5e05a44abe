internal import CGEOS
import GeoCore

extension GEOSContext {
    /// The geometry inside GEOS, heights included.
    ///
    /// - Throws: ``GEOSError`` for numbers that are not finite, rings that are not closed, and deep nesting.
    func make(_ geometry: Geometry) throws(GEOSError) -> GEOSHandle {
        try own(try pointer(geometry, depth: 0))
    }

    private func pointer(_ geometry: Geometry, depth: Int) throws(GEOSError) -> OpaquePointer {
        guard depth <= 8 else { throw GEOSError(.tooComplex, "geometries are nested too deep") }
        switch geometry {
        case .point(let position):
            return try checked(GEOSGeom_createPoint_r(handle, try sequence([position])))
        case .lineString(let line):
            return try checked(GEOSGeom_createLineString_r(handle, try sequence(line)))
        case .polygon(let rings):
            return try polygon(rings)
        case .multiPoint(let points):
            return try collection(GEOS_MULTIPOINT, points) { point throws(GEOSError) in
                try pointer(.point(point), depth: depth + 1)
            }
        case .multiLineString(let lines):
            return try collection(GEOS_MULTILINESTRING, lines) { line throws(GEOSError) in
                try pointer(.lineString(line), depth: depth + 1)
            }
        case .multiPolygon(let polygons):
            return try collection(GEOS_MULTIPOLYGON, polygons) { rings throws(GEOSError) in try polygon(rings) }
        case .geometryCollection(let members):
            return try collection(GEOS_GEOMETRYCOLLECTION, members) { member throws(GEOSError) in
                try pointer(member, depth: depth + 1)
            }
        }
    }

    private func checked(_ pointer: OpaquePointer?) throws(GEOSError) -> OpaquePointer {
        guard let pointer else { throw failure }
        return pointer
    }

    private func polygon(_ rings: [[Position]]) throws(GEOSError) -> OpaquePointer {
        guard let exterior = rings.first else { return try checked(GEOSGeom_createEmptyPolygon_r(handle)) }
        let shell = try checked(GEOSGeom_createLinearRing_r(handle, try sequence(exterior)))
        var holes: [OpaquePointer?] = []
        do {
            for ring in rings.dropFirst() {
                holes.append(try checked(GEOSGeom_createLinearRing_r(handle, try sequence(ring))))
            }
        } catch {
            for hole in holes { GEOSGeom_destroy_r(handle, hole) }
            GEOSGeom_destroy_r(handle, shell)
            throw error
        }
        return try checked(GEOSGeom_createPolygon_r(handle, shell, &holes, UInt32(holes.count)))
    }

    /// A collection of the parts, which it owns; the parts made so far are given back when one fails.
    private func collection<Part>(
        _ type: GEOSGeomTypes, _ values: [Part], _ make: (Part) throws(GEOSError) -> OpaquePointer
    ) throws(GEOSError) -> OpaquePointer {
        var parts: [OpaquePointer?] = []
        do {
            for value in values { parts.append(try make(value)) }
        } catch {
            for part in parts { GEOSGeom_destroy_r(handle, part) }
            throw error
        }
        return try checked(
            GEOSGeom_createCollection_r(handle, Int32(type.rawValue), &parts, UInt32(parts.count)))
    }

    /// Coordinates, with heights where any position has one; NaN stands for a height that is missing.
    private func sequence(_ line: [Position]) throws(GEOSError) -> OpaquePointer {
        let hasHeights = line.contains { $0.z != nil }
        var numbers: [Double] = []
        numbers.reserveCapacity(line.count * (hasHeights ? 3 : 2))
        for position in line {
            guard position.isFinite else { throw GEOSError(.failed, "a coordinate is not a finite number") }
            numbers.append(position.x)
            numbers.append(position.y)
            if hasHeights { numbers.append(position.z ?? .nan) }
        }
        return try checked(
            GEOSCoordSeq_copyFromBuffer_r(handle, numbers, UInt32(line.count), hasHeights ? 1 : 0, 0))
    }

    /// The value of a geometry inside GEOS.
    func value(_ geometry: borrowing GEOSHandle) throws(GEOSError) -> Geometry { try value(geometry.pointer, depth: 0) }

    private func value(_ pointer: OpaquePointer, depth: Int) throws(GEOSError) -> Geometry {
        guard depth <= 16 else { throw GEOSError(.tooComplex, "geometries are nested too deep") }
        let type = GEOSGeomTypes(rawValue: UInt32(bitPattern: GEOSGeomTypeId_r(handle, pointer)))
        switch type {
        case GEOS_POINT:
            guard GEOSisEmpty_r(handle, pointer) == 0 else { return .geometryCollection([]) }
            guard let position = try line(pointer).first else { return .geometryCollection([]) }
            return .point(position)
        case GEOS_LINESTRING, GEOS_LINEARRING: return .lineString(try line(pointer))
        case GEOS_POLYGON: return .polygon(try rings(pointer))
        default: break
        }
        let count = GEOSGetNumGeometries_r(handle, pointer)
        guard count >= 0 else { throw failure }
        var members: [Geometry] = []
        for index in 0..<count {
            guard let part = GEOSGetGeometryN_r(handle, pointer, index) else { throw failure }
            members.append(try value(part, depth: depth + 1))
        }
        switch type {
        case GEOS_MULTIPOINT:
            return .multiPoint(
                members.compactMap { if case .point(let position) = $0 { position } else { nil } })
        case GEOS_MULTILINESTRING:
            return .multiLineString(
                members.compactMap { if case .lineString(let line) = $0 { line } else { nil } })
        case GEOS_MULTIPOLYGON:
            return .multiPolygon(members.compactMap { if case .polygon(let rings) = $0 { rings } else { nil } })
        default: return .geometryCollection(members)
        }
    }

    private func rings(_ pointer: OpaquePointer) throws(GEOSError) -> [[Position]] {
        guard GEOSisEmpty_r(handle, pointer) == 0 else { return [] }
        guard let exterior = GEOSGetExteriorRing_r(handle, pointer) else { throw failure }
        var rings = [try line(exterior)]
        for index in 0..<max(0, GEOSGetNumInteriorRings_r(handle, pointer)) {
            guard let hole = GEOSGetInteriorRingN_r(handle, pointer, index) else { throw failure }
            rings.append(try line(hole))
        }
        return rings
    }

    private func line(_ pointer: OpaquePointer) throws(GEOSError) -> [Position] {
        guard let sequence = GEOSGeom_getCoordSeq_r(handle, pointer) else { throw failure }
        var count: UInt32 = 0
        guard GEOSCoordSeq_getSize_r(handle, sequence, &count) == 1 else { throw failure }
        let width = GEOSHasZ_r(handle, pointer) == 1 ? 3 : 2
        var numbers = [Double](repeating: 0, count: Int(count) * width)
        guard GEOSCoordSeq_copyToBuffer_r(handle, sequence, &numbers, width == 3 ? 1 : 0, 0) == 1 else { throw failure }
        return stride(from: 0, to: numbers.count, by: width).map {
            Position(numbers[$0], numbers[$0 + 1], width == 3 && numbers[$0 + 2].isFinite ? numbers[$0 + 2] : nil)
        }
    }
}
