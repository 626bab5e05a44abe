import Analysis
import GeoCore

/// Which cells are neighbours, and how much they count.
public struct Neighbourhood: Sendable, Hashable {
    /// By what cells are neighbours.
    public enum Rule: String, Sendable, Hashable, CaseIterable {
        /// So many rings of cells around a cell (contiguity).
        case rings
        /// All cells within a distance of each other.
        case band
        /// The nearest cells.
        case nearest
        /// All cells within a distance, by its inverse.
        case inverse
        /// Cells within a distance or the nearest ones, falling in a straight line with their distance.
        case kernel
    }

    /// By what cells are neighbours.
    public var rule: Rule = .rings
    /// Rings of cells; when `nil` those at the first peak of clustering.
    public var rings: Int?
    /// Distance in metres; chosen from the cells when `nil`.
    public var distance: Double?
    /// Number of nearest cells; 8 when `nil`.
    public var nearest: Int?

    /// Rings chosen from the data.
    public init() {}

    /// The parameters, of methods that work on cells.
    static func parameters<Method: RawRepresentable<String>>(
        of methods: [Method], rings: [Method], nearest: [Method] = [], unit: String = "cells"
    ) -> [AnalysisParameter] {
        [
            .init(
                "neighbours", .integer(1...10, unit: "rings", example: 2), of: rings,
                "Rings of cells that are neighbours; those at the first peak of clustering by default."),
            .init(
                "weights", HotspotQuestion.words(Rule.self), of: methods,
                "By what cells are neighbours: rings, a band of distance, the nearest, inverse distance, or a kernel."),
            .init(
                "distance", .number(1...100_000, unit: "m", example: 500), of: methods,
                "Distance of weights=band, inverse and kernel; chosen from the cells where it is not given."),
            .init(
                "nearest", .integer(1...200, unit: unit, example: 8), of: methods + nearest,
                "Nearest that are neighbours: cells under weights=nearest, and those that reach the end of weights=kernel; "
                    + "contributions of methods that look at these."),
        ]
    }

    /// The numbers to be checked against their ranges.
    var numbers: [(name: String, value: Double?)] {
        [
            ("neighbours", rings.map(Double.init)), ("distance", distance), ("nearest", nearest.map(Double.init)),
        ]
    }

    /// Refuses what does not belong to the rule.
    ///
    /// - Throws: ``PlatformError`` of kind `badRequest`.
    func validate() throws {
        for (isGiven, name, rules) in [
            (rings != nil, "neighbours", [Rule.rings]), (distance != nil, "distance", [.band, .inverse, .kernel]),
            (nearest != nil, "nearest", [.nearest, .kernel]),
        ] where isGiven && !rules.contains(rule) {
            throw PlatformError(
                .badRequest,
                "\(name) belongs to weights=\(rules.map(\.rawValue).joined(separator: " or ")), not \(rule.rawValue)",
                parameter: name)
        }
    }
}

extension GroundedComputation {
    /// Most neighbours of all cells together.
    private static var neighborLimit: Int { 20_000_000 }

    /// The neighbours of cells that a question asks for, all parameters told.
    ///
    /// - Throws: ``PlatformError`` `invalidInput` when there are too few cells or too many neighbours.
    mutating func neighbors(_ counts: GridAggregation, _ neighbourhood: Neighbourhood) throws -> CellNeighbors {
        tell("weights", neighbourhood.rule, standard: .rings)
        if neighbourhood.rule == .rings {
            let rings = try rings(counts, given: neighbourhood.rings)
            tellIslands(counts.cells.islandCount(grid: counts.grid, rings: rings), of: counts.cells.count)
            return .rings(rings)
        }
        let weights = try weights(counts, neighbourhood)
        tellIslands(weights.withoutSelf().islands.count, of: weights.count)
        return .weights(weights)
    }

    private mutating func weights(
        _ counts: GridAggregation, _ neighbourhood: Neighbourhood
    ) throws -> SpatialWeights {
        var places = Points(capacity: counts.cells.count)
        for place in 0..<counts.cells.count {
            let center = counts.grid.center(of: counts.cells[place])
            places.append(x: center.x, y: center.y)
        }
        if neighbourhood.rule == .nearest || (neighbourhood.rule == .kernel && neighbourhood.nearest != nil) {
            let nearest = neighbourhood.nearest ?? 8
            tell("nearest", Double(nearest), "cells", standard: 8)
            guard nearest < places.count else {
                throw PlatformError(
                    .invalidInput, "nearest must be below the number of cells, \(places.count)",
                    hint: places.count > 1 ? "nearest=\(min(8, places.count - 1)) can be done" : "choose smaller cells")
            }
            return neighbourhood.rule == .kernel
                ? try .kernel(nearest: nearest, of: places) : try .nearest(nearest, of: counts.cells, grid: counts.grid)
        }
        return try distanceWeights(places, counts, neighbourhood)
    }

    private mutating func distanceWeights(
        _ places: Points, _ counts: GridAggregation, _ neighbourhood: Neighbourhood
    ) throws -> SpatialWeights {
        let distance: Double
        if let given = neighbourhood.distance {
            distance = given
            tell("distance", .number(given), "m", .given)
        } else {
            distance = try suggestedBand(places) ?? counts.grid.spacing
            tell(
                "distance", .number(distance), "m", .chosen,
                rule: "99 % of the cells have a neighbour within it, and eight on average")
        }
        let most = distance * distance * Double.pi / counts.grid.area * Double(places.count)
        guard most <= 2 * Double(Self.neighborLimit) else {
            let shorter = distance * (Double(Self.neighborLimit) / most).squareRoot()
            throw PlatformError(
                .invalidInput, "a distance of \(AnalysisParameter.text(distance)) m makes too many neighbours",
                hint: "distance=\(PictureClasses.text(shorter.rounded(.down))) makes fewer")
        }
        // A band is closed: the centres of cells, which are rounded, must not put what lies at its end beyond it.
        let closed = distance * (1 + 1e-9)
        switch neighbourhood.rule {
        case .inverse: return try .within(closed, of: places, power: 1)
        case .kernel: return try .kernel(distance, of: places)
        default: return try .within(closed, of: places)
        }
    }
}
