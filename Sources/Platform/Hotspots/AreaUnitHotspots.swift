import Analysis
import GEOSGeometry
import GeoCore
import PROJCoordinates

extension HotspotQuestion {
    /// When area units are neighbours.
    public enum Touch: String, Sendable, Hashable, CaseIterable {
        /// They share a corner at least.
        case queen
        /// They share an edge.
        case rook
    }

    /// Whether the rates of area units are tested in place of cells.
    var looksAtUnits: Bool { layer != nil && (method == .gi || method == .moran) }

    /// Refuses what belongs to cells where area units are tested.
    ///
    /// - Throws: ``PlatformError`` of kind `badRequest`.
    func validateUnits() throws {
        guard looksAtUnits else {
            guard contiguity == nil, snap == 0 else {
                throw PlatformError(
                    .badRequest,
                    "\(contiguity == nil ? "snap" : "contiguity") belongs to gi and moran with layer: the id of a layer with inhabitants",
                    parameter: contiguity == nil ? "snap" : "contiguity")
            }
            return
        }
        guard cells == CellLayout(), neighbourhood == Neighbourhood(), apportion == nil, perPerson == nil,
            !hasMeasures, division == nil, sensitivity != true, epsilon == nil
        else {
            throw PlatformError(
                .badRequest,
                "with layer, \(method.rawValue) looks at area units that touch: cells, neighbours, apportion, perPerson, "
                    + "measures, by, sensitivity and epsilon do not belong there, and contiguity does",
                parameter: "layer")
        }
    }
}

extension HotspotComputation {
    /// Gi* or local Moran's I of the rates of area units per inhabitant, standardised by empirical Bayes.
    mutating func unitHotspots(_ points: Points) async throws -> [HotspotAnswer.Feature] {
        let isMoran = question.method == .moran
        record.method =
            isMoran ? "Local Moran's I of rates" : question.isStar ? "Getis-Ord Gi* of rates" : "Getis-Ord Gi of rates"
        record.reference =
            (isMoran ? "Anselin 1995" : "Ord & Getis 1995") + "; Assunção & Reis 1999; Caldas de Castro & Singer 2006"
        tell("layer", .text(question.layer ?? ""), nil, .given)
        tell("contiguity", question.contiguity ?? .queen, standard: .queen)
        tell("snap", question.snap, standard: 0)
        if !isMoran { tell("star", .text("\(question.isStar)"), nil, question.isStar ? .standard : .given) }
        tellLevels()
        let rated = try ratedUnits(units, points, question.contiguity == .rook ? .rook : .queen, snap: question.snap)
        let (values, weights) = (rated.rates.standardized, rated.weights)
        guard !weights.neighbors.isEmpty, values.contains(where: { $0 != nil }) else {
            throw PlatformError(
                .invalidInput, "no two area units touch, or all have the same rate: there is nothing to compare",
                hint: "choose a layer whose areas share their corners")
        }
        let drawn = try await unitProbabilities(values, weights)
        let moran = isMoran ? try Analysis.localMoran(values, weights: weights) : nil
        let statistic =
            isMoran
            ? nil
            : question.isStar ? try getisOrdGStar(values, weights: weights) : try getisOrdG(values, weights: weights)
        // A unit without a neighbour is compared with nothing.
        let isAlone = Self.areAlone(values, weights)
        let scores = zip(moran.map { Array($0.z) } ?? statistic.map { Array($0.z) } ?? [], isAlone).map {
            $1 ? nil : $0
        }
        // What has no score was not tested, whatever can be drawn.
        let p = zip(drawn ?? normal(moran.map { Array($0.p) } ?? statistic.map { Array($0.p) } ?? []), scores)
            .map { $1 == nil ? nil : $0 }
        let q = adjustment.adjusted(p)
        let decisive = question.correction == .none ? p : q
        summarize("units", Double(units.count))
        summarize("unitsWithoutInhabitants", Double(rated.population.count { $0 == 0 }))
        summarize("islands", Double(isAlone.count { $0 }))
        summarize("overallRate", rated.rates.overallRate)
        summarize("tests", Double(p.count { $0 != nil }))
        func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
        var (high, low) = (0, 0)
        var found: [LocalMoran.Quadrant: Int] = [:]
        let features = units.indices.map { unit in
            let isSignificant = decisive[unit].map { $0 <= question.alpha } ?? false
            let tests: [(name: String, value: JSONValue)] = [("p", number(p[unit])), ("q", number(q[unit]))]
            if let moran {
                let quadrant = isSignificant ? moran.quadrant[unit] : .none
                found[quadrant, default: 0] += 1
                return feature(
                    unit, units, rated,
                    [("moran", number(moran.value[unit]))] + tests + [("quadrant", .string(quadrant.name))],
                    Double(quadrant.rawValue))
            }
            let z = scores[unit]
            if isSignificant, let z { if z > 0 { high += 1 } else { low += 1 } }
            let bin = decisive[unit].map { HotspotSignificance.level($0) * ((z ?? 0) < 0 ? -1 : 1) } ?? 0
            return feature(
                unit, units, rated, [("z", number(z))] + tests + [("bin", .integer(Int64(bin)))], Double(bin))
        }
        if isMoran {
            for quadrant in [LocalMoran.Quadrant.highHigh, .lowHigh, .lowLow, .highLow] {
                summarize(quadrant.name, Double(found[quadrant] ?? 0))
            }
        } else {
            summarize("hotUnits", Double(high))
            summarize("coldUnits", Double(low))
        }
        return features
    }

    /// Which units that take part have no neighbour that does; one without inhabitants has no rate and takes none.
    private static func areAlone(_ values: [Double?], _ weights: SpatialWeights) -> [Bool] {
        values.indices.map { unit in
            values[unit] != nil
                && !weights.neighbors[weights.offsets[unit]..<weights.offsets[unit + 1]].contains {
                    Int($0) != unit && values[Int($0)] != nil
                }
        }
    }

    /// Conditional permutations of the rates, all of them where nobody wants draws and there are few enough; `nil` where
    /// the normal law holds.
    ///
    /// - Throws: ``PlatformError`` where all are wanted and there are too many.
    private mutating func unitProbabilities(_ values: [Double?], _ weights: SpatialWeights) async throws -> [Double?]? {
        guard question.inference != .normal else {
            tell("inference", .text("normal"), nil, .given)
            return nil
        }
        let others = weights.withoutSelf()
        let wantsAll = question.inference == .exact
        if wantsAll || (question.inference == .automatic && question.permutations == nil) {
            if try ConditionalProbabilities.canEnumerate(values, weights: others) {
                let found = try await conditionalProbabilities(values, weights: others, isFolded: tails == .folded)
                let inference = CellInference(
                    p: found[tails], word: .exact, rule: "all choices of neighbours enumerated")
                tell(inference)
                return inference.p
            }
            guard !wantsAll else {
                throw PlatformError(
                    .invalidInput, "so many area units have too many choices of neighbours to go through all of them",
                    hint: "inference=permutation can be done")
            }
        }
        guard let draws = draws(others, isEqual: true) else {
            tell("inference", .text("normal"), nil, .chosen, rule: "permutations would take too long")
            return nil
        }
        let found = try await conditionalProbabilities(
            values, weights: others, permutations: draws, seed: question.seed, isFolded: tails == .folded)
        tell(
            "inference", .text("permutation"), nil, question.inference == .automatic ? .chosen : .given,
            rule: "conditional permutations of the rates")
        tellDraws(drawn(found))
        return found[tails]
    }
}
