import Analysis
import GEOSGeometry
import GeoCore
import PROJCoordinates
public import Participation
public import Storage

extension Installation {
    /// Most features of a layer that are ranked.
    private static let rankedFeatures = 50_000

    /// Ranks the features of a layer by the contributions within a distance of them.
    ///
    /// A contribution counts for every feature that it is near; lines and areas count by their representative point, or
    /// by their whole shape.
    ///
    /// - Parameters:
    ///   - distance: metres, 0 to 10,000; 0 means touching or inside.
    ///   - countsShapes: whether lines and areas count wherever they are, as where a wish crosses what is planned.
    /// - Throws: ``PlatformError`` `notFound` where there is no such layer, `badRequest` for a distance out of range,
    ///   `invalidInput` when the layer has too many features.
    public func rankFeatures(
        layer id: String, by measure: RankingMeasure = .contributions, within distance: Double = 0,
        countsShapes: Bool = false, of proceeding: Proceeding, filter: ContributionFilter = ContributionFilter(),
        scope: Scope
    ) async throws -> FeatureRanking {
        try FeatureRanking.parameters.check([("distance", distance)])
        let layer = try await layer(id, namedBy: "layer", of: proceeding, scope: scope)
        try await requireCategories(of: filter, in: proceeding, scope: scope)
        guard layer.featureCount <= Self.rankedFeatures else {
            throw PlatformError(
                .invalidInput,
                "the layer has \(layer.featureCount) features, more than the \(Self.rankedFeatures) that are ranked")
        }
        let features = try await engine.read {
            try scope.reader($0).features(of: layer, limit: Self.rankedFeatures, after: nil).items
        }
        let crs = try MetricCRS.resolve(
            MetricCRS.name(of: proceeding, scope.tenant), covering: layer.boundingBox)
        do {
            let transform = try CoordinateTransform(from: .wgs84, to: crs, area: layer.boundingBox)
            var ranking = FeatureRanking(
                layer: layer.id, layerName: layer.name, distance: distance, measure: measure, features: [], silent: 0,
                elsewhere: 0,
                unlocated: 0, crs: crs.label, dataVersion: proceeding.dataVersion)
            (ranking.countsShapes, ranking.filters) = (countsShapes, filter.terms)
            let hidden = try await privateCategories(of: proceeding, scope: scope)
            func near(_ filter: ContributionFilter, besides told: Set<Int64> = []) async throws -> NearContributions {
                let columns = try await contributionColumns(of: proceeding, filter: filter, scope: scope)
                let shapes = countsShapes ? try await spreadShapes(of: proceeding, filter: filter, scope: scope) : [:]
                return try NearContributions(
                    columns, shapes, besides: told, features: features.count, transform, hidden: hidden,
                    readable: Set(scope.viewer.visibleStates(in: proceeding.key)))
            }
            let found = try await near(filter)
            let hidesFew = try await withholdsFew(found.columns.categoryNames, of: proceeding, scope: scope)
            // All near a feature less those with the filter are those whom it leaves out.
            let others =
                hidesFew && !filter.isEmpty
                ? try await near(ContributionFilter(), besides: Set(found.columns.id)) : nil
            let rest = try ranking.fill(features, found, others, transform)
            if hidesFew {
                try ranking.suppress(rest)
                ranking.privacy = hidden.parameters
            }
            return ranking
        } catch let error as PROJError {
            throw PlatformError(.unsupported, error.description)
        } catch let error as GEOSError {
            throw PlatformError(.invalidInput, error.description)
        } catch let error as AnalysisError {
            if error.code == .cancelled { throw CancellationError() }
            throw PlatformError(.invalidInput, error.description)
        }
    }
}

extension FeatureRanking {
    /// - Parameter others: those whom the filter leaves out, where it matters who they are.
    /// - Returns: who stands behind the contributions near no feature, those without a place and those whose
    ///   place cannot be right.
    fileprivate mutating func fill(
        _ features: [LayerFeature], _ contributions: NearContributions, _ others: NearContributions?,
        _ transform: CoordinateTransform
    ) throws -> [Contributors] {
        let columns = contributions.columns
        var isNear = [Bool](repeating: false, count: columns.count)
        var isOtherNear = [Bool](repeating: false, count: others?.columns.count ?? 0)
        for feature in features {
            guard let wkb = feature.wkb, let geometry = try? WKB.decode(wkb) else { continue }
            let placed = try transform.metric(geometry).shape
            // A millimetre more: what lies on a border or exactly at the distance is near, whatever rounding says.
            let reach = distance + 0.001
            let found = try contributions.rows(within: reach, of: placed)
            let leftOut = try others?.rows(within: reach, of: placed) ?? []
            for row in leftOut { isOtherNear[row] = true }
            guard !found.isEmpty else {
                silent += 1
                continue
            }
            for row in found { isNear[row] = true }
            var ranked = Self.feature(feature, geometry, found, contributions)
            if let others {
                ranked.contributors = ranked.contributors.orFewer(leftOut: others.people(leftOut))
                ranked.dominatedSums.formUnion(others.dominatedSums(leftOut))
            }
            self.features.append(ranked)
        }
        let elsewhereRows = contributions.placed.filter { !isNear[$0] }
        (elsewhere, unlocated) = (elsewhereRows.count, contributions.unlocated.count)
        (used, suspect) = (contributions.placed.count, contributions.suspect.count)
        let measure = measure
        self.features.sort { ($1.value(measure), $0.ordinal) < ($0.value(measure), $1.ordinal) }
        let rest = [elsewhereRows, contributions.unlocated, contributions.suspect].map(contributions.people)
        if let others {
            let leftOut = [others.placed.filter { !isOtherNear[$0] }, others.unlocated, others.suspect]
            return zip(rest, leftOut.map(others.people)).map { $0.orFewer(leftOut: $1) }
        }
        return rest
    }

    /// Leaves out features near which fewer than five people wrote, or whose rank is made by sums that are mostly those of
    /// one or two people, and as many others as are needed so that no total gives them away; and which contributions lie
    /// near those that are told, since that tells where each lies.
    ///
    /// - Parameter rest: who stands behind those near no feature, without a place and with one that cannot be right.
    fileprivate mutating func suppress(_ rest: [Contributors]) throws {
        let ranked = measure.sums
        let suppression = try CellSuppression(
            features.map(\.contributions.count) + [elsewhere, unlocated, suspect],
            contributors: features.map { $0.contributors.dominated(!$0.dominatedSums.isDisjoint(with: ranked)) } + rest
        )
        let hidden = Set(suppression.suppressed)
        if hidden.contains(features.count) { (elsewhere, isElsewhereSuppressed) = (0, true) }
        if hidden.contains(features.count + 1) { (unlocated, isUnlocatedSuppressed) = (0, true) }
        if hidden.contains(features.count + 2) { (suspect, isSuspectSuppressed) = (0, true) }
        try withholdDominatedSums()
        let told = features.indices.filter { !hidden.contains($0) }
        silent += features.count - told.count
        features = told.map { features[$0] }
        for place in features.indices where features[place].topContributors.areFew {
            features[place].topCategory = nil
        }
        isWithheld = true
    }

    /// Tells no sums that are mostly those of one or two people, nor others that would give them away.
    private mutating func withholdDominatedSums() throws {
        for sum in VotedSum.allCases where features.contains(where: { $0.dominatedSums.contains(sum) }) {
            let suppression = try CellSuppression(
                features.map { Int(clamping: $0.value(sum)) },
                contributors: features.map { $0.contributors.dominated($0.dominatedSums.contains(sum)) })
            for place in suppression.suppressed { features[place].withheldSums.insert(sum) }
        }
    }

    private static func feature(
        _ feature: LayerFeature, _ geometry: Geometry, _ rows: [Int], _ contributions: NearContributions
    ) -> Feature {
        let columns = contributions.columns
        var categories: [Int32: Int] = [:]
        for row in rows where columns.category[row] >= 0 { categories[columns.category[row], default: 0] += 1 }
        let top = categories.max { ($0.value, -$0.key) < ($1.value, -$1.key) }
        let properties = (try? JSONValue.parse(Array(feature.properties.utf8), limits: .importing)) ?? .object([])
        return Feature(
            ordinal: feature.ordinal, name: FeatureName.of(properties) ?? "\(feature.ordinal)", geometry: geometry,
            contributions: rows.map { columns.id[$0] }.sorted(), readable: contributions.readableNumbers(rows),
            votesUp: rows.reduce(0) { $0 + columns.votesUp[$1] },
            votesDown: rows.reduce(0) { $0 + columns.votesDown[$1] },
            comments: rows.reduce(0) { $0 + columns.comments[$1] },
            topCategory: top.map { columns.categoryNames[Int($0.key)] },
            contributors: contributions.people(rows),
            topContributors: contributions.people(rows.filter { columns.category[$0] == top?.key }),
            dominatedSums: contributions.dominatedSums(rows))
    }
}
