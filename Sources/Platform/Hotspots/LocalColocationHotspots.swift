import Analysis
import GeoCore
import Storage

extension HotspotComputation {
    /// Each contribution of one category that whoever asks may read, with how many of another are among its neighbours.
    mutating func localColocations(_ all: Points) throws -> [HotspotAnswer.Feature] {
        record.method = "Local colocation quotient, exact test"
        record.reference = "Leslie & Kronenfeld 2011; Wang, Hu, Wang & Li 2017"
        let rows = (0..<all.count).filter { all.category[$0] >= 0 }
        leaveOut((0..<all.count).filter { all.category[$0] < 0 }, "noCategory")
        let points = all.rows { all.category[$0] >= 0 }
        let focus = try focusCategory(question.focus, of: points)
        let against = try otherCategory(than: focus, question.against, of: points)
        let standard = max(1, min(8, points.count - 1))
        let nearest = question.neighbourhood.nearest ?? standard
        tell(
            "nearest", .number(Double(nearest)), "contributions",
            question.neighbourhood.nearest == nil ? .standard : .given)
        guard nearest < points.count else {
            throw PlatformError(
                .invalidInput, "nearest must be below the number of contributions, \(points.count)",
                hint: "nearest=\(standard) can be done")
        }
        tell("correction", question.correction, standard: .fdr)
        tell("alpha", question.alpha, standard: 0.05)
        let found = try localColocation(points, of: focus, with: against, neighbors: nearest)
        let q = adjustment.adjusted(found.p)
        let decisive = question.correction == .none ? found.p : q
        func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
        var (more, less) = (0, 0)
        let features: [HotspotAnswer.Feature] = found.rows.enumerated().compactMap { place, row in
            let isMore = (found.quotient[place] ?? 1) > 1
            if let p = decisive[place], p <= question.alpha {
                if isMore { more += 1 } else { less += 1 }
            }
            let bin = decisive[place].map { HotspotSignificance.level($0) * (isMore ? 1 : -1) } ?? 0
            guard ground.mayRead(usedRows[rows[row]]) else { return nil }
            return AnalysisFeature(
                id: "\(place + 1)", shape: MetricGeometry(metres: .point(Position(points.x[row], points.y[row]))),
                properties: [
                    ("contribution", .integer(columns.id[usedRows[rows[row]]])),
                    ("joins", .integer(Int64(found.joins[place]))), ("quotient", number(found.quotient[place])),
                    ("p", number(found.p[place])), ("q", number(q[place])), ("bin", .integer(Int64(bin))),
                ], value: Double(bin))
        }
        summarize("tests", Double(found.p.count { $0 != nil }))
        summarize("attracted", Double(more))
        summarize("avoided", Double(less))
        return features
    }
}
