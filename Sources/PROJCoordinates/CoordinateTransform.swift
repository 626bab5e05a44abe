internal import CPROJ
public import GeoCore
import Synchronization

/// One PROJ operation with its context; has one owner at a time.
private final class Operation {
    /// Outlives the operation, which was made in it.
    private let context: PROJContext
    private let pointer: OpaquePointer

    init(from source: String, to target: String, area: BoundingBox?) throws(PROJError) {
        let context = try PROJContext()
        var region: OpaquePointer?
        if let area {
            region = proj_area_create()
            proj_area_set_bbox(region, area.minX, area.minY, area.maxX, area.maxY)
        }
        defer { proj_area_destroy(region) }
        guard let raw = proj_create_crs_to_crs(context.handle, source, target, region) else {
            throw PROJError(
                .noTransformation, "there is no transformation from \(source.prefix(40)) to \(target.prefix(40))")
        }
        let normalized = proj_normalize_for_visualization(context.handle, raw)
        proj_destroy(raw)
        guard let normalized else { throw PROJError(.noTransformation, "the axis order cannot be settled") }
        self.context = context
        pointer = normalized
    }

    deinit { proj_destroy(pointer) }

    func run(_ direction: PJ_DIRECTION, _ x: inout [Double], _ y: inout [Double]) {
        let count = x.count
        let stride = MemoryLayout<Double>.stride
        _ = x.withUnsafeMutableBufferPointer { x in
            y.withUnsafeMutableBufferPointer { y in
                proj_trans_generic(
                    pointer, direction, x.baseAddress, stride, count, y.baseAddress, stride, count, nil, 0, 0, nil, 0,
                    0)
            }
        }
    }

    /// What PROJ does with a place, and how well; several candidates are told apart only by a use.
    func info(at place: Position, _ direction: PJ_DIRECTION) -> (description: String, accuracy: Double?) {
        var (x, y) = ([place.x], [place.y])
        run(direction, &x, &y)
        let last = proj_trans_get_last_used_operation(pointer)
        defer { if let last { proj_destroy(last) } }
        let info = proj_pj_info(last ?? pointer)
        let text = [info.definition, info.description].compactMap { $0.map { String(cString: $0) } }
        return (text.joined(separator: " "), info.accuracy >= 0 ? info.accuracy : nil)
    }
}

// One owner at a time: the pool below hands an operation to one caller and takes it back.
extension Operation: @unchecked Sendable {}

/// Idle operations.
private final class OperationPool: Sendable {
    private let idle = Mutex<[Operation]>([])

    func with<Value>(
        make: () throws(PROJError) -> Operation, _ body: (Operation) -> Value
    ) throws(PROJError) -> Value {
        let taken = idle.withLock { $0.popLast() }
        let operation = if let taken { taken } else { try make() }
        let value = body(operation)
        idle.withLock { if $0.count < 8 { $0.append(operation) } }
        return value
    }
}

/// A transformation between two systems, both in the order x east, y north; safe to use from many tasks.
public final class CoordinateTransform: Sendable {
    /// Where coordinates come from.
    public let source: CoordinateReferenceSystem
    /// Where they go.
    public let target: CoordinateReferenceSystem
    /// Accuracy in metres in the middle of the area, where PROJ knows it.
    public let accuracy: Double?
    /// Whether a grid file takes part in the middle of the area.
    public let usesGrid: Bool
    /// What is to be known of the way chosen, such as a grid that is missing.
    public let note: String?
    private let area: BoundingBox?
    private let isIdentity: Bool
    private let pool = OperationPool()

    /// Chooses the best operation for an area in degrees.
    ///
    /// - Throws: ``PROJError`` `noTransformation`.
    public init(
        from source: CoordinateReferenceSystem, to target: CoordinateReferenceSystem, area: BoundingBox? = nil
    ) throws(PROJError) {
        self.source = source
        self.target = target
        self.area = area
        isIdentity = source == target || (source.isLongitudeLatitude && target.isLongitudeLatitude)
        guard !isIdentity else {
            accuracy = nil
            usesGrid = false
            note = nil
            return
        }
        let (from, to) = (source.definition, target.definition)
        let (place, direction) = try Self.probe(from: source, to: target, area: area)
        let info = try pool.with(make: { () throws(PROJError) in try Operation(from: from, to: to, area: area) }) {
            $0.info(at: place, direction)
        }
        accuracy = info.accuracy
        usesGrid = info.description.contains("grids=")
        note = source.isDHDN != target.isDHDN ? Self.note(ofDHDN: info.description, accuracy: info.accuracy) : nil
    }

    /// A place in the middle of the area, in the system the direction starts from.
    private static func probe(
        from source: CoordinateReferenceSystem, to target: CoordinateReferenceSystem, area: BoundingBox?
    ) throws(PROJError) -> (Position, PJ_DIRECTION) {
        let uses = [source, target].filter { !$0.isLongitudeLatitude }.compactMap(\.areaOfUse)
        let smallest = uses.min { $0.width * $0.height < $1.width * $1.height }
        let middle = (area ?? smallest)?.center ?? Position(10, 51)
        if source.isGeographic { return (middle, PJ_FWD) }
        if target.isGeographic { return (middle, PJ_INV) }
        let operation = try Operation(
            from: CoordinateReferenceSystem.wgs84.definition, to: source.definition, area: area)
        var (x, y) = ([middle.x], [middle.y])
        operation.run(PJ_FWD, &x, &y)
        return (Position(x[0], y[0]), PJ_FWD)
    }

    private static func note(ofDHDN description: String, accuracy: Double?) -> String {
        if description.contains("BETA2007") { return "DHDN by the grid BETA2007 (0.9 m)" }
        let metres = accuracy.map { " (\($0) m)" } ?? ""
        if description.contains("gridshift") || description.contains("grids=") { return "DHDN by a grid\(metres)" }
        return "DHDN without the grid BETA2007: accurate to 3 m only; install proj-data for 0.9 m"
    }

    /// Transforms columns in place.
    ///
    /// - Throws: ``PROJError`` `outOfDomain` with the first row that has no finite result.
    /// - Complexity: linear, about two million rows a second.
    public func forward(_ x: inout [Double], _ y: inout [Double]) throws(PROJError) { try run(PJ_FWD, &x, &y) }

    /// Transforms columns back, in place.
    ///
    /// - Throws: ``PROJError`` `outOfDomain` with the first row that has no finite result.
    public func inverse(_ x: inout [Double], _ y: inout [Double]) throws(PROJError) { try run(PJ_INV, &x, &y) }

    private func run(_ direction: PJ_DIRECTION, _ x: inout [Double], _ y: inout [Double]) throws(PROJError) {
        transform(direction, &x, &y)
        for row in x.indices where !x[row].isFinite || !y[row].isFinite {
            throw PROJError(.outOfDomain, "a coordinate cannot be transformed from \(source.label)", row: row)
        }
    }

    private func transform(_ direction: PJ_DIRECTION, _ x: inout [Double], _ y: inout [Double]) {
        precondition(x.count == y.count, "both columns have the same length")
        guard !x.isEmpty else { return }
        if !isIdentity {
            let (from, to, area) = (source.definition, target.definition, area)
            do throws(PROJError) {
                try pool.with(make: { () throws(PROJError) in try Operation(from: from, to: to, area: area) }) {
                    $0.run(direction, &x, &y)
                }
            } catch {
                x = x.map { _ in .nan }
            }
        }
        // PROJ says infinity for both ordinates where it has no result.
        for row in x.indices where !x[row].isFinite || !y[row].isFinite {
            x[row] = .nan
            y[row] = .nan
        }
    }

    /// Transforms columns in place; rows without a result become NaN in both columns.
    ///
    /// - Precondition: both columns have the same length.
    public func forwardLeavingGaps(_ x: inout [Double], _ y: inout [Double]) { transform(PJ_FWD, &x, &y) }

    /// The geometry in the target system; heights are kept as they are.
    ///
    /// - Throws: ``PROJError`` `outOfDomain`.
    public func forward(_ geometry: Geometry) throws(PROJError) -> Geometry { try map(geometry, PJ_FWD) }

    /// The geometry back in the source system.
    ///
    /// - Throws: ``PROJError`` `outOfDomain`.
    public func inverse(_ geometry: Geometry) throws(PROJError) -> Geometry { try map(geometry, PJ_INV) }

    private func map(_ geometry: Geometry, _ direction: PJ_DIRECTION) throws(PROJError) -> Geometry {
        var (x, y): ([Double], [Double]) = ([], [])
        geometry.forEachPosition {
            x.append($0.x)
            y.append($0.y)
        }
        try run(direction, &x, &y)
        var row = -1
        return geometry.mapPositions { position in
            row += 1
            return Position(x[row], y[row], position.z)
        }
    }

    /// A geometry in degrees as metres of the target system, which must be metric.
    ///
    /// - Throws: ``PROJError`` `outOfDomain`, `notMetric`.
    public func metric(_ geometry: Geometry) throws(PROJError) -> MetricGeometry {
        guard target.isMetric else { throw PROJError(.notMetric, "\(target.label) is not in metres") }
        return MetricGeometry(metres: try forward(geometry))
    }

    /// A geometry in metres of the target system as degrees.
    ///
    /// - Throws: ``PROJError`` `outOfDomain`, `notMetric`.
    public func degrees(_ geometry: MetricGeometry) throws(PROJError) -> Geometry {
        guard target.isMetric else { throw PROJError(.notMetric, "\(target.label) is not in metres") }
        return try inverse(geometry.shape)
    }
}
