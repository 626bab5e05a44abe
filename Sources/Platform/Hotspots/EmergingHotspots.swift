import Analysis
import GeoCore
import Participation
import Storage

extension HotspotComputation {
    /// Most bins of an answer: each is told with its count, score and class.
    static let binLimit = 1_000_000

    /// How hot and cold cells came to be: Gi* of every cell and step, the trend of each cell and its pattern.
    mutating func emerging(_ all: Points) async throws -> [HotspotAnswer.Feature] {
        record.method = "Emerging hot spots: Gi* in a space-time cube, Mann-Kendall trend"
        record.reference =
            "Getis & Ord 1992; Ord & Getis 1995; Mann 1945; Sen 1968; Hamed & Rao 1998; "
            + "Worsley 1986"
        try limitCells(of: question.cells)
        let (steps, points) = try timeSteps(all)
        let (counts, area) = try await aggregate(points, in: question.cells, isTested: true)
        let grid = counts.grid
        let (cells, places) = try cubeCells(counts)
        let rings = question.neighbours ?? 1
        tell("neighbours", Double(rings), "rings", standard: 1)
        tell("previousSteps", Double(question.previousSteps), "steps", standard: 1)
        tell(
            "baseline", question.baseline, standard: .cube,
            rule: "from which cells and steps mean and variance of Gi* come")
        tell("alpha", question.alpha, standard: 0.05)
        tell("correction", .text("fdr"), nil, .standard, rule: "over the cells of all steps")
        tell("trendAlpha", question.trendAlpha, standard: 0.05)
        tell("trendCorrection", question.trendCorrection, standard: .none)
        guard cells.count * steps.count <= Self.binLimit else {
            throw PlatformError(
                .invalidInput,
                "\(cells.count) cells in \(steps.count) steps are \(cells.count * steps.count) bins, more than "
                    + "\(Self.binLimit)", hint: "cell=\(PictureClasses.text(grid.spacing * 2)) makes fewer")
        }
        ground.surroundings = try surroundings(counts, points, counts.cells.contiguity(grid: grid, rings: rings))
        let found = try await patterns(of: points, grid, cells, steps, rings: rings)
        let (result, stepCounts) = (found.result, found.counts)
        tell(found.inference)
        if found.inference.p == nil, found.isRough { tellRoughness(found.empty) }
        let stability = try await patternStability(points, counts, steps, rings: rings, bins: cells.count * steps.count)
        let carriers = try carriers(points, counts, counts.cells.contiguity(grid: grid, rings: rings))
        var fragile: [Bool]?
        if let carriers {
            fragile = try await fragilePatterns(carriers, points, grid, cells, places, steps, rings: rings, found)
        }
        let changes = try await changes(stepCounts)
        var kinds: [String: Int] = [:]
        let features = places.indices.map { cell -> HotspotAnswer.Feature in
            let series = CellSeries(cell, cells.count, result, stepCounts)
            let change = changes.isEmpty ? [] : changes[cell]
            let pattern = result.patterns?[cell]
            if let pattern { kinds[pattern.description, default: 0] += 1 }
            let trend = result.trends[cell]
            let value = pattern.map(Self.code) ?? Double(trend.trend(alpha: question.trendAlpha))
            var properties = base(places[cell], counts, area)
            properties.append(("pattern", pattern.map { .string($0.description) } ?? .null))
            properties += series.properties(trend) + change + (stability?.figure(places[cell]) ?? [])
            properties += carriers?.figures(places[cell], isHot: Self.isHot(pattern)) ?? []
            if let fragile { properties.append(("fragile", .bool(fragile[cell]))) }
            var feature = feature(places[cell], counts, properties, value)
            // Steps of smaller cells hold fewer than may be told.
            if stability != nil { feature.masked = [("stability", .null)] }
            return feature
        }
        summarize("bins", Double(result.tests))
        for kind in kinds.keys.sorted() where kind != "none" { summarize(kind, Double(kinds[kind] ?? 0)) }
        summarize("sensitivityRuns", (stability?.runs).map(Double.init))
        if let carriers {
            var isHot = [Bool](repeating: false, count: counts.cells.count)
            for (place, pattern) in zip(places, result.patterns ?? []) { isHot[place] = Self.isHot(pattern) }
            tell(carriers, isHot: isHot, fragile: fragile, Self.carriersOfSteps)
        }
        if result.patterns == nil {
            record.warnings.append(
                "\(steps.count) \(steps.count == 1 ? "step is" : "steps are") too few for a pattern, which wants "
                    + "\(SpaceTimeCube.fewestSteps): only the trend is told")
        }
        if question.previousSteps > 0, question.trendCorrection == .none {
            record.warnings.append(
                "neighbouring steps overlap, so trends are found a little too easily; previousSteps=0 or "
                    + "trendCorrection=hamed-rao is stricter")
        }
        return features
    }

    /// Fewest and most draws for the change of a cell, and most contributions times draws, about a second.
    private static let changeDraws = (least: 99.0, most: 99_999.0, work: 2e7)

    /// When the number of contributions changed in each cell, with the test of it; nothing for fewer than two steps.
    private mutating func changes(_ cube: SpaceTimeCube) async throws -> [[(name: String, value: JSONValue)]] {
        guard cube.steps > 1 else { return [] }
        let cells = cube.cells.count
        let counts = (0..<cells).map { cell in
            (0..<cube.steps).map { Int(exactly: cube.values[$0 * cells + cell]) ?? 0 }
        }
        let work = Double(Set(counts.map { min(2_000, $0.reduce(0, +)) }).reduce(0, +))
        let tests = counts.count { $0.contains { $0 > 0 } }
        // So many that the correction for all cells leaves the least probability below the level.
        let wanted = min(Self.changeDraws.most, max(999, (10 * Double(tests) / question.alpha).rounded(.up)))
        let draws = max(Self.changeDraws.least, min(wanted, (Self.changeDraws.work / max(1, work)).rounded(.down)))
        tell(
            "changeDraws", .number(draws), nil, .chosen,
            rule: "ten for each cell over alpha, 999 to 99999, as far as that can be done in time")
        if !record.parameters.contains(where: { $0.name == "seed" }) {
            tell("seed", Double(question.seed), standard: 1)
        }
        let days = zip(cube.borders, cube.borders.dropFirst()).map { Double($1 - $0) / 86_400_000 }
        let found = try await changePoints(counts, exposure: days, permutations: Int(draws), seed: question.seed)
        let q = FalseDiscoveryRate.benjaminiHochberg.adjusted(found.map { $0?.p })
        summarize("changedCells", Double(q.count { $0.map { $0 <= question.alpha } ?? false }))
        return zip(found, q).map { change, q in
            let ratio = change.flatMap { $0.before > 0 ? $0.after / $0.before : nil }
            func number(_ value: Double?) -> JSONValue { value.map { .number($0.rounded(toPlaces: 6)) } ?? .null }
            return [
                (
                    "changeFrom",
                    change.map { .string(Timestamp.rfc3339(cube.borders[$0.step] + 1)) } ?? .null
                ),
                ("perDayBefore", number(change?.before)), ("perDayAfter", number(change?.after)),
                ("changeRatio", number(ratio)), ("changeP", number(change?.p)), ("changeQ", number(q)),
            ]
        }
    }

    /// The whole steps of the analysis, and the contributions in them.
    ///
    /// - Parameter most: the most steps where nobody gave their length.
    mutating func timeSteps(_ points: Points, most: Int = TimeSteps.limit) throws -> (TimeSteps, Points) {
        let steps = try TimeSteps(
            question.step, times: points.time, opening: proceeding.schedule.phase1Start,
            clock: TimeZoneDays(timeZone: ground.tenant.timeZone), most: most)
        let isCalendar = if case .days = steps.step { false } else { true }
        tell(
            "step", .text(steps.step.description), isCalendar ? nil : "days", steps.rule == nil ? .given : .chosen,
            rule: steps.rule)
        if isCalendar { tell("timeZone", .text(ground.tenant.timeZone), nil, .standard) }
        var held = [Int64](repeating: 0, count: steps.count)
        for time in points.time {
            if let step = steps.index(time) { held[step] += 1 }
        }
        let inside = points.rows { steps.index(points.time[$0]) != nil }
        leaveOut(points.time.indices.filter { steps.index(points.time[$0]) == nil }, "incompleteStep")
        ground.weights = inside.weight
        tellEffectiveNumberAnew(of: inside.weight)
        ground.usedRows = NarrowColumn(
            points.time.indices.filter { steps.index(points.time[$0]) != nil }.map { usedRows[$0] })
        summarize("steps", Double(steps.count))
        guard inside.count > 0 else {
            throw PlatformError(.invalidInput, "no contribution lies in a whole step", hint: "choose a shorter step")
        }
        series = [
            AnalysisSeries(
                name: "from", values: (0..<steps.count).map { .string(Timestamp.rfc3339(steps.start($0))) }),
            AnalysisSeries(
                name: "until", values: (0..<steps.count).map { .string(Timestamp.rfc3339(steps.end($0))) }),
            AnalysisSeries(name: "contributions", values: held.map { .integer($0) }),
        ]
        return (steps, inside)
    }

    /// The cells of the cube, with the place of each among all.
    private mutating func cubeCells(_ counts: GridAggregation) throws -> (cells: CellSet, places: [Int]) {
        tell("locations", question.locations, standard: .all)
        let found = try cubeCells(of: counts)
        if question.locations == .occupied { summarize("occupiedCells", Double(found.places.count)) }
        return found
    }

    /// The same, without a word.
    func cubeCells(of counts: GridAggregation) throws -> (cells: CellSet, places: [Int]) {
        guard question.locations == .occupied else { return (counts.cells, Array(0..<counts.cells.count)) }
        let places = counts.count.indices.filter { counts.count[$0] > 0 }
        return (try CellSet(places.map { counts.cells[$0] }), places)
    }

    /// Whether a cell has a hot pattern.
    private static func isHot(_ pattern: EmergingPattern?) -> Bool {
        pattern.map { $0.isHot && $0.kind != .none } ?? false
    }

    /// The number of a pattern: 1 to 8 for hot ones in the order of their kinds, negative for cold ones, 0 for none.
    static func code(_ pattern: EmergingPattern) -> Double {
        guard pattern.kind != .none, let place = EmergingPattern.Kind.allCases.firstIndex(of: pattern.kind) else {
            return 0
        }
        return Double(pattern.isHot ? place + 1 : -place - 1)
    }
}

/// What a cell of a cube holds over its steps.
private struct CellSeries {
    private let counts: [Int64]
    private let scores: [Double?]
    private let bins: [Int8]

    init(_ cell: Int, _ cells: Int, _ result: EmergingHotspots, _ cube: SpaceTimeCube) {
        let steps = (0..<cube.steps).map { $0 * cells + cell }
        counts = steps.map { Int64(exactly: cube.values[$0]) ?? 0 }
        scores = steps.map { result.scores[$0].isNaN ? nil : result.scores[$0] }
        bins = steps.map { result.bins[$0] }
    }

    func properties(_ trend: MannKendall) -> [(name: String, value: JSONValue)] {
        func number(_ value: Double?, _ places: Int) -> JSONValue {
            value.map { .number($0.rounded(toPlaces: places)) } ?? .null
        }
        return [
            ("trendZ", number(trend.z, 6)), ("trendP", .number(trend.p)), ("tau", number(trend.tauB, 6)),
            ("slope", number(senSlope(scores), 6)),
            ("hotSteps", .integer(Int64(bins.count { $0 > 0 }))), ("coldSteps", .integer(Int64(bins.count { $0 < 0 }))),
            ("lastZ", number(scores.last ?? nil, 6)),
            ("counts", .array(counts.map { .integer($0) })),
            ("z", .array(scores.map { number($0, 3) })),
            ("bins", .array(bins.map { .integer(Int64($0)) })),
        ]
    }
}
