import Analysis
import GEOSGeometry
import GeoCore

/// Methods that count in cells.
extension HotspotComputation {
    /// Most cells of an answer: each is a polygon with its figures, about a kilobyte in memory.
    static let cellLimit = 100_000
    /// Most cells in the box of the study area where nobody gave their size.
    private static let chosenCellLimit = 50_000.0

    mutating func aggregate(
        _ points: Points
    ) async throws -> (grid: Grid, counts: GridAggregation, area: [Double]) {
        let width: Double
        if let given = question.cell {
            width = given
            tell("cell", .number(width), "m", .given)
        } else {
            var chosen = try suggestedHexagonEdge(points).width
            var rule = "twice the mean distance to the nearest contribution, rounded to 1-2-5 steps"
            // Few contributions close together in a wide area would make a map of mostly empty cells.
            if let box = area?.box {
                while box.width * box.height / (chosen * chosen) > Self.chosenCellLimit {
                    chosen *= 2
                    rule = "wide enough for at most \(Int(Self.chosenCellLimit)) cells in the box of the study area"
                }
            }
            width = chosen
            tell("cell", .number(width), "m", .chosen, rule: rule)
        }
        let grid: Grid =
            switch question.shape {
            case .hex: .hexagon(try HexagonGrid(width: width))
            case .square: .square(try SquareGrid(side: width))
            }
        tell("grid", .text(question.shape.rawValue), nil, question.shape == .hex ? .standard : .given)
        guard let area else { throw PlatformError(.invalidInput, "there is no study area") }
        let (cells, shared) = try area.cells(of: grid)
        let counts = try await GridAggregation.parallel(points, grid: grid, cells: cells)
        summarize("cells", Double(cells.count))
        summarize("cellArea", grid.area, "m²")
        return (grid, counts, shared)
    }

    func base(
        _ place: Int, _ counts: GridAggregation, _ area: [Double]
    ) -> [(name: String, value: JSONValue)] {
        let effective = area[place]
        return [
            ("count", .integer(Int64(counts.count[place]))), ("weight", .number(counts.weight[place])),
            ("area", .number(effective.rounded(toPlaces: 2))),
            ("density", .number(effective > 0 ? counts.weight[place] / effective * 1e6 : 0)),
            ("isBorder", .bool(effective < 0.1 * counts.grid.area)),
        ]
    }

    func feature(
        _ place: Int, _ counts: GridAggregation, _ properties: [(name: String, value: JSONValue)], _ value: Double?
    ) -> HotspotAnswer.Feature {
        let cell = counts.cells[place]
        return HotspotAnswer.Feature(
            id: "\(cell.q)_\(cell.r)", shape: MetricGeometry(metres: .polygon([counts.grid.ring(of: cell)])),
            properties: properties, value: value)
    }

    /// Counts in the cells that hold something.
    mutating func grid(_ points: Points) async throws -> [HotspotAnswer.Feature] {
        record.method = "Counts per cell"
        record.reference = "Carr, Olsen & White 1992; Birch, Oom & Beecham 2007"
        let (_, counts, area) = try await aggregate(points)
        summarize("occupiedCells", Double(counts.count.count { $0 > 0 }))
        summarize("maximum", counts.weight.max() ?? 0)
        return counts.count.indices.filter { counts.count[$0] > 0 }.map { place in
            feature(place, counts, base(place, counts, area), counts.weight[place])
        }
    }

    /// Getis-Ord Gi* of all cells of the study area, empty ones included.
    mutating func getisOrd(_ points: Points) async throws -> [HotspotAnswer.Feature] {
        record.method = "Getis-Ord Gi*"
        record.reference = "Getis & Ord 1992; Ord & Getis 1995; Caldas de Castro & Singer 2006"
        let (_, counts, area) = try await aggregate(points)
        let rings = try rings(counts)
        tell("correction", .text(question.correction.rawValue), nil, question.correction == .fdr ? .standard : .given)
        tell("alpha", .number(question.alpha), nil, question.alpha == 0.05 ? .standard : .given)
        guard counts.cells.count <= Self.cellLimit else {
            throw PlatformError(
                .invalidInput, "the answer would have \(counts.cells.count) cells, more than \(Self.cellLimit)",
                hint: "choose larger cells")
        }
        let (statistic, isExact, empty, isRough) = try await scores(counts, rings: rings)
        tell(
            "inference", .text(isExact ? "exact" : "normal"), nil,
            question.inference == .automatic ? .chosen : .given,
            rule: isExact ? "conditional permutations, counted" : "normal law")
        let significance = significance(statistic)
        let bins = question.correction == .none ? significance.rawBin : significance.bin
        let decisive = question.correction == .none ? statistic.p : significance.q
        let stability = question.sensitivity ? try await stability(points, counts, rings: rings) : nil
        let fragile = fragility(points, counts, rings: rings, bins: significance.rawBin)
        var hot = 0
        var cold = 0
        var stable = 0
        var features: [HotspotAnswer.Feature] = []
        features.reserveCapacity(counts.cells.count)
        for place in 0..<counts.cells.count {
            if let p = decisive[place], let z = statistic.z[place], p <= question.alpha {
                if z > 0 { hot += 1 } else { cold += 1 }
                if z > 0, let share = stability?.share[place], share >= 0.8 { stable += 1 }
            }
            var properties = base(place, counts, area)
            properties.append(("z", statistic.z[place].map { .number($0) } ?? .null))
            properties.append(("p", statistic.p[place].map { .number($0) } ?? .null))
            properties.append(("q", significance.q[place].map { .number($0) } ?? .null))
            properties.append(("bin", .integer(Int64(bins[place]))))
            if let stability { properties.append(("stability", .number(stability.share[place].rounded(toPlaces: 3)))) }
            if let fragile { properties.append(("fragile", .bool(fragile[place]))) }
            features.append(feature(place, counts, properties, Double(bins[place])))
        }
        summarize("tests", Double(significance.tests))
        summarize("hotCells", Double(hot))
        summarize("coldCells", Double(cold))
        if let stability {
            summarize("sensitivityRuns", Double(stability.runs))
            summarize("stableHotCells", Double(stable))
            if hot > 0, stable * 2 < hot {
                record.warnings.append(
                    "the answer depends on the size of the cells: fewer than half of the hot cells are hot in at least "
                        + "80 % of \(stability.runs) runs with other sizes and origins")
            }
        }
        if !isExact, isRough {
            record.warnings.append(
                "the normal law is rough here (\(Int((empty * 100).rounded())) % of the cells are empty): "
                    + "p-values near the limits are uncertain")
        }
        return features
    }
}

extension HotspotComputation {
    /// Gi* of counted cells, with exact probabilities where they are wanted and can be counted.
    func scores(
        _ counts: GridAggregation, rings: Int
    ) async throws -> (statistic: LocalG, isExact: Bool, empty: Double, isRough: Bool) {
        let statistic = try await counts.cells.parallelGetisOrd(counts.weight, grid: counts.grid, rings: rings)
        let empty = Double(counts.count.count { $0 == 0 }) / Double(max(1, counts.cells.count))
        let isRough = (question.shape == .hex && rings == 1) || empty > 0.5
        let wantsExact = question.inference == .exact || (question.inference == .automatic && isRough)
        guard wantsExact, question.weight == .one,
            let exact = try ExactLag(counts.count, weights: counts.cells.contiguity(grid: counts.grid, rings: rings))
        else { return (statistic, false, empty, isRough) }
        return (statistic.replacingProbabilities(exact.twoSided), true, empty, isRough)
    }

    /// The rings asked for, or those at the first peak of clustering.
    mutating func rings(_ counts: GridAggregation) throws -> Int {
        if let given = question.neighbours {
            tell("neighbours", .number(Double(given)), "rings", .given)
            return given
        }
        let chosen = try counts.cells.suggestedRings(counts.weight, grid: counts.grid)
        let rule =
            switch chosen.rule {
            case .firstPeak: "first peak of the score of global Moran's I over 1 to 5 rings"
            case .eightNeighbors: "fewest rings with 8 neighbours: global Moran's I has no peak over 1 to 5 rings"
            }
        tell("neighbours", .number(Double(chosen.rings)), "rings", .chosen, rule: rule)
        return chosen.rings
    }

    /// The classes of scores, corrected for many places as the question wants.
    func significance(_ statistic: LocalG) -> HotspotSignificance {
        HotspotSignificance(
            statistic, adjustment: question.correction == .fdrDependent ? .benjaminiYekutieli : .benjaminiHochberg)
    }
}

extension Double {
    /// The number rounded to decimal places.
    func rounded(toPlaces places: Int) -> Double {
        var factor = 1.0
        for _ in 0..<places { factor *= 10 }
        let scaled = (self * factor).rounded()
        return scaled.isFinite ? scaled / factor : self
    }
}
