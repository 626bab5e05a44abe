import Analysis
import GEOSGeometry
import GeoCore
import PROJCoordinates
import Storage

/// The area unit that each contribution lies in; `nil` for none.
///
/// They are looked up in longitude and latitude, as area statistics look them up: on a common border, which is curved a
/// little on the plane, a contribution counts in the same unit in both.
struct PlacedInUnits {
    /// Of each point that is analysed.
    let used: [Int?]
    /// Of each of those that the filter leaves out.
    let filteredOut: [Int?]
}

extension GroundedComputation {
    /// Looks up in which area unit each contribution lies.
    ///
    /// - Complexity: a look-up in an index for each.
    func placed(in units: [AreaUnit]) -> PlacedInUnits {
        let index = PolygonIndex(units.map(\.geometry))
        return PlacedInUnits(
            used: usedRows.map { index.firstPolygon(containing: columns.longitude[$0], columns.latitude[$0]) },
            filteredOut: ground.filteredOutPlaces.map { index.firstPolygon(containing: $0.x, $0.y) })
    }

    /// What lies in each of so many area units, and which rows of the points; what lies in none is told.
    mutating func counts(in units: Int, _ placed: PlacedInUnits, _ points: Points) -> (cases: [Double], rows: [[Int]]) {
        var cases = [Double](repeating: 0, count: units)
        var rows = [[Int]](repeating: [], count: units)
        var elsewhere: [Int] = []
        for row in 0..<points.count {
            if let unit = placed.used[row] {
                cases[unit] += points.weight[row]
                rows[unit].append(row)
            } else {
                elsewhere.append(row)
            }
        }
        leaveOut(elsewhere, "outsideUnits")
        return (cases, rows)
    }
}

extension GroundedComputation {
    /// Says that so many permutations cannot tell single area units apart.
    static func tooFewForUnits(_ permutations: Int) -> String {
        "\(permutations) permutations are too few to tell single area units apart after the correction for many units; more "
            + "permutations do"
    }
}

/// Rates of area units per inhabitant, with the units that touch each.
struct RatedUnits {
    /// Outlines in metres.
    let shapes: [MetricGeometry]
    /// What the contributions in each weigh.
    let cases: [Double]
    /// How many contributions lie in each.
    let counts: [Int]
    /// Inhabitants.
    let population: [Double]
    let rates: ArealRates
    let weights: SpatialWeights
}

extension GroundedComputation {
    /// The rates of area units; who stands behind them is noted, and what lies in none of them is told.
    ///
    /// - Parameter snap: metres up to which two corners of units count as one.
    /// - Throws: ``PlatformError``, `GEOSError` and `AnalysisError`.
    mutating func ratedUnits(
        _ units: [AreaUnit], _ points: Points, _ contiguity: Contiguity, snap: Double
    ) throws -> RatedUnits {
        let shapes = try units.map { try transform.metric($0.geometry) }
        let placed = placed(in: units)
        let (cases, rows) = counts(in: units.count, placed, points)
        let population = units.map { max(0, $0.population ?? 0) }
        let weights = SpatialWeights.touching(shapes, contiguity, snap: snap)
        let loose = try LooseBorders(shapes, weights)
            .warning(units.map(\.name), remedy: "snap joins corners within as many metres")
        if let loose { record.warnings.append(loose) }
        ground.contributors = contributorsAndOthers(
            to: units.count, points, at: { placed.used[$0] }, others: { placed.filteredOut[$0] })
        ground.surroundings = surroundings(of: units.count, points, weights) { placed.used[$0] }
        return RatedUnits(
            shapes: shapes, cases: cases, counts: rows.map(\.count), population: population,
            rates: try ArealRates(observed: cases, population: population), weights: weights)
    }

    /// An area unit as a shape of the answer, with its rate and further figures.
    func feature(
        _ unit: Int, _ units: [AreaUnit], _ rated: RatedUnits, _ figures: [(name: String, value: JSONValue)],
        _ value: Double
    ) -> AnalysisFeature {
        func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
        return AnalysisFeature(
            id: "\(units[unit].ordinal)", shape: rated.shapes[unit],
            properties: [
                ("name", .string(units[unit].name)), ("count", .integer(Int64(rated.counts[unit]))),
                ("weight", .number(rated.cases[unit])), ("inhabitants", .number(rated.population[unit])),
                ("rate", number(rated.rates.rate[unit])), ("standardized", number(rated.rates.standardized[unit])),
            ] + figures, value: value,
            contributors: ground.contributors.isEmpty ? nil : ground.contributors[unit],
            surroundings: ground.surroundings.isEmpty ? nil : ground.surroundings[unit])
    }
}

extension AreaUnit {
    /// What the tolerance of corners may be.
    static let snapping = AnalysisParameter.Shape.number(0...10, unit: "m", example: 0.01)
    /// What it means.
    static let snappingMeaning =
        "Metres up to which two corners of area units count as one, where borders were drawn twice; 0 by default."
}

extension SpatialWeights {
    /// Weights between areas that touch, at vertices that are the same but for `snap` metres, or along edges that are.
    static func touching(
        _ shapes: [MetricGeometry], _ rule: Contiguity = .queen, snap: Double = 0
    ) -> SpatialWeights {
        SpatialWeights(
            areas: shapes.map(\.rings), rule: rule, snap: snap)
    }
}

extension MetricGeometry {
    /// The rings of an area, holes and those of all its parts among them.
    var rings: [[Position]] {
        switch shape {
        case .polygon(let rings): rings
        case .multiPolygon(let parts): Array(parts.joined())
        default: []
        }
    }
}
