import Analysis
import GeoCore
import Participation
import Storage

extension Installation {
    /// Whether contributions of private categories are among some: then few of them must not be told of to everybody.
    func arePrivate(_ categories: some Sequence<String>, of proceeding: Proceeding, scope: Scope) async throws -> Bool {
        let hidden = Set(try await self.categories(of: proceeding, scope: scope).filter(\.isPrivate).map(\.id))
        return categories.contains(where: hidden.contains)
    }

    /// Whether few contributions must not be told of to a viewer: where contributions of private categories are among
    /// them, and the viewer is not one who may read what is not published.
    func withholdsFew(_ categories: some Sequence<String>, of proceeding: Proceeding, scope: Scope) async throws -> Bool
    {
        guard !scope.viewer.may(.readUnpublishedAggregates, in: proceeding.key) else { return false }
        return try await arePrivate(categories, of: proceeding, scope: scope)
    }
}

extension GroundedComputation {
    /// Who stands behind some points, where that matters.
    ///
    /// - Parameter rows: rows of the points that are analysed.
    func contributors(_ rows: some Sequence<Int>) -> Contributors? {
        guard ground.tellsContributors else { return nil }
        var found = Contributors()
        for row in rows { found.add(columns.author[usedRows[row]]) }
        return found
    }

    /// Who stands behind the counts of cells, by their place; nothing where that does not matter.
    ///
    /// - Parameters:
    ///   - points: those that are analysed.
    ///   - isCounted: which rows of them are counted.
    func contributors(
        to counts: GridAggregation, _ points: Points, where isCounted: (Int) -> Bool = { _ in true }
    ) -> [Contributors] {
        guard ground.tellsContributors else { return [] }
        var found = [Contributors](repeating: Contributors(), count: counts.cells.count)
        for row in 0..<points.count where isCounted(row) {
            if let cell = counts.grid.cell(x: points.x[row], y: points.y[row]), let place = counts.cells.place(of: cell)
            {
                found[place].add(columns.author[usedRows[row]])
            }
        }
        return found
    }
}

extension AnalysisAnswer {
    /// What a withheld shape still tells: its class and what does not depend on its own contributions.
    private static var told: Set<String> {
        ["area", "isBorder", "bin", "quadrant", "association", "pattern", "stability", "cluster", "kind", "inspire"]
    }

    /// What tells of each step by itself.
    private static var bySteps: Set<String> { ["counts", "z", "lastZ"] }

    /// Withholds figures of shapes with contributions of fewer than five people, as many others as are needed so that no
    /// total gives them away, and hulls around so few altogether.
    ///
    /// Classes were computed on the true numbers and stay. Source: Hundepool et al. 2012, Statistical Disclosure Control,
    /// chapter 4.
    ///
    /// - Parameter areHulls: whether the shapes are drawn around contributions, and not of a grid.
    mutating func withholdFew(areHulls: Bool) throws {
        if areHulls {
            // A row for each contribution tells of every single one.
            series = []
            table = .features
        } else if !self.features.isEmpty {
            // So does the sum of a step that one person wrote in.
            series.removeAll { $0.name == "contributions" }
        }
        var features = self.features
        let known = features.map { feature -> Int? in
            func number(_ names: Set<String>) -> Int? {
                feature.properties.first { names.contains($0.name) }?.value.double.flatMap { Int(exactly: $0) }
            }
            guard let count = number(["count", "contributions"]) else { return feature.contributors?.count }
            // A share tells of its category and of all others: the fewest that are somebody decide.
            guard let focus = number(["focusCount"]) else { return count }
            return [count, focus, count - focus].filter { $0 > 0 }.min() ?? count
        }
        guard known.contains(where: { $0 != nil }) else { return }
        let counts = known.map { $0 ?? CellSuppression.standardThreshold }
        let people = zip(features, counts).map { $0.contributors ?? Contributors(unknown: $1) }
        let suppression = try CellSuppression(counts, contributors: people)
        let hidden = Set(suppression.suppressed)
        if areHulls {
            // 0 may be told.
            features = features.indices
                .filter { people[$0].count == 0 || people[$0].count >= CellSuppression.standardThreshold }
                .map { features[$0] }
        } else {
            for place in features.indices { Self.withhold(&features[place], isHidden: hidden.contains(place)) }
        }
        self.features = features
        guard !hidden.isEmpty else { return }
        analysis.warnings.append(
            "contributions of private categories are among these: counts of fewer than "
                + "\(CellSuppression.standardThreshold) people, and what would give them away, are withheld")
    }

    private static func withhold(_ feature: inout AnalysisFeature, isHidden: Bool) {
        // Steps of a cell that may be told in all may each be of one person.
        feature.properties = feature.properties.map { bySteps.contains($0.name) ? ($0.name, .null) : $0 }
        if isHidden {
            feature.properties = feature.properties.map { property in
                told.contains(property.name) ? property : (property.name, .null)
            }
            if !feature.properties.contains(where: { ["bin", "quadrant", "association", "pattern"].contains($0.name) })
            {
                feature.value = nil
            }
        }
        feature.properties.append(("isSuppressed", .bool(isHidden)))
    }
}
