import Analysis
import GEOSGeometry
import GeoCore
import PROJCoordinates
import Storage

extension PatternComputation {
    /// Work that an answer may take, in steps of about a nanosecond.
    private static let workLimit = 3e10
    /// Edges of a border above which shared areas are not tabulated.
    private static let tableEdges = 500

    /// Ripley's K and L, compared with simulations of a null pattern.
    mutating func ripley(_ points: Points) async throws {
        record.method = "Ripley's K and L"
        let isWeighted = question.weight != .one
        record.reference = "Ripley 1977; Ohser & Stoyan 1981; Baddeley et al. 2014 (envelopes)"
        let window = try window()
        let edges = area?.outline.shape.positionCount ?? 0
        let correction = chosenCorrection(window, edges: edges)
        let radii = try radii(points, window, correction, edges: edges)
        guard question.simulations > 0 else {
            tell("simulations", Double(0), standard: 99)
            let observed = try await ripleyK(
                points, window: window, radii: radii, correction: correction, isWeighted: isWeighted,
                tabulates: true)
            tellObserved(observed)
            return
        }
        let null = try null(points, window)
        tell("simulations", Double(question.simulations), standard: 99)
        tell("rank", Double(question.rank), standard: 1)
        tell("seed", Double(question.seed), standard: 1)
        let result = try await ripleyTest(
            points, window: window, radii: radii, correction: correction, null: null,
            simulations: question.simulations, rank: question.rank, seed: question.seed, tabulates: true,
            isWeighted: isWeighted)
        tellObserved(result.observed)
        tellEnvelope(result)
    }

    mutating func chosenCorrection(_ window: StudyWindow, edges: Int) -> PatternCorrection {
        if let given = question.correction {
            tell("edge", .text(given.rawValue), nil, .given)
            switch given {
            case .none: return .none
            case .border: return .border
            case .translate: return .translate
            case .isotropic: return .isotropic
            }
        }
        guard window.isRectangle || edges <= Self.tableEdges else {
            tell(
                "edge", .text(question.method == .crossK ? "none" : "border"), nil, .chosen,
                rule: "the area has \(edges) corners, more than \(Self.tableEdges): translate would take too long")
            return question.method == .crossK ? .none : .border
        }
        tell("edge", .text("translate"), nil, .standard)
        return .translate
    }

    /// The distances to look at, as far as they can be done.
    mutating func radii(
        _ points: Points, _ window: StudyWindow, _ correction: PatternCorrection, edges: Int
    ) throws -> [Double] {
        try boundReach(window)
        var largest = question.reach ?? standardRadii(count: points.count, window: window, steps: 1)[0]
        var isShortened = false
        while try work(points, within: largest, window, correction, edges: edges) > Self.workLimit {
            guard question.reach == nil, largest > 1 else {
                throw PlatformError(
                    .invalidInput,
                    "pairs within \(AnalysisParameter.text(largest)) m and \(question.simulations) simulations would "
                        + "take minutes",
                    hint: largest > 2
                        ? "reach=\(AnalysisParameter.text((largest / 2).rounded(.down))), fewer simulations or "
                            + "edge=border take less" : "narrow the filter, or choose simulations=0")
            }
            largest *= 0.7
            isShortened = true
        }
        if question.reach != nil {
            tell("reach", .number(largest), "m", .given)
        } else {
            tell(
                "reach", .number(largest), "m", .chosen,
                rule: isShortened
                    ? "as far as can be computed in time"
                    : "a quarter of the shorter side of the area, or where a point has a thousand others within reach")
        }
        tell("steps", Double(question.steps), standard: 50)
        return (1...question.steps).map { largest * Double($0) / Double(question.steps) }
    }

    /// Refuses distances that the area does not have, and warns of those at which little can be said.
    ///
    /// Source: Baddeley, Rubak & Turner 2015, Spatial Point Patterns, chapter 7: a quarter of the shorter side.
    private mutating func boundReach(_ window: StudyWindow) throws {
        guard let reach = question.reach else { return }
        let shorter = min(window.boundingBox.width, window.boundingBox.height)
        let quarter = AnalysisParameter.text(max(1, (shorter / 4).rounded(.down)))
        guard reach <= shorter / 2 else {
            throw PlatformError(
                .invalidInput,
                "reach must be at most \(AnalysisParameter.text((shorter / 2).rounded(.down))) m, half of the shorter side of "
                    + "the area: the area has no more distances to compare", parameter: "reach",
                hint: "reach=\(quarter) can be done")
        }
        guard reach > shorter / 4 else { return }
        record.warnings.append(
            "reach is above \(quarter) m, a quarter of the shorter side of the area: few pairs lie so far apart without the "
                + "border in between, and what is found there is rough")
    }

    /// About how long the pairs take, in nanoseconds.
    private func work(
        _ points: Points, within reach: Double, _ window: StudyWindow, _ correction: PatternCorrection, edges: Int
    ) throws -> Double {
        let pairs = try pairBound(points, within: reach)
        let n = Double(points.count)
        let spread = min(n * n, 2 * n * n * Double.pi * reach * reach / window.area) / 2
        // A null pattern drawn from the contributions gathers as they do.
        let drawn = question.null == .uniform ? spread : max(spread, pairs)
        let simulations = Double(question.simulations)
        let corners = Double(max(edges, 4))
        let pair: Double
        var table = 0.0
        // Measured on the sample city.
        switch correction {
        case .none, .border: pair = 70
        case .isotropic: pair = 100 + 30 * corners
        case .translate:
            pair = 100
            if !window.isRectangle { table = 9_000 * 5 * corners * corners }
        }
        return (pairs + drawn * simulations) * pair + table + 3 * n * corners * (simulations + 1)
    }

    private mutating func null(_ points: Points, _ window: StudyWindow) throws -> PatternNull {
        let null = question.null ?? .uniform
        tell(
            "null", .text(null.rawValue), nil, isNullGiven ? .given : .chosen,
            rule: isNullGiven
                ? nil
                : null == .contributions
                    ? pool.columns.count == columns.count
                        ? "the contributions stay, and what they weigh is dealt anew among them"
                        : "the contributions that the filter lets through, among all of them"
                            + (question.weight == .one ? "" : "; what they weigh is dealt among the places drawn")
                    : null == .population ? "the inhabitants of the layer" : "nothing else is known")
        switch null {
        case .uniform:
            record.warnings.append(
                "contributions are never spread evenly over a city: name a layer of inhabitants, or compare a category "
                    + "with all contributions")
            return .uniform
        case .contributions:
            if !isNullGiven, question.weight != .one, pool.columns.count != columns.count {
                record.warnings.append(
                    "with a filter and a weight both the choice among all contributions and what they weigh are tested "
                        + "at once; null=uniform tests against contributions spread evenly")
            }
            var ground = AnalysisGround(proceeding: proceeding, tenant: self.ground.tenant, found: pool)
            let all = try ground.points(.one, cell: nil)
            summarize("contributionsInAll", Double(all.count))
            return .drawn(from: all)
        case .population:
            tell(
                "layer", .text(question.layer ?? ""), nil, isLayerGiven ? .given : .chosen,
                rule: isLayerGiven ? nil : "the layer that tells inhabitants of most units")
            return .surface(try populationSurface(window))
        }
    }

    /// Inhabitants per square metre on a raster of the study area.
    private func populationSurface(_ window: StudyWindow) throws -> DensitySurface {
        let raster = try Raster(covering: window.boundingBox, longer: 400)
        let shapes = try units.map { try transform.metric($0.geometry) }
        let densities = try zip(units, shapes).map { unit, shape in
            let area = try shape.area()
            return area > 0 ? max(0, unit.population ?? 0) / area : 0
        }
        let index = PolygonIndex(shapes.map(\.shape))
        let values = (0..<raster.count).map { cell -> Double in
            let (x, y) = (raster.x(cell % raster.columns), raster.y(cell / raster.columns))
            return index.firstPolygon(containing: x, y).map { densities[$0] } ?? 0
        }
        return DensitySurface(raster: raster, values: values, kernel: .uniform, bandwidth: raster.cell)
    }

    private mutating func tellObserved(_ observed: RipleyK) {
        column("r", observed.radii.map { $0 }, "m")
        column("k", observed.k, "m²")
        column("l", observed.l, "m")
        column("lMinusR", zip(observed.l, observed.radii).map { l, r in l.map { $0 - r } }, "m")
        if observed.duplicatePairs > 0 {
            summarize("pairsAtOnePlace", Double(observed.duplicatePairs))
            record.warnings.append(
                "\(observed.duplicatePairs) pairs lie at one place each; they make any pattern look clustered")
        }
        if let error = observed.tableError {
            summarize("tableError", error)
            record.warnings.append(
                "areas shared after a shift come from a table: the largest error found is "
                    + "\(AnalysisParameter.text((error * 1e6).rounded() / 1e4)) % of the area")
        }
        let strongest = zip(observed.radii, observed.l).compactMap { r, l in l.map { (r: r, excess: $0 - r) } }
            .max { $0.excess < $1.excess }
        summarize("strongestClusteringAt", strongest?.r, "m")
        summarize("strongestClustering", strongest?.excess, "m")
    }

    private mutating func tellEnvelope(_ result: RipleyTest) {
        let envelope = result.envelope
        // Distances at which a simulation is not defined have no envelope.
        func spread(_ values: [Double]) -> [Double?] {
            var next = 0
            return result.observed.radii.map { r in
                guard next < result.radii.count, result.radii[next] == r else { return nil }
                next += 1
                return values[next - 1]
            }
        }
        column("lower", spread(envelope.lower), "m")
        column("upper", spread(envelope.upper), "m")
        tellDeviations(envelope)
    }

    /// Tells the tests over all distances.
    mutating func tellDeviations(_ envelope: PatternEnvelope) {
        summarize("maximumDeviation", envelope.maximumDeviation, "m")
        summarize("maximumDeviationP", envelope.maximumDeviationP)
        summarize("squaredDeviation", envelope.squaredDeviation, "m³")
        summarize("squaredDeviationP", envelope.squaredDeviationP)
        summarize("bandHalfWidth", envelope.bandHalfWidth, "m")
        let level = 200 * Double(envelope.rank) / Double(envelope.simulations + 1)
        summarize("pointwiseLevel", level, "%")
        record.warnings.append(
            "lower and upper are pointwise, not a test: the p-values of the deviations hold over all distances")
    }
}
