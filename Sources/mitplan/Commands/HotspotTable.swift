import GeoCore
import Participation
import Platform

/// Hotspots for people: how they came about, then the strongest places.
struct HotspotTable {
    /// What is shown.
    let answer: HotspotAnswer
    /// Most rows.
    let limit: Int

    /// The lines.
    func rendered() -> String {
        let about = AnalysisHead(record: answer.analysis, proceeding: answer.proceedingName)
        var lines = about.beginning
        if !answer.analysis.summary.isEmpty {
            lines.append(
                answer.analysis.summary.map { AnalysisHead.text($0, showsOrigin: false) }.joined(separator: ", "))
        }
        if let explanation = answer.analysis.explanation { lines.append(explanation.english) }
        lines += about.end
        let head = lines.map(DisplayText.plain).joined(separator: "\n") + "\n\n" + listed
        guard let first = answer.features.first else { return head + "no places\n" }
        // Lists are for programs.
        let names = first.properties.filter { !Self.isList($0.value) }.map(\.name)
        var listing = Listing([.init("place")] + names.map { .init($0) })
        for feature in strongest {
            let shown = feature.properties.filter { names.contains($0.name) }
            listing.append([.text(feature.id)] + shown.map { Self.value($0.value) })
        }
        var text = head + listing.table
        let hidden = answer.features.count - min(limit, answer.features.count)
        if hidden > 0 { text += "and \(NumberText.grouped(hidden)) more; --limit shows them, -o file.csv has all\n" }
        return text
    }

    /// The contributions themselves, where the answer tells them.
    private var listed: String {
        guard !answer.listed.isEmpty else { return "" }
        var listing = Listing([
            .init("contribution"), .init("title"), .init("category"), .init("for"), .init("against"),
        ])
        for contribution in answer.listed.prefix(limit) {
            listing.append([
                .count(Int(contribution.id)), .text(contribution.title), .text(contribution.category),
                .count(Int(contribution.votesUp)), .count(Int(contribution.votesDown)),
            ])
        }
        return listing.table + "\n"
    }

    /// The places with the largest values, then the largest scores; equal ones in the order of the answer.
    private var strongest: [HotspotAnswer.Feature] {
        let ranked = answer.features.enumerated().map { index, feature in
            (feature: feature, rank: (rank(feature.value), Self.score(feature), -index))
        }
        return ranked.sorted { $0.rank > $1.rank }.prefix(limit).map(\.feature)
    }

    /// What comes first: larger values, of local Moran's I and Geary's c the high among the high, and of patterns in time
    /// the new hot ones.
    private func rank(_ value: Double?) -> Double {
        guard let value else { return -.infinity }
        switch answer.question.method {
        case .moran, .geary: return value == 1 ? 2 : min(value, 1)
        case .emerging: return value > 0 ? 1 / value : value < 0 ? -2 - 1 / value : -3
        default: return value
        }
    }

    private static func isList(_ value: JSONValue) -> Bool {
        switch value {
        case .array, .object: true
        default: false
        }
    }

    /// The z score, where the method has one.
    private static func score(_ feature: HotspotAnswer.Feature) -> Double {
        guard case .number(let z)? = feature.properties.first(where: { $0.name == "z" })?.value else { return 0 }
        return z
    }

    /// A value of an answer as a cell of a table.
    static func value(_ value: JSONValue) -> Listing.Value {
        switch value {
        case .number(let number): .number(number)
        case .integer(let integer): .count(Int(integer))
        case .string(let text): .text(text)
        case .bool(let flag): .flag(flag)
        default: .text(nil)
        }
    }
}
