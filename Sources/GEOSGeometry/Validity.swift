internal import CGEOS
public import GeoCore

/// Whether a geometry is valid by the rules of the OGC simple features, and if not, why and where.
public enum Validity: Sendable, Hashable {
    case valid
    /// The reason in GEOS's words, and the place where it shows.
    case invalid(reason: String, at: Position?)
}

extension Geometry {
    /// The validity of the geometry.
    ///
    /// Numbers and rings are looked at before GEOS is. Wraps `GEOSisValidDetail_r`.
    ///
    /// - Throws: ``GEOSError`` when GEOS cannot take the geometry at all.
    /// - Complexity: O(n log n); quadratic in nested parts, so limit those of geometry from outside.
    public func validity() throws(GEOSError) -> Validity {
        if let fault = structureFault { return fault }
        let context = try GEOSContext()
        let geometry = try context.make(self)
        var reason: UnsafeMutablePointer<CChar>?
        var place: OpaquePointer?
        let answer = GEOSisValidDetail_r(context.handle, geometry.pointer, 0, &reason, &place)
        defer {
            if let reason { GEOSFree_r(context.handle, reason) }
            if let place { GEOSGeom_destroy_r(context.handle, place) }
        }
        switch answer {
        case 1: return .valid
        case 0:
            var position: Position?
            if let place {
                var (x, y) = (0.0, 0.0)
                if GEOSGeomGetX_r(context.handle, place, &x) == 1, GEOSGeomGetY_r(context.handle, place, &y) == 1 {
                    position = Position(x, y)
                }
            }
            return .invalid(reason: reason.map { String(cString: $0) } ?? "invalid", at: position)
        default: throw context.failure
        }
    }

    private var structureFault: Validity? {
        var fault: Validity?
        forEachPosition { position in
            if fault == nil, !position.isFinite { fault = .invalid(reason: "Invalid Coordinate", at: nil) }
        }
        if let fault { return fault }
        switch self {
        case .point, .multiPoint: return nil
        case .lineString(let line): return Self.lineFault(line)
        case .multiLineString(let lines): return lines.lazy.compactMap(Self.lineFault).first
        case .polygon(let rings): return Self.polygonFault(rings)
        case .multiPolygon(let polygons): return polygons.lazy.compactMap(Self.polygonFault).first
        case .geometryCollection(let members): return members.lazy.compactMap(\.structureFault).first
        }
    }

    private static func lineFault(_ line: [Position]) -> Validity? {
        line.count == 1 ? .invalid(reason: "Too few points in geometry component", at: line.first) : nil
    }

    private static func polygonFault(_ rings: [[Position]]) -> Validity? {
        if let shell = rings.first, shell.isEmpty, let hole = rings.first(where: { !$0.isEmpty }) {
            return .invalid(reason: "Hole lies outside shell", at: hole.first)
        }
        return rings.lazy.compactMap(ringFault).first
    }

    private static func ringFault(_ ring: [Position]) -> Validity? {
        guard let first = ring.first, let last = ring.last else { return nil }
        if first.x != last.x || first.y != last.y { return .invalid(reason: "Ring is not closed", at: last) }
        return ring.count < 4 ? .invalid(reason: "Too few points in geometry component", at: first) : nil
    }

    /// A valid geometry that covers what this one means, by the structure method.
    ///
    /// Never for geometry of citizens: a hundred vertices can cost seconds. Wraps `GEOSMakeValidWithParams_r`.
    ///
    /// - Throws: ``GEOSError`` `tooComplex` above `vertexLimit` positions, `failed` when GEOS gives up.
    public func madeValid(vertexLimit: Int = 300) throws(GEOSError) -> Geometry {
        guard positionCount <= vertexLimit else {
            throw GEOSError(.tooComplex, "geometries of more than \(vertexLimit) positions are not repaired")
        }
        let context = try GEOSContext()
        let geometry = try context.make(closingRings)
        guard let parameters = GEOSMakeValidParams_create_r(context.handle) else { throw context.failure }
        defer { GEOSMakeValidParams_destroy_r(context.handle, parameters) }
        _ = GEOSMakeValidParams_setMethod_r(context.handle, parameters, GEOS_MAKE_VALID_STRUCTURE)
        let result = try context.own(GEOSMakeValidWithParams_r(context.handle, geometry.pointer, parameters))
        return try context.value(result)
    }

    private var closingRings: Geometry {
        func closed(_ ring: [Position]) -> [Position] {
            guard let first = ring.first, let last = ring.last else { return ring }
            var closed = first.x == last.x && first.y == last.y ? ring : ring + [first]
            // GEOS takes no ring of three positions; a repeated one changes nothing of its shape.
            while closed.count < 4 { closed.append(first) }
            return closed
        }
        return switch self {
        case .polygon(let rings): .polygon(rings.map(closed))
        case .multiPolygon(let polygons): .multiPolygon(polygons.map { $0.map(closed) })
        case .geometryCollection(let members): .geometryCollection(members.map(\.closingRings))
        default: self
        }
    }
}
