import Analysis
import GEOSGeometry
import GeoCore
import PROJCoordinates
import Participation
import Storage

extension HotspotComputation {
    /// Most places of a scan: its zones grow with their square.
    static let scanPlaces = 5_000
    /// Most zones times simulations, some ten seconds on two cores.
    static let scanWork = 2e9
    /// Most steps of a scan in time whose length nobody gave.
    private static let chosenSteps = 20

    /// Circles with more contributions, or fewer, than elsewhere.
    mutating func scan(_ points: Points) async throws -> [HotspotAnswer.Feature] {
        switch question.model {
        case .bernoulli: try await shareScan(points)
        case .poisson: try await populationScan(points)
        case .spaceTime: try await timeScan(points)
        }
    }

    private var scanReference: String {
        "Kulldorff 1997" + (question.window == .ellipse ? "; Kulldorff, Huang, Pickle & Duczmal 2006" : "")
    }

    /// Circles in which the category in focus has a larger share of the contributions than elsewhere.
    ///
    /// It asks where people speak of something more than of other things, and needs no inhabitants.
    private mutating func shareScan(_ points: Points) async throws -> [HotspotAnswer.Feature] {
        record.method = "Bernoulli scan"
        record.reference = scanReference
        let focus = try focusCategory(question.focus, of: points)
        try refuseOnlyCases(of: focus, points)
        let (width, counts) = try scanCells(points)
        let options = try scanOptions(places: counts.cells.count)
        let scanned = ScannedShares(points, focus, counts)
        let places = scanned.places
        let result = try await scan(scanned, options)
        summarize("places", Double(counts.cells.count))
        summarize("zones", Double(result.zones))
        summarize("cases", Double(scanned.cases.reduce(0, +)))
        let stability = try await scanStability(points, focus, scanned, result, options)
        // The share of the focus tells of its contributions and of all others.
        let (name, others) = (columns.categoryNames[Int(focus)], ground.filteredOut)
        let share = ScanShare(
            isCase: { points.category[$0] == focus }, isOtherCase: { others.people[$0].category == name })
        return try scanClusters(
            result, places, margin: width / 2, rows: scanned.rows, share: share,
            filteredOut: { Self.inCircle(of: $0, around: places, counts.grid, others.points) }
        ) { cluster in
            let total = cluster.members.reduce(0) { $0 + counts.count[$1] }
            return [("contributions", .integer(Int64(total))), ("cells", .integer(Int64(cluster.members.count)))]
                + Self.figure(of: stability, cluster.members)
        }
    }

    /// Refuses a share of all: nothing is left to be compared with.
    ///
    /// - Throws: ``PlatformError`` `invalidInput` that names the category, unless few may be withheld.
    private func refuseOnlyCases(of focus: Int32, _ points: Points) throws {
        guard points.category.allSatisfy({ $0 == focus }) else { return }
        let name = columns.categoryNames[Int(focus)]
        let all =
            ground.tellsContributors
            ? "all contributions are of one category"
            : points.count == 1
                ? "the only contribution is of \(name)" : "all \(points.count) contributions are of \(name)"
        throw PlatformError(
            .invalidInput, "\(all), the category in focus: a scan of shares wants others to compare with",
            parameter: "focus",
            hint: "leave out the filter of category, or ask with model=space-time, which looks at time instead")
    }

    /// Circles of area units with more contributions per inhabitant than elsewhere.
    private mutating func populationScan(_ points: Points) async throws -> [HotspotAnswer.Feature] {
        record.method = "Poisson scan"
        record.reference = scanReference
        tell("layer", .text(question.layer ?? ""), nil, .given)
        guard units.count <= Self.scanPlaces else {
            throw PlatformError(
                .invalidInput, "the layer has \(units.count) area units, more than the \(Self.scanPlaces) of a scan")
        }
        let options = try scanOptions(places: units.count)
        let shapes = try units.map { try transform.metric($0.geometry) }
        let placed = placed(in: units)
        let (cases, rows) = counts(in: units.count, placed, points)
        var places = Points(capacity: units.count)
        for shape in shapes {
            let center = try shape.representativePoint() ?? Position(0, 0)
            places.append(x: center.x, y: center.y)
        }
        let population = units.map { max(0, $0.population ?? 0) }
        let (isWeighted, weights) = (question.weight != .one, points.weight)
        let result = try await rounds(places.count) { kept async throws(AnalysisError) in
            try await poissonScan(
                places.picked(kept), cases: kept.map { cases[$0] }, population: kept.map { population[$0] },
                weights: isWeighted ? kept.flatMap { rows[$0].map { weights[$0] } } : nil, options: options)
        }
        summarize("places", Double(units.count))
        summarize("zones", Double(result.zones))
        summarize("cases", cases.reduce(0, +))
        summarize("inhabitants", population.reduce(0, +))
        let names = units.map(\.name)
        return try scanClusters(
            result, places, margin: 0, rows: rows,
            filteredOut: { cluster in
                let units = Set(cluster.members)
                return { placed.filteredOut[$0].map(units.contains) ?? false }
            }
        ) { cluster in
            [
                ("inhabitants", .number(cluster.members.reduce(0) { $0 + population[$1] })),
                ("units", .string(cluster.members.map { names[$0] }.joined(separator: ", "))),
            ]
        } shape: { cluster in
            try MetricGeometry.union(cluster.members.map { shapes[$0] })
        }
    }

    /// Most contributions of a circle times spans that are looked at once for all: half of what the engine can, since a
    /// cell may bring more than the share into a circle.
    private static let quickSpans = 2e6

    /// Circles that for a span of time hold more contributions than the place and the time let expect.
    private mutating func timeScan(_ all: Points) async throws -> [HotspotAnswer.Feature] {
        record.method = "Space-time permutation scan"
        record.reference = "Kulldorff et al. 2005"
        let (steps, points) = try timeSteps(all, most: Self.chosenSteps)
        let (width, counts) = try scanCells(points)
        tell("duration", question.duration, standard: 0.5)
        tell("prospective", .text("\(question.isProspective)"), nil, question.isProspective ? .given : .standard)
        guard points.count <= Self.scanPlaces else {
            throw PlatformError(
                .invalidInput,
                "\(points.count) contributions are more than the \(Self.scanPlaces) of a scan in space and time",
                hint: "narrow the filter, by category or time")
        }
        guard steps.count >= 2 else {
            throw PlatformError(.invalidInput, "a scan in time wants two steps at least", hint: "choose a shorter step")
        }
        let spans = Double(steps.count) * max(1, Double(steps.count) * question.duration)
        // Where only more than expected counts, simulations look at the spans of a circle once for all that enter it.
        let isQuick = question.direction == .high && Double(points.count) * question.share * spans <= Self.quickSpans
        let work = isQuick ? 2 + spans / 16 : spans
        var options = SpaceTimeScanOptions()
        options.circles = try scanOptions(
            places: counts.cells.count, entries: Double(points.count), work: question.isProspective ? 1 : work)
        options.maximumDuration = question.duration
        options.isProspective = question.isProspective
        // Cells stand for the places in them: all contributions of a cell enter a circle together.
        var places = Points(capacity: points.count)
        for row in 0..<points.count {
            let cell = counts.grid.cell(x: points.x[row], y: points.y[row])
            let center = cell.map(counts.grid.center) ?? Position(points.x[row], points.y[row])
            places.append(x: center.x, y: center.y)
        }
        let numbers = points.time.map { steps.index($0) ?? 0 }
        let (asked, stepCount) = (options, steps.count)
        let result = try await rounds(places.count) { kept async throws(AnalysisError) in
            try await spaceTimeScan(
                places.picked(kept), steps: kept.map { numbers[$0] }, stepCount: stepCount, options: asked)
        }
        summarize("places", Double(counts.cells.count))
        summarize("zones", Double(result.zones))
        let others = ground.filteredOut.points
        return try scanClusters(
            result, places, margin: width / 2, rows: (0..<points.count).map { [$0] },
            filteredOut: { cluster in
                let isNear = Self.inCircle(of: cluster, around: places, counts.grid, others)
                return { row in
                    isNear(row) && steps.index(others.time[row]).map { cluster.steps?.contains($0) ?? true } ?? false
                }
            }
        ) { cluster in
            let span = cluster.steps ?? 0...0
            return [
                ("from", .string(Timestamp.rfc3339(steps.start(span.lowerBound)))),
                ("until", .string(Timestamp.rfc3339(steps.end(span.upperBound)))),
                ("steps", .integer(Int64(span.count))),
                ("contributions", .integer(Int64(cluster.members.count))),
            ]
        }
    }

    /// Tells the parameters that every model has.
    ///
    /// - Parameters:
    ///   - entries: places that enter circles, where they are more than their centres.
    ///   - work: steps of work for each entry of a circle.
    /// - Throws: ``PlatformError`` `invalidInput` when simulations would take minutes.
    private mutating func scanOptions(
        places: Int, entries: Double? = nil, work: Double = 1
    ) throws -> ScanOptions {
        tell("model", question.model, standard: .bernoulli)
        tell("share", question.share, standard: 0.1)
        var options = ScanOptions()
        chooseWindow(&options)
        tell("direction", question.direction, standard: .high)
        tell("rounds", Double(question.rounds), standard: 1)
        tell("gumbel", .text("\(question.isGumbel)"), nil, question.isGumbel ? .given : .standard)
        let circles = Double(places) * (entries ?? Double(places)) * question.share
        let zones = max(1, circles * work * Double(question.rounds * options.windows.count))
        let most = Int((Self.scanWork / zones).rounded(.down))
        let simulations = question.permutations ?? min(999, max(99, most))
        if let given = question.permutations {
            tell("permutations", .number(Double(given)), nil, given == 999 ? .standard : .given)
        } else {
            tell(
                "permutations", .number(Double(simulations)), nil, simulations == 999 ? .standard : .chosen,
                rule: simulations == 999 ? nil : "as many as can be done in time, 99 at least")
        }
        tell("seed", Double(question.seed), standard: 1)
        tell("alpha", question.alpha, standard: 0.05)
        guard simulations <= max(most, question.permutations == nil && most >= 20 ? 99 : 0) else {
            throw PlatformError(
                .invalidInput, "\(simulations) simulations of this many zones would take minutes",
                hint: most >= 99
                    ? "permutations=\(min(most, 999)) can be done"
                    : "choose larger cells, longer steps or a smaller share")
        }
        options.maximumShare = question.share
        options.simulations = simulations
        options.seed = question.seed
        options.direction =
            switch question.direction {
            case .high: .high
            case .low: .low
            case .both: .both
            }
        return options
    }

    /// Cells that hold contributions; where nobody gave their size, wide enough for the number of places.
    private mutating func scanCells(_ points: Points) throws -> (width: Double, counts: GridAggregation) {
        let chosen = try question.cell == nil ? ChosenCell(points) : nil
        var width = question.cell ?? question.shape.width(chosen: chosen?.width ?? ChosenCell.atOnePlace)
        var rule = chosen?.rule
        while true {
            let grid = try question.cells.grid(width: width)
            // The table of cells has a place for empty ones too.
            try points.boundingBox?.requireFewCells(of: grid, limit: 8 * Grid.cellLimit)
            let counts = try GridAggregation(occupiedBy: points, grid: grid)
            if counts.cells.count <= Self.scanPlaces {
                tell("cell", .number(width), "m", question.cell == nil ? .chosen : .given, rule: rule)
                tellSize(of: question.cells)
                tell("grid", question.shape, standard: .hex)
                if question.shape == .hex { tell("orientation", question.cells.orientation ?? .flat, standard: .flat) }
                return (width, counts)
            }
            guard question.cell == nil else {
                throw PlatformError(
                    .invalidInput,
                    "these cells make \(counts.cells.count) places, more than the \(Self.scanPlaces) of a scan",
                    hint: "cell=\(PictureClasses.text(width * 2)) would do with fewer")
            }
            width = question.shape.width(chosen: width * 2)
            rule = "wide enough for at most \(Self.scanPlaces) cells that hold something"
        }
    }
}
