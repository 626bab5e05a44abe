import GeoCore
import Platform

/// Hotspots for people: how they came about, then the strongest places.
struct HotspotTable {
    /// What is shown.
    let answer: HotspotAnswer
    /// Most rows.
    let limit: Int

    /// The lines.
    func rendered() -> String {
        let record = answer.analysis
        var lines = ["\(answer.proceedingName): \(record.method)"]
        var counts = "\(NumberText.grouped(record.used)) contributions used"
        for left in record.leftOut { counts += ", \(NumberText.grouped(left.count)) left out (\(left.reason))" }
        lines.append(counts)
        lines.append(record.parameters.map { Self.text($0, showsOrigin: true) }.joined(separator: ", "))
        if !record.summary.isEmpty {
            lines.append(record.summary.map { Self.text($0, showsOrigin: false) }.joined(separator: ", "))
        }
        lines.append("\(record.studyArea), \(record.crs), data version \(record.dataVersion)")
        lines += record.warnings.map { "note: \($0)" }
        let head = lines.map(DisplayText.plain).joined(separator: "\n") + "\n\n"
        guard let first = answer.features.first else { return head + "no places\n" }
        var listing = Listing([.init("place")] + first.properties.map { .init($0.name) })
        for feature in strongest {
            listing.append([.text(feature.id)] + feature.properties.map { Self.value($0.value) })
        }
        var text = head + listing.table
        let hidden = answer.features.count - min(limit, answer.features.count)
        if hidden > 0 { text += "and \(NumberText.grouped(hidden)) more; --limit shows them, -o file.csv has all\n" }
        return text
    }

    /// The places with the largest values, then the largest scores; equal ones in the order of the answer.
    private var strongest: [HotspotAnswer.Feature] {
        let ranked = answer.features.enumerated().map { index, feature in
            (feature: feature, rank: (rank(feature.value), Self.score(feature), -index))
        }
        return ranked.sorted { $0.rank > $1.rank }.prefix(limit).map(\.feature)
    }

    /// What comes first: larger values, and of the quadrants of local Moran's I the high among the high.
    private func rank(_ value: Double?) -> Double {
        guard let value else { return -.infinity }
        guard answer.question.method == .moran else { return value }
        return value == 1 ? 2 : min(value, 1)
    }

    /// The z score, where the method has one.
    private static func score(_ feature: HotspotAnswer.Feature) -> Double {
        guard case .number(let z)? = feature.properties.first(where: { $0.name == "z" })?.value else { return 0 }
        return z
    }

    private static func text(_ parameter: AnalysisRecord.Parameter, showsOrigin: Bool) -> String {
        let value =
            switch parameter.value {
            case .number(let number): NumberText.decimal(number)
            case .text(let text): text
            }
        return "\(parameter.name) \(value)" + (parameter.unit.map { " \($0)" } ?? "")
            + (showsOrigin && parameter.origin == .chosen ? " (chosen)" : "")
    }

    private static func value(_ value: JSONValue) -> Listing.Value {
        switch value {
        case .number(let number): .number(number)
        case .integer(let integer): .count(Int(integer))
        case .string(let text): .text(text)
        case .bool(let flag): .flag(flag)
        default: .text(nil)
        }
    }
}
