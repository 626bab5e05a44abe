import Analysis
import Formats
public import GeoCore
import PROJCoordinates

/// Two sets of contributions on the same cells: where the second has a larger or smaller share than elsewhere.
public struct ContributionComparison: Sendable {
    /// One cell that holds something.
    public struct Cell: Sendable {
        /// Name of the cell: its indices.
        public var id: String
        /// Outline in longitude/latitude.
        public var geometry: Geometry
        /// Outline in the metric CRS.
        public var shape: MetricGeometry
        /// Contributions of the first set.
        public var first: Int
        /// Contributions of the second set.
        public var second: Int
        /// Share of the second set's contributions in the cell less that of the first's.
        public var difference: Double?
        /// The second set's share of the contributions in the cell, of both sets, over its share of all: 1 is as
        /// everywhere.
        public var quotient: Double?
        /// Share of the second set's contributions in the cell over that of the first's; `nil` where the first has none.
        public var ratio: Double?
        /// Two-sided probability of such a share if both sets lay alike.
        public var p: Double?
        /// The same, corrected for all cells.
        public var q: Double?
        /// 1 where the second set has more, −1 where it has less than elsewhere, 0 where that may be chance.
        public var change: Int
    }

    /// What two sets have in common.
    public enum Shared: Sendable, Hashable {
        /// No contribution.
        case nothing
        /// So many contributions.
        case contributions(Int)
        /// By what chose them they may share some; how many is withheld.
        case withheld
    }

    /// Names of the two sets: the ids and words that chose them.
    public var names: (first: String, second: String)
    /// Titles of the two sets, for people.
    public var titles: (first: AnalysisExplanation, second: AnalysisExplanation)
    /// Which contributions make up the two sets; all of their proceedings where it is empty.
    public var filters: (first: [FilterTerm], second: [FilterTerm]) = ([], [])
    /// Contributions of the sets that are not compared, by reason.
    public var leftOut: (first: [AnalysisRecord.LeftOut], second: [AnalysisRecord.LeftOut]) = ([], [])
    /// By which rule the width was chosen, where it was.
    public var widthRule: String?
    /// Contributions in the cells, of both sets.
    public var counts: (first: Int, second: Int)
    /// Whether cells are left out, since few people stand behind a count of theirs.
    public var isWithheld = false
    /// Whether the counts of the sets are withheld too, since they would give few away; they are 0 then.
    public var areCountsSuppressed = false
    /// What the two sets have in common.
    public var shared = Shared.nothing
    /// Width of a cell in metres.
    public var cellWidth: Double
    /// Whether the width was chosen from the data.
    public var isWidthChosen: Bool
    /// Level of significance.
    public var alpha: Double
    /// The cells that hold something, in order.
    public var cells: [Cell]
    /// Area of the first proceeding in the metric CRS.
    public var area: MetricGeometry?
    /// The metric CRS that was computed in.
    public var crs: String
    /// Versions of the data of both proceedings.
    public var dataVersions: (first: Int64, second: Int64)

    /// How many people must stand behind a number, where that is told.
    var privacy: [AnalysisRecord.Parameter] = []

    /// The parameters that have a range.
    public static let parameters: [AnalysisParameter] = HotspotQuestion.parameters.filter {
        ["cell", "alpha"].contains($0.name)
    }

    /// The method in words.
    static let method = "Comparison of two sets on the same cells, exact test of the shares"
    /// Where it is defined.
    static let reference = "Fisher 1935; Benjamini & Hochberg 1995"

    /// A GeoJSON FeatureCollection of the cells with an `analysis` member.
    public var geoJSON: [UInt8] {
        let analysis = JSONValue.object([
            .init("method", .string(Self.method)), .init("reference", .string(Self.reference)),
            .init("first", .string(names.first)), .init("second", .string(names.second)),
            .init("firstTitle", titles.first.json), .init("secondTitle", titles.second.json),
            .init("parameters", parameters.json(withOrigin: true)),
            .init("leftOut", leftOut.first.json), .init("versusLeftOut", leftOut.second.json),
            .init("warnings", .array(cautions.map { .string($0.english) })), .init("cautions", cautions.json()),
            .init("filters", filters.first.json), .init("versusFilters", filters.second.json),
            .init("firstCount", areCountsSuppressed ? .null : .integer(Int64(counts.first))),
            .init("secondCount", areCountsSuppressed ? .null : .integer(Int64(counts.second))),
            .init("isWithheld", .bool(isWithheld)),
            .init("cell", .number(cellWidth)), .init("cellOrigin", .string(isWidthChosen ? "chosen" : "given")),
            .init("alpha", .number(alpha)), .init("crs", .string(crs)),
            .init("more", .integer(Int64(more))), .init("less", .integer(Int64(less))),
            .init("summary", summary.json(withOrigin: false)), .init("explanation", explanation.json),
            .init("dataVersion", .integer(dataVersions.first)),
            .init("secondDataVersion", .integer(dataVersions.second)),
            .init("engineVersion", .string(Installation.version)),
        ])
        var text = FeatureCollectionText(analysis: analysis, count: cells.count)
        for cell in cells { text.append(id: .string(cell.id), cell.geometry, cell.members) }
        return text.finish()
    }

    /// What was asked, and by whom it was decided.
    var parameters: [AnalysisRecord.Parameter] {
        [
            AnalysisRecord.Parameter(
                name: "cell", value: .number(cellWidth), unit: "m", origin: isWidthChosen ? .chosen : .given,
                rule: widthRule),
            AnalysisRecord.Parameter(name: "grid", value: .text("hex"), origin: .standard),
            .number("alpha", alpha, standard: 0.05),
            AnalysisRecord.Parameter(name: "correction", value: .text("fdr"), origin: .standard),
        ] + privacy
    }

    /// What weakens the answer.
    public var cautions: [AnalysisCaution] {
        guard !areCountsSuppressed else { return sharing }
        return sharing
            + [(titles.first, counts.first), (titles.second, counts.second)].compactMap { title, count in
                AnalysisCaution.few(count, isTest: true).map { caution in
                    AnalysisCaution(
                        kind: caution.kind, english: "\(title.english): \(caution.english)",
                        german: "\(title.german): \(caution.german)")
                }
            }
    }

    private var sharing: [AnalysisCaution] {
        switch shared {
        case .nothing: []
        case .contributions(let count): [.shared(count)]
        case .withheld: [.shared(nil)]
        }
    }

    /// The cells as a CSV table.
    public var csv: [UInt8] {
        var text = CSVText.record([
            "cell", "first", "second", "difference", "quotient", "ratio", "p", "q", "change",
        ])
        for cell in cells { text += CSVText.record([cell.id] + cell.members.map { HotspotAnswer.cell($0.value) }) }
        return Array(text.utf8)
    }
}

extension ContributionComparison.Cell {
    /// Takes away what was computed with the counts of all cells; the class stays.
    mutating func withholdShares() {
        (difference, quotient, ratio) = (nil, nil, nil)
        (p, q) = (nil, nil)
    }

    /// The figures by name, in a fixed order.
    public var members: [JSONValue.Member] {
        func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
        return [
            .init("first", .integer(Int64(first))), .init("second", .integer(Int64(second))),
            .init("difference", number(difference)), .init("quotient", number(quotient)),
            .init("ratio", number(ratio)), .init("p", number(p)), .init("q", number(q)),
            .init("change", .integer(Int64(change))),
        ]
    }
}
