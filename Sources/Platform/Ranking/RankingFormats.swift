import Analysis
import Formats
public import GeoCore

extension FeatureRanking.Feature {
    /// The figures by name, in a fixed order; null where they are withheld.
    public var members: [JSONValue.Member] {
        func told(_ sums: Set<VotedSum>, _ value: JSONValue) -> JSONValue {
            sums.isDisjoint(with: withheldSums) ? value : .null
        }
        func sum(_ sum: VotedSum) -> JSONValue.Member { .init(sum.name, told([sum], .integer(value(sum)))) }
        func rated(_ name: String, _ value: Double) -> JSONValue.Member {
            .init(name, told([.up, .down], .number(value)))
        }
        return [
            .init("name", .string(name)), .init("contributions", .integer(Int64(contributions.count))),
            sum(.up), sum(.down), sum(.comments),
            rated("support", score.wilsonLowerBound.rounded(toPlaces: 4)),
            rated("controversy", score.controversy.rounded(toPlaces: 3)),
            .init("topCategory", topCategory.map { .string($0) } ?? .null),
        ]
    }
}

extension FeatureRanking {
    /// The method in words.
    static let method = "Ranking of features by contributions within a distance"
    /// Where it is defined.
    static let reference = "Wilson 1927 (support)"

    /// A GeoJSON FeatureCollection of the features in their rank, each with the contributions near it.
    public var geoJSON: [UInt8] {
        let analysis = JSONValue.object([
            .init("method", .string(Self.method)), .init("reference", .string(Self.reference)),
            .init("parameters", parameters.json(withOrigin: true)), .init("leftOut", leftOut.json),
            .init("used", isWithheld ? .null : .integer(Int64(used))),
            .init("warnings", .array(cautions.map { .string($0.english) })), .init("cautions", cautions.json()),
            .init("layer", .string(layer)), .init("distance", .number(distance)),
            .init("shapes", .bool(countsShapes)),
            .init("by", .string(measure.rawValue)), .init("filters", filters.json),
            .init("crs", .string(crs)), .init("featuresWithoutContributions", .integer(Int64(silent))),
            .init("contributionsElsewhere", isElsewhereSuppressed ? .null : .integer(Int64(elsewhere))),
            .init("unlocated", isUnlocatedSuppressed ? .null : .integer(Int64(unlocated))),
            .init("suspectPlace", isSuspectSuppressed ? .null : .integer(Int64(suspect))),
            .init("isWithheld", .bool(isWithheld)),
            .init("dataVersion", .integer(dataVersion)), .init("engineVersion", .string(Installation.version)),
        ])
        var text = FeatureCollectionText(analysis: analysis, count: features.count)
        for (index, feature) in features.enumerated() {
            let ids = isWithheld ? .null : JSONValue.array(feature.readable.map { .string(String($0)) })
            text.append(
                id: .integer(feature.ordinal), feature.geometry,
                [.init("rank", .integer(Int64(index + 1)))] + feature.members + [.init("contributionIds", ids)])
        }
        return text.finish()
    }

    /// What was asked, and by whom it was decided.
    var parameters: [AnalysisRecord.Parameter] {
        [
            AnalysisRecord.Parameter(name: "layer", value: .text(layer), origin: .given),
            .number("distance", distance, "m", standard: 0), .word("by", measure, standard: .contributions),
            AnalysisRecord.Parameter(
                name: "shapes", value: .text("\(countsShapes)"), origin: countsShapes ? .given : .standard),
        ] + privacy
    }

    /// Where the ranking is weak; nothing where few people are withheld.
    public var cautions: [AnalysisCaution] {
        guard !isWithheld, !isElsewhereSuppressed else { return [] }
        return [AnalysisCaution.few(used - elsewhere, isTest: false)].compactMap(\.self)
    }

    /// Contributions that cannot be near a feature, by reason.
    var leftOut: [AnalysisRecord.LeftOut] {
        [
            AnalysisRecord.LeftOut(reason: "suspectPlace", count: suspect, isSuppressed: isSuspectSuppressed),
            AnalysisRecord.LeftOut(reason: "unlocated", count: unlocated, isSuppressed: isUnlocatedSuppressed),
        ].filter { $0.count > 0 || $0.isSuppressed }
    }

    /// The features in their rank as a CSV table.
    public var csv: [UInt8] {
        var text = CSVText.record(
            [
                "rank", "feature", "name", "contributions", "votesUp", "votesDown", "comments", "support",
                "controversy",
                "topCategory",
            ])
        for (index, feature) in features.enumerated() {
            text += CSVText.record(
                ["\(index + 1)", "\(feature.ordinal)"] + feature.members.map { HotspotAnswer.cell($0.value) })
        }
        return Array(text.utf8)
    }
}
