import Analysis
import GeoCore
import Participation
import Storage

extension Installation {
    /// Whether few contributions must not be told of to a viewer: where contributions of private categories are among
    /// them, and the viewer is not one who may read what is not published.
    func withholdsFew(_ categories: some Sequence<String>, of proceeding: Proceeding, scope: Scope) async throws -> Bool
    {
        guard !scope.viewer.may(.readUnpublishedAggregates, in: proceeding.key) else { return false }
        let hidden = Set(try await self.categories(of: proceeding, scope: scope).filter(\.isPrivate).map(\.id))
        return categories.contains(where: hidden.contains)
    }
}

extension AnalysisAnswer {
    /// What a withheld shape still tells: its class and what does not depend on its own contributions.
    private static var told: Set<String> {
        ["area", "isBorder", "bin", "quadrant", "pattern", "stability", "cluster", "kind"]
    }

    /// Withholds figures of shapes with fewer than five contributions, as many others as are needed so that no total gives
    /// them away, and hulls around so few altogether.
    ///
    /// Classes were computed on the true numbers and stay. Source: Hundepool et al. 2012, Statistical Disclosure Control,
    /// chapter 4.
    ///
    /// - Parameter areHulls: whether the shapes are drawn around contributions, and not of a grid.
    mutating func withholdFew(areHulls: Bool) throws {
        let known = features.map { feature in
            feature.properties.first { $0.name == "count" || $0.name == "contributions" }?.value.double
                .flatMap { Int(exactly: $0) }
        }
        guard known.contains(where: { $0 != nil }) else { return }
        let counts = known.map { $0 ?? CellSuppression.standardThreshold }
        let suppression = try CellSuppression(counts)
        let hidden = Set(suppression.suppressed)
        if areHulls {
            features = features.indices.filter { counts[$0] >= CellSuppression.standardThreshold }.map { features[$0] }
            // A row for each contribution tells of every single one.
            series = []
            table = .features
        } else {
            for place in features.indices { withhold(place, isHidden: hidden.contains(place)) }
        }
        guard !hidden.isEmpty else { return }
        analysis.warnings.append(
            "contributions of private categories are among these: counts below \(CellSuppression.standardThreshold), and "
                + "what would give them away, are withheld")
    }

    private mutating func withhold(_ place: Int, isHidden: Bool) {
        var feature = features[place]
        if isHidden {
            feature.properties = feature.properties.map { property in
                Self.told.contains(property.name) ? property : (property.name, .null)
            }
            if !feature.properties.contains(where: { ["bin", "quadrant", "pattern"].contains($0.name) }) {
                feature.value = nil
            }
        }
        feature.properties.append(("isSuppressed", .bool(isHidden)))
        features[place] = feature
    }
}
