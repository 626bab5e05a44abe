import GEOSGeometry
import GeoCore
import PROJCoordinates
import Participation
import Storage

extension Installation {
    /// Most features of a layer that are looked at together.
    private static var mostFeatures: Int { 50_000 }
    /// Contributions that are read at a time.
    private static var shapesPerPage: Int { 5_000 }

    /// A filter whose conditions on places have been looked up with GEOS: it then names the contributions that meet
    /// them.
    ///
    /// All features of a layer count together: what lies in two neighbouring areas lies within the layer. Within and
    /// crossing are decided in longitude/latitude, distances in the metric system of the proceeding.
    ///
    /// - Throws: ``PlatformError`` `notFound` for a layer or feature that is not there, `invalidInput` for a layer of
    ///   more than 50,000 features, `unsupported` where the metric system does not reach.
    /// - Complexity: linear in the contributions that the rest of the filter lets through, near a single feature in
    ///   those around it.
    func lookedUp(
        _ filter: ContributionFilter, of proceeding: Proceeding, scope: Scope
    ) async throws -> ContributionFilter {
        let geometries = Set(filter.expression?.geometries ?? [])
        guard !filter.places.isEmpty || !geometries.isEmpty, filter.selection == nil else { return filter }
        var rest = filter
        (rest.places, rest.expression) = ([], nil)
        do {
            if !geometries.isEmpty {
                var numbers: [Geometry: [Int64]] = [:]
                for geometry in geometries {
                    numbers[geometry] = try await meeting(
                        PlaceCondition(.crossing, .shape(geometry)), rest, of: proceeding, scope: scope)
                }
                var whole = rest
                whole.expression = filter.expression?.lookedUp(numbers)
                // Once: every page of an export would go through the numbers of each geometry anew.
                let condition = whole
                rest.selection = try await engine.read {
                    try scope.reader($0).numbers(of: proceeding, filter: condition)
                }
            } else {
                rest.expression = filter.expression
            }
            for condition in filter.places {
                rest.selection = try await meeting(condition, rest, of: proceeding, scope: scope)
            }
        } catch let error as PROJError {
            throw PlatformError(.unsupported, error.description)
        } catch let error as GEOSError {
            throw PlatformError(.invalidInput, error.description)
        }
        var found = filter
        (found.selection, found.expression) = (rest.selection, rest.expression)
        return found
    }

    /// The numbers of the contributions that a filter lets through and that meet a condition, rising.
    private func meeting(
        _ condition: PlaceCondition, _ filter: ContributionFilter, of proceeding: Proceeding, scope: Scope
    ) async throws -> [Int64] {
        let tests = try await placeTests(of: condition, of: proceeding, scope: scope)
        // Without any target nothing lies anywhere near it.
        guard !tests.isEmpty else { return [] }
        var around = filter
        let boxes = tests.compactMap(\.box)
        if around.boxes.isEmpty, boxes.count == tests.count { around.boxes = boxes }
        return try await numbers(around, of: proceeding, scope: scope) { geometry in
            try tests.contains { try $0.holds(geometry) }
        }
    }

    /// The numbers of the contributions that a filter and a test let through, rising.
    private func numbers(
        _ filter: ContributionFilter, of proceeding: Proceeding, scope: Scope, _ test: (Geometry) throws -> Bool
    ) async throws -> [Int64] {
        var found: [Int64] = []
        var last: Int64 = 0
        while true {
            let after = last
            let page = try await engine.read {
                try scope.reader($0).shapes(
                    of: proceeding, filter: filter, after: after, limit: Self.shapesPerPage)
            }
            for (id, wkb) in page where try test(WKB.decode(wkb)) { found.append(id) }
            guard page.count == Self.shapesPerPage, let end = page.last?.id else { return found }
            last = end
            try Task.checkCancellation()
        }
    }

    private func placeTests(
        of condition: PlaceCondition, of proceeding: Proceeding, scope: Scope
    ) async throws -> [PlaceTest] {
        let shapes: [Geometry]
        switch condition.target {
        case .position(let position): shapes = [.point(position)]
        case .shape(let geometry): shapes = [geometry]
        case .layer(let id, let ordinal):
            shapes = try await targets(
                id, ordinal, namedBy: condition.relation.parameter, of: proceeding, scope: scope)
        }
        var transform: CoordinateTransform?
        if case .near = condition.relation {
            let crs = try MetricCRS.resolve(MetricCRS.name(of: proceeding, scope.tenant))
            transform = try CoordinateTransform(from: .wgs84, to: crs, area: proceeding.area?.boundingBox)
        }
        return try PlaceTest.make(condition.relation, shapes, transform)
    }

    private func targets(
        _ id: String, _ ordinal: Int64?, namedBy parameter: String, of proceeding: Proceeding, scope: Scope
    ) async throws -> [Geometry] {
        let layer = try await layer(id, namedBy: parameter, of: proceeding, scope: scope)
        if ordinal == nil, layer.featureCount > Self.mostFeatures {
            throw PlatformError(
                .invalidInput,
                "the layer has \(layer.featureCount) features, more than the \(Self.mostFeatures) that are looked at "
                    + "together", parameter: parameter, hint: "name one of them, as in \(id)/1")
        }
        let features = try await engine.read { connection in
            try scope.reader(connection).features(
                of: layer, limit: ordinal == nil ? Self.mostFeatures : 1,
                after: ordinal.map { Cursor(major: 0, minor: $0 - 1) }
            ).items
        }
        if let ordinal, features.first?.ordinal != ordinal {
            throw PlatformError(
                .notFound, "\(parameter): the layer \(id) has no feature \(ordinal)", parameter: parameter)
        }
        return try features.compactMap { try $0.wkb.map { try WKB.decode($0) } }
    }
}

/// A question to shapes of one dimension, made ready to be asked of many contributions.
private struct PlaceTest {
    let relation: PlaceCondition.Relation
    let target: PreparedGeometry
    let transform: CoordinateTransform?
    /// Around everything that can meet it, in longitude/latitude; `nil` where there is no such box.
    let box: BoundingBox?

    /// One test a dimension, since GEOS prepares shapes of one kind best.
    static func make(
        _ relation: PlaceCondition.Relation, _ shapes: [Geometry], _ transform: CoordinateTransform?
    ) throws -> [PlaceTest] {
        var groups: [[Geometry]] = [[], [], []]
        for shape in shapes {
            for part in shape.parts where !part.isEmpty { groups[part.dimension].append(part) }
        }
        return try groups.filter { !$0.isEmpty }.map { group in
            let joined =
                group.count == 1 ? MetricGeometry(metres: group[0]) : try .union(group.map(MetricGeometry.init))
            let whole = joined.shape
            guard let transform, case .near(let metres) = relation else {
                return PlaceTest(
                    relation: relation, target: try PreparedGeometry(whole), transform: nil, box: whole.boundingBox)
            }
            return PlaceTest(
                relation: relation, target: try PreparedGeometry(transform.metric(whole).shape), transform: transform,
                box: whole.boundingBox.flatMap { around($0, metres) })
        }
    }

    /// A box that holds everything within a distance, with a margin for the flattening of the globe; `nil` near the
    /// poles and beyond the antimeridian, where there is none.
    private static func around(_ box: BoundingBox, _ metres: Double) -> BoundingBox? {
        let north = metres / 110_000
        let highest = max(box.maxY.magnitude, box.minY.magnitude) + north
        guard highest < 80 else { return nil }
        // A degree of longitude has at least 19 km below 80 degrees; the parabola lies below the cosine.
        let east = north / max(0.15, 1 - highest * highest / 8_100)
        let wide = BoundingBox(
            minX: box.minX - east, minY: box.minY - north, maxX: box.maxX + east, maxY: box.maxY + north)
        return wide.minX >= -180 && wide.maxX <= 180 ? wide : nil
    }

    func holds(_ geometry: Geometry) throws -> Bool {
        switch relation {
        case .within: return try target.covers(geometry)
        case .crossing: return try target.intersects(geometry)
        case .near(let metres):
            guard let transform, let placed = try? transform.metric(geometry).shape else { return false }
            return try target.isWithin(metres, of: placed)
        }
    }
}

extension PlaceCondition.Relation {
    /// The parameter of a question that asks for it.
    fileprivate var parameter: String {
        switch self {
        case .within: "within"
        case .crossing: "crossing"
        case .near: "near"
        }
    }
}

extension Geometry {
    /// The members of a collection, or the geometry itself.
    fileprivate var parts: [Geometry] {
        if case .geometryCollection(let members) = self { return members.flatMap(\.parts) }
        return [self]
    }

    /// 0 for points, 1 for lines, 2 for areas.
    fileprivate var dimension: Int {
        switch self {
        case .point, .multiPoint: 0
        case .lineString, .multiLineString: 1
        case .polygon, .multiPolygon, .geometryCollection: 2
        }
    }
}
