import GeoCore
import Platform

/// A pattern for people: how it came about, its figures, then its series or shapes.
struct PatternTable {
    /// What is shown.
    let answer: PatternAnswer
    /// Most rows of series and shapes.
    let limit: Int

    /// The lines.
    func rendered() -> String {
        let head = AnalysisHead(record: answer.analysis, proceeding: answer.proceedingName)
        let lines = (head.beginning + head.end).map(DisplayText.plain).joined(separator: "\n")
        var figures = Listing([.init("figure"), .init("value"), .init("unit")])
        for figure in answer.analysis.summary {
            figures.append([.text(figure.name), .text(AnalysisHead.value(figure)), .text(figure.unit)])
        }
        var text = "\(lines)\n\n\(figures.table)"
        let rows = answer.series.first?.values.count ?? 0
        if rows > 0 {
            var listing = Listing(
                answer.series.map { series in
                    .init(series.name, title: series.unit.map { "\(series.name), \($0)" } ?? series.name)
                })
            for row in 0..<min(rows, limit) {
                listing.append(answer.series.map { HotspotTable.value($0.values[row]) })
            }
            text += "\n" + listing.table
            if rows > limit { text += "and \(rows - limit) more; --limit shows them, -o file.csv has all\n" }
        }
        guard let first = answer.features.first else { return text }
        var listing = Listing([.init("place")] + first.properties.map { .init($0.name) })
        let strongest = answer.features.enumerated().sorted { a, b in
            (b.element.value ?? 0, a.offset) < (a.element.value ?? 0, b.offset)
        }
        for (_, feature) in strongest.prefix(limit) {
            listing.append([.text(feature.id)] + feature.properties.map { HotspotTable.value($0.value) })
        }
        text += "\n" + listing.table
        let hidden = answer.features.count - limit
        if hidden > 0 { text += "and \(NumberText.grouped(hidden)) more; --limit shows them, -o file.csv has all\n" }
        return text
    }
}
