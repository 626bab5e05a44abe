import Analysis
import GEOSGeometry
import GeoCore

/// Methods that count in cells.
extension HotspotComputation {
    /// Counts in the cells that hold something.
    mutating func grid(_ all: Points) async throws -> CellTable {
        record.method = "Counts per cell"
        record.reference = "Carr, Olsen & White 1992; Birch, Oom & Beecham 2007"
        var points = all
        let (counts, area) = try await counted(&points)
        summarize("occupiedCells", Double(counts.weight.count { $0 > 0 }))
        summarize("maximum", counts.weight.max() ?? 0)
        let occupied = counts.count.indices.filter { counts.count[$0] > 0 || counts.weight[$0] > 0 }
        let classes = try question.breaks.flatMap { try $0.divide(occupied.map { counts.weight[$0] }) }
        if let breaks = question.breaks, let classes {
            tell("breaks", .text(breaks.rule.rawValue), nil, .given)
            if breaks.rule == .headTail {
                tell("classes", .number(Double(classes.limits.count)), nil, .chosen)
            } else {
                let isFewer = classes.limits.count < breaks.classes
                tell(
                    "classes", .number(Double(breaks.classes)), nil, breaks.classes == 5 ? .standard : .given,
                    rule: isFewer ? "\(classes.limits.count) were made, since equal values stay together" : nil)
            }
            record.classes = classes
        }
        var table = table(counts, area, places: occupied, colour: .numbers(counts.weight))
        if let carriers = carriers(points, counts, nil) { table.columns.append(carriers.ownColumn) }
        try addMeasures(to: &table, counts, all)
        try addRates(to: &table, counts)
        if let classes { table.columns.append(("class", .integers(counts.weight.map(classes.number)))) }
        return table
    }

    /// Getis-Ord Gi* of the cells of the study area, empty ones included, whose middle lies in it.
    mutating func getisOrd(_ points: Points) async throws -> CellTable {
        record.method = question.isStar ? "Getis-Ord Gi*" : "Getis-Ord Gi"
        record.reference = "Getis & Ord 1992; Ord & Getis 1995; Caldas de Castro & Singer 2006"
        try limitCells(of: question.cells)
        var limited = points
        let (all, area) = try await counted(&limited)
        try limitCells(all)
        let tested = try tested(all)
        let counts = tested.counts
        let neighbors = try neighbors(counts, question.neighbourhood)
        tell("star", .text("\(question.isStar)"), nil, question.isStar ? .standard : .given)
        tellLevels()
        if ground.tellsContributors {
            ground.surroundings = try surroundings(tested, points, neighbors.weights(counts))
        }
        let (statistic, inference, empty, isRough) = try await scores(counts, neighbors)
        tell(inference)
        let significance = significance(statistic)
        let bins = question.correction == .none ? significance.rawBin : significance.bin
        let decisive = question.correction == .none ? significance.p : significance.q
        let stability = try await tellStability(points, counts, neighbors, isDrawn: inference.draws > 0) {
            try await $0.hotCells($1, rings: $2)
        }
        var hot = 0
        var cold = 0
        var stable = 0
        for (place, (p, z)) in zip(decisive, statistic.z).enumerated() {
            guard let p, p <= question.alpha, let z else { continue }
            if z > 0 { hot += 1 } else { cold += 1 }
            if z > 0, let share = stability?.share[place], share >= 0.8 { stable += 1 }
        }
        var table = table(
            all, area, places: Array(0..<all.cells.count), colour: .bins(tested.told(bins, untested: 0)))
        var columns: [CellTable.Column] = [
            ("z", .known(statistic.z)), ("p", .known(significance.p)), ("q", .known(significance.q)),
            ("bin", .bins(bins)),
        ]
        if let stability {
            let shares = zip(stability.share, statistic.z).map { $1 == nil ? nil : $0.rounded(toPlaces: 3) }
            columns.append(("stability", .known(OptionalColumn(shares))))
        }
        let isHot = zip(decisive, statistic.z).map { p, z in p.map { $0 <= question.alpha } ?? false && (z ?? 0) > 0 }
        columns += try await tellCarriers(limited, counts, neighbors, bins: bins, isHot: isHot, z: Array(statistic.z))
        table.columns += columns.map { ($0.name, tested.told($0.values)) }
        try addMeasures(to: &table, all, points)
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
        if inference.p == nil, isRough { tellRoughness(empty) }
        return table
    }

    /// Says that the normal law is rough, with the share of cells that are empty.
    mutating func tellRoughness(_ empty: Double) {
        record.warnings.append(
            "the normal law is rough here (\(Int((empty * 100).rounded())) % of the cells are empty): "
                + "p-values near the limits are uncertain")
    }
}

extension HotspotComputation {
    /// Gi* of counted cells, or Gi, with the probabilities that the question wants.
    ///
    /// - Parameter mayDraw: whether permutations may be drawn where they cannot be counted.
    func scores(
        _ counts: GridAggregation, _ neighbors: CellNeighbors, mayDraw: Bool = true
    ) async throws -> (statistic: LocalG, inference: CellInference, empty: Double, isRough: Bool) {
        let statistic = try await neighbors.scores(counts.weight, counts, variant)
        let empty = Double(counts.count.count { $0 == 0 }) / Double(max(1, counts.cells.count))
        let isRough = try neighbors.areFew(counts) || empty > 0.5
        let inference = try await inference(counts, neighbors, isRough: isRough, mayDraw: mayDraw)
        let p = inference.p ?? (tails == .directed ? normal(statistic.p) : nil)
        return (p.map(statistic.replacingProbabilities) ?? statistic, inference, empty, isRough)
    }

    /// The classes of scores, corrected for many places as the question wants.
    func significance(_ statistic: LocalG) -> HotspotSignificance {
        HotspotSignificance(statistic, adjustment: adjustment)
    }

    /// Whether a cell is part of its own neighbourhood.
    var variant: LocalG.Variant { question.isStar ? .gStar : .g }
}
