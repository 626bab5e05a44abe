import Analysis
import GeoCore
import Storage

extension PatternComputation {
    /// Most neighbours that are looked at, over all permutations.
    private static let colocationWork = 1e10
    /// Most categories: each pair is told.
    private static let categoryLimit = 100

    /// Whether contributions of one category are the neighbours of another more often than chance would have it.
    mutating func colocation(_ all: Points) async throws {
        record.method = "Colocation quotient"
        record.reference = "Leslie & Kronenfeld 2011"
        var points = all.rows { all.category[$0] >= 0 }
        leaveOut((0..<all.count).filter { all.category[$0] < 0 }, "noCategory")
        let present = Set(points.category).sorted { name($0) < name($1) }
        guard present.count >= 2, present.count <= Self.categoryLimit else {
            throw PlatformError(
                .invalidInput,
                "colocation compares 2 to \(Self.categoryLimit) categories, and contributions have \(present.count)")
        }
        let nearest = question.neighbourhood.nearest ?? min(8, points.count - 1)
        tell(
            "nearest", .number(Double(nearest)), "contributions",
            question.neighbourhood.nearest == nil ? .standard : .given)
        guard nearest < points.count else {
            throw PlatformError(
                .invalidInput, "nearest must be below the number of contributions, \(points.count)",
                hint: "nearest=\(min(8, points.count - 1)) can be done")
        }
        let permutations = try permutations(Double(points.count) * Double(nearest))
        let codes = Dictionary(uniqueKeysWithValues: present.enumerated().map { ($1, Int32(truncatingIfNeeded: $0)) })
        for row in 0..<points.count { points.category[row] = codes[points.category[row]] ?? 0 }
        let found = try await colocationQuotient(
            points, categories: present.count, neighbors: nearest, permutations: permutations, seed: question.seed)
        let people = present.map { category in
            contributors((0..<all.count).filter { all.category[$0] == category })
        }
        try tellPairs(found, present.map(name), points, people.compactMap(\.self))
    }

    private mutating func permutations(_ neighbors: Double) throws -> Int {
        let most = Int(min(9999, (Self.colocationWork / max(neighbors, 1)).rounded(.down)))
        guard question.permutations <= most else {
            throw PlatformError(
                .invalidInput, "colocation takes at most \(most) permutations of so many contributions",
                hint: "permutations=\(most >= 99 ? min(most, 999) : 0) can be done")
        }
        tell("permutations", Double(question.permutations), standard: 999)
        if question.permutations > 0 { tell("seed", Double(question.seed), standard: 1) }
        tell("alpha", question.alpha, standard: 0.05)
        return question.permutations
    }

    private func name(_ category: Int32) -> String { columns.categoryNames[Int(category)] }

    /// Tells each pair of categories in both directions.
    ///
    /// - Parameter people: who stands behind each category, where few must be withheld: of these no pair is told.
    private mutating func tellPairs(
        _ found: ColocationQuotient, _ names: [String], _ points: Points, _ people: [Contributors]
    ) throws {
        let q = FalseDiscoveryRate.benjaminiHochberg.adjusted(found.p)
        var counts = [Int64](repeating: 0, count: names.count)
        for category in points.category { counts[Int(category)] += 1 }
        let pairs = names.indices.flatMap { a in names.indices.map { (a, $0) } }
        let suppression =
            people.isEmpty ? nil : try CellSuppression(counts.map { Int($0) }, contributors: people)
        let hidden = Set(suppression?.suppressed ?? [])
        // Those of the only private category would be all less the public ones.
        if suppression?.isTotalPublishable == false { (record.used, record.isUsedSuppressed) = (0, true) }
        func isTold(_ pair: Int) -> Bool { !hidden.contains(pairs[pair].0) && !hidden.contains(pairs[pair].1) }
        func told(_ values: [Double?]) -> [Double?] { values.indices.map { isTold($0) ? values[$0] : nil } }
        series = [
            AnalysisSeries(name: "category", values: pairs.map { .string(names[$0.0]) }),
            AnalysisSeries(name: "neighbour", values: pairs.map { .string(names[$0.1]) }),
            AnalysisSeries(
                name: "contributions", values: pairs.map { hidden.contains($0.0) ? .null : .integer(counts[$0.0]) }),
        ]
        column("quotient", told(found.quotient))
        column("p", told(found.p))
        column("q", told(q))
        if !hidden.isEmpty {
            record.warnings.append("pairs with categories of few people are withheld, and what would give them away")
        }
        let significant = found.quotient.indices.filter { isTold($0) && (q[$0] ?? 1) <= question.alpha }
        summarize("categories", Double(names.count))
        summarize("attracted", Double(significant.count { (found.quotient[$0] ?? 1) > 1 }))
        summarize("avoided", Double(significant.count { (found.quotient[$0] ?? 1) < 1 }))
    }
}
