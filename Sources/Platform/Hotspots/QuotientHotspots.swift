import Analysis
import GeoCore

extension HotspotComputation {
    /// How the share of one category in each cell that holds something compares with its share in all.
    mutating func locationQuotients(_ points: Points) async throws -> [HotspotAnswer.Feature] {
        record.method = "Location quotient of a category, exact test"
        record.reference = "Isard 1960; Fisher 1935; Kleinman 1973 (smoothed); Benjamini & Hochberg 1995"
        let focus = try focusCategory(question.focus, of: points)
        let (all, area) = try await aggregate(points, in: question.cells)
        tell("correction", question.correction, standard: .fdr)
        tell("alpha", question.alpha, standard: 0.05)
        let focused = points.rows { points.category[$0] == focus }
        let held = try await GridAggregation.parallel(focused, grid: all.grid, cells: all.cells).count
        let places = all.count.indices.filter { all.count[$0] > 0 }
        let found = try LocationQuotient(
            counts: places.map { held[$0] }, totals: places.map { all.count[$0] }, rate: adjustment)
        let decisive = question.correction == .none ? found.p : found.q
        var stability: HotspotStability?
        if question.sensitivity ?? isSmallEnoughForSensitivity(points) {
            let test = self
            stability = try await test.stability(points, all, rings: nil) { counts, key in
                try await test.unusualShares(key.moved(focused), counts)
            }
        }
        tellSensitivity(
            stability != nil, points, "which cells have an unusual share, at five sizes on three origins each")
        if let stability { tellScales(stability.scales, as: "cell") }
        func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
        var (more, less) = (0, 0)
        // A share tells of its category and of all others: those behind the fewer of them decide what may be told.
        let own = contributors(to: all, points) { points.category[$0] == focus }
        let others = contributors(to: all, points) { points.category[$0] != focus }
        let features = places.indices.map { row in
            let isMore = (found.quotient[row] ?? 1) > 1
            if let p = decisive[row], p <= question.alpha {
                if isMore { more += 1 } else { less += 1 }
            }
            let bin = decisive[row].map { HotspotSignificance.level($0) * (isMore ? 1 : -1) } ?? 0
            var feature = feature(
                places[row], all,
                base(places[row], all, area) + [
                    ("focusCount", .integer(Int64(found.counts[row]))), ("quotient", number(found.quotient[row])),
                    ("smoothedQuotient", number(found.smoothed[row])), ("p", number(found.p[row])),
                    ("q", number(found.q[row])), ("bin", .integer(Int64(bin))),
                ] + (stability?.figure(places[row]) ?? []), Double(bin))
            // Other cells hold fewer of one side than may be told.
            if stability != nil { feature.masked = [("stability", .null)] }
            if !own.isEmpty {
                let sides = Contributors.fewer(own[places[row]], others[places[row]])
                feature.contributors = .fewer(sides, ground.contributors[places[row]])
            }
            return feature
        }
        summarize("share", found.share)
        summarize("tests", Double(found.p.count { $0 != nil }))
        summarize("higherCells", Double(more))
        summarize("lowerCells", Double(less))
        summarize("sensitivityRuns", (stability?.runs).map(Double.init))
        return features
    }

    /// In which cells the share of a category is unusual, larger or smaller.
    private func unusualShares(_ focused: Points, _ all: GridAggregation) async throws -> [Bool] {
        let held = try await GridAggregation.parallel(focused, grid: all.grid, cells: all.cells).count
        let found = try LocationQuotient(counts: held, totals: all.count, rate: adjustment)
        return significant(question.correction == .none ? found.p : found.q)
    }

    /// How probabilities are corrected for many places.
    var adjustment: FalseDiscoveryRate {
        question.correction == .fdrDependent ? .benjaminiYekutieli : .benjaminiHochberg
    }
}
