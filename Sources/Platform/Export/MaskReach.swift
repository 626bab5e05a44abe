import Analysis
import GEOSGeometry
import GeoCore
import PROJCoordinates
import Participation
import Storage

/// How far addresses or inhabitants reach around a place: in a village farther than in a town.
struct MaskReach: Sendable {
    /// Fewest and most among whom a place is to be hidden.
    static let crowds = (least: 5, most: 50)
    /// Metres that a place is moved at the least, however dense a town is, and at the most, however empty the land.
    private static let bounds = (inner: 10.0, outer: 2_000.0)

    private enum Crowd: Sendable {
        case addresses(PointsNear, Points)
        /// Areas with inhabitants per square metre.
        case inhabitants(PolygonIndex, [Double])
    }

    private let source: Crowd

    /// Among whom places are hidden.
    var crowd: MaskReport.Crowd {
        switch source {
        case .addresses: .addresses
        case .inhabitants: .inhabitants
        }
    }

    /// Takes addresses in metres.
    init(addresses: Points) throws { source = .addresses(try PointsNear(addresses), addresses) }

    /// Takes units in longitude and latitude.
    init(_ units: [AreaUnit], _ transform: CoordinateTransform) throws {
        let shapes = try units.map { try transform.metric($0.geometry) }
        source = .inhabitants(
            PolygonIndex(shapes.map(\.shape)),
            try zip(units, shapes).map { unit, shape in
                let area = try shape.area()
                return area > 0 ? max(0, unit.population ?? 0) / area : 0
            })
    }

    /// The ring around a place between the distances within which the fewest and the most lie; `nil` where too few do.
    func donut(around place: Position) throws -> DonutMask? {
        let (least, most): (Double, Double)
        switch source {
        case .addresses(let near, let points):
            var reach = 100.0
            var rows = try near.rows(within: reach, of: .point(place))
            while rows.count < Self.crowds.most, reach < Self.bounds.outer {
                reach = min(reach * 2, Self.bounds.outer)
                rows = try near.rows(within: reach, of: .point(place))
            }
            guard rows.count >= Self.crowds.least else { return nil }
            let distances = rows.map { row -> Double in
                let (dx, dy) = (points.x[row] - place.x, points.y[row] - place.y)
                return (dx * dx + dy * dy).squareRoot()
            }.sorted()
            least = distances[Self.crowds.least - 1]
            most = distances.count >= Self.crowds.most ? distances[Self.crowds.most - 1] : reach
        case .inhabitants(let index, let densities):
            guard let unit = index.firstPolygon(containing: place.x, place.y), densities[unit] > 0 else { return nil }
            least = (Double(Self.crowds.least) / (.pi * densities[unit])).squareRoot()
            most = (Double(Self.crowds.most) / (.pi * densities[unit])).squareRoot()
        }
        let inner = min(max(least, Self.bounds.inner), Self.bounds.outer / 2)
        return try DonutMask(inner: inner, outer: min(max(most, inner * 1.5), Self.bounds.outer))
    }

    /// How many lie within a distance of a place.
    func count(within distance: Double, of place: Position) throws -> Int {
        switch source {
        case .addresses(let near, _): return try near.rows(within: distance, of: .point(place)).count
        case .inhabitants(let index, let densities):
            guard let unit = index.firstPolygon(containing: place.x, place.y) else { return 0 }
            return Int((densities[unit] * .pi * distance * distance).rounded(.down))
        }
    }
}

extension Installation {
    /// Most features of a layer of addresses.
    private static let addressLimit = 200_000

    /// The mask of an export.
    ///
    /// - Throws: ``PlatformError`` `forbidden` for bounds unless unpublished aggregates may be read, `notFound` for their
    ///   layers, `invalidInput` where these are of no use, and for a CRS that is not there or not in metres.
    func placeMask(_ bounds: MaskBounds, of proceeding: Proceeding, scope: Scope) async throws -> PlaceMask {
        if bounds != MaskBounds() { try require(.readUnpublishedAggregates, in: proceeding, scope: scope) }
        let key = try await noiseKey(scope: scope)
        return try await analysis {
            let all = try await placedContributions(of: proceeding, filter: ContributionFilter(), scope: scope)
            var name = ""
            var zones: [Geometry] = []
            if let zone = bounds.zone {
                let layer = try await layer(zone, of: proceeding, scope: scope)
                zones = try await areaUnits(of: layer, namedBy: "zone", in: proceeding, scope: scope).map(\.geometry)
                name += "|zone \(layer.version)"
            }
            var reach: MaskReach?
            if let population = bounds.population {
                let layer = try await layer(population, of: proceeding, scope: scope)
                reach =
                    layer.populationField != nil
                    ? try MaskReach(
                        try await populatedUnits(population, of: proceeding, scope: scope), all.plane.anywhere)
                    : try MaskReach(addresses: try await addresses(of: layer, all.plane.anywhere, scope: scope))
                name += "|population \(layer.version)"
            }
            return try PlaceMask(proceeding, key: key, among: all, name: name, zones: zones, reach: reach)
        }
    }

    /// Where the features of a layer lie, in metres.
    private func addresses(
        of layer: PlanningLayer, _ transform: CoordinateTransform, scope: Scope
    ) async throws -> Points {
        guard layer.featureCount <= Self.addressLimit else {
            throw PlatformError(
                .invalidInput,
                "the layer has \(layer.featureCount) features, more than the \(Self.addressLimit) addresses "
                    + "that places are hidden among")
        }
        let features = try await engine.read {
            try scope.reader($0).features(of: layer, limit: Self.addressLimit, after: nil).items
        }
        var points = Points(capacity: features.count)
        for feature in features {
            guard let wkb = feature.wkb, let geometry = try? WKB.decode(wkb),
                let place = try? transform.metric(geometry).representativePoint()
            else { continue }
            points.append(x: place.x, y: place.y)
        }
        guard points.count >= MaskReach.crowds.least else {
            throw PlatformError(
                .invalidInput, "the layer \(layer.id) has too few places to hide others among",
                hint: "it is to hold addresses, or units with their inhabitants")
        }
        return points
    }
}
