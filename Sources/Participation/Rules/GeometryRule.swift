public import GeoCore

/// What a citizen's geometry must satisfy before anything costly looks at it.
public struct GeometryRule: Sendable, Hashable {
    /// Most positions of one geometry.
    public var positionLimit: Int
    /// Most rings or parts of one geometry.
    public var partLimit: Int
    /// Types that are allowed.
    public var allowed: Set<Geometry.Kind>

    /// Makes a rule.
    public init(positionLimit: Int, partLimit: Int, allowed: Set<Geometry.Kind>) {
        self.positionLimit = positionLimit
        self.partLimit = partLimit
        self.allowed = allowed
    }

    /// The rule for citizens of a proceeding: 10,000 positions, 1,000 parts, the types its settings allow.
    public init(citizensOf settings: ProceedingSettings) {
        self.init(
            positionLimit: 10_000, partLimit: 1_000,
            allowed: Set(settings.allowedGeometries.compactMap(Geometry.Kind.init(rawValue:))))
    }

    /// The rule for what planners send: 100,000 positions, 1,000 parts, any type but collections.
    public static let planners = GeometryRule(
        positionLimit: 100_000, partLimit: 1_000,
        allowed: Set(Geometry.Kind.allCases).subtracting([.geometryCollection]))

    /// The rule for a place of which nothing but a point is told.
    public static let places = GeometryRule(positionLimit: 1, partLimit: 1, allowed: [.point])

    /// The rule for imports: a million positions, any type.
    public static let imports = GeometryRule(
        positionLimit: 1_000_000, partLimit: 100_000, allowed: Set(Geometry.Kind.allCases))

    /// The faults of a geometry that can be seen without GEOS; empty when there are none.
    ///
    /// - Complexity: linear in the number of positions.
    public func violations(in geometry: Geometry, at pointer: String = "/geometry") -> [RuleViolation] {
        guard allowed.contains(geometry.kind) else {
            let names = allowed.map(\.rawValue).sorted().joined(separator: ", ")
            return [violation(pointer, "geometryType", "\(geometry.kind.rawValue) is not allowed here, only \(names)")]
        }
        guard !geometry.isEmpty else { return [violation(pointer, "emptyGeometry", "the geometry has no position")] }
        guard geometry.positionCount <= positionLimit else {
            return [violation(pointer, "tooManyPositions", "at most \(positionLimit) positions are allowed")]
        }
        guard Self.partCount(geometry) <= partLimit else {
            return [violation(pointer, "tooManyParts", "at most \(partLimit) rings or parts are allowed")]
        }
        if let fault = Self.coordinateFault(geometry) { return [violation(pointer, fault.code, fault.detail)] }
        if let fault = Self.structureFault(geometry) { return [violation(pointer, fault.code, fault.detail)] }
        return []
    }

    private func violation(_ pointer: String, _ code: String, _ detail: String) -> RuleViolation {
        RuleViolation(pointer: pointer, code: code, detail: detail)
    }

    private static func partCount(_ geometry: Geometry) -> Int {
        switch geometry {
        case .point, .lineString, .multiPoint: 1
        case .polygon(let rings), .multiLineString(let rings): rings.count
        case .multiPolygon(let polygons): polygons.reduce(0) { $0 + $1.count }
        case .geometryCollection(let members): members.reduce(0) { $0 + partCount($1) }
        }
    }

    private static func coordinateFault(_ geometry: Geometry) -> (code: String, detail: String)? {
        var fault: (code: String, detail: String)?
        geometry.forEachPosition { position in
            guard fault == nil else { return }
            if !position.isFinite {
                fault = ("notFinite", "a coordinate is not a finite number")
            } else if abs(position.y) > 90, abs(position.y) <= 180, abs(position.x) <= 90 {
                fault = (
                    "swappedAxes",
                    "latitude \(position.y) is out of range; the axes look swapped, longitude comes first"
                )
            } else if abs(position.x) > 180 || abs(position.y) > 90 {
                fault = (
                    "outOfRange",
                    "[\(position.x), \(position.y)] is not a longitude (−180 to 180) and latitude (−90 to 90) in degrees"
                )
            }
        }
        return fault
    }

    private static func structureFault(_ geometry: Geometry) -> (code: String, detail: String)? {
        switch geometry {
        case .point, .multiPoint: nil
        case .lineString(let line): lineFault(line)
        case .multiLineString(let lines): lines.lazy.compactMap(lineFault).first
        case .polygon(let rings): polygonFault(rings)
        case .multiPolygon(let polygons): polygons.lazy.compactMap(polygonFault).first
        case .geometryCollection(let members): members.lazy.compactMap(structureFault).first
        }
    }

    private static func lineFault(_ line: [Position]) -> (code: String, detail: String)? {
        line.count < 2 ? ("tooFewPositions", "a line needs at least 2 positions") : nil
    }

    private static func polygonFault(_ rings: [[Position]]) -> (code: String, detail: String)? {
        if rings.isEmpty { return ("emptyGeometry", "a polygon needs an exterior ring") }
        for ring in rings {
            if ring.count < 4 { return ("tooFewPositions", "a ring needs at least 4 positions") }
            if let first = ring.first, let last = ring.last, first.x != last.x || first.y != last.y {
                return (
                    "unclosedRing",
                    "a ring is not closed: it begins at [\(first.x), \(first.y)] and ends at [\(last.x), \(last.y)]"
                )
            }
        }
        return nil
    }
}
