import Analysis
import GeoCore
import Storage

extension PatternComputation {
    /// Cross-K of two categories, compared with permutations of their labels.
    mutating func crossK(_ all: Points) async throws {
        record.method = "Cross-K of two categories, random labels"
        record.reference = "Lotwick & Silverman 1982; Diggle 2013; Baddeley et al. 2014 (envelopes)"
        let window = try window()
        let first = try focusCategory(question.focus, of: all)
        let second = try otherCategory(than: first, question.against, of: all)
        guard first != second else {
            throw PlatformError(
                .badRequest, "focus and against must differ; ripley with a filter looks at one category",
                parameter: "against")
        }
        func isLooked(_ row: Int) -> Bool { all.category[row] == first || all.category[row] == second }
        for category in [first, second] {
            let rows = (0..<all.count).filter { all.category[$0] == category }
            if let people = contributors(rows), people.areFew {
                throw PlatformError(
                    .invalidInput, "a category of fewer than \(people.threshold) people is not compared")
            }
        }
        leaveOut((0..<all.count).filter { !isLooked($0) }, "otherCategory")
        let points = all.rows(where: isLooked)
        let edges = area?.outline.shape.positionCount ?? 0
        let correction = chosenCorrection(window, edges: edges)
        let radii = try radii(points, window, correction, edges: edges)
        tell("simulations", Double(question.simulations), standard: 99)
        if question.simulations > 0 {
            tell("rank", Double(question.rank), standard: 1)
            tell("seed", Double(question.seed), standard: 1)
        }
        let found = try await crossKTest(
            points, isFirst: points.category.map { $0 == first }, window: window, radii: radii,
            correction: correction, simulations: question.simulations, rank: question.rank, seed: question.seed,
            tabulates: true)
        column("r", found.radii, "m")
        column("k", found.k, "m²")
        column("l", found.l, "m")
        column("expected", found.expected, "m")
        column("lMinusExpected", zip(found.l, found.expected).map { $0 - $1 }, "m")
        summarize("first", Double(found.first))
        summarize("second", Double(found.second))
        summarize("tableError", found.tableError)
        guard let envelope = found.envelope else { return }
        column("lower", envelope.lower, "m")
        column("upper", envelope.upper, "m")
        tellDeviations(envelope)
    }
}
