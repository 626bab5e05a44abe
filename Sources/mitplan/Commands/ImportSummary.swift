import Foundation
import GeoCore
import Platform

/// What an import did, for people and programs.
struct ImportSummary {
    /// What was imported.
    let title: String
    /// What became of the rows.
    let report: ImportReport

    /// Several summaries in a format.
    static func rendered(_ summaries: [ImportSummary], as format: OutputFormat) throws -> String {
        if format == .json { return try JSONDocument.document(summaries.map(Document.init)) }
        return summaries.map(\.text).joined(separator: "\n")
    }

    /// Lines for people: the counts, what was decided, the first refused rows.
    private var text: String {
        var counts = ["\(NumberText.grouped(report.imported)) new"]
        for (count, word) in [
            (report.updated, "updated"), (report.unchanged, "unchanged"),
            (report.kept, "kept as changed here"), (report.repaired, "repaired"), (report.skipped, "left out"),
        ] where count > 0 {
            counts.append("\(NumberText.grouped(count)) \(word)")
        }
        var lines = ["\(title): \(NumberText.grouped(report.read)) rows read, " + counts.joined(separator: ", ")]
        var origin = "  \(report.format), \(report.crs)"
        if let accuracy = report.accuracy { origin += ", accurate to \(NumberText.decimal(accuracy)) m" }
        lines.append(origin)
        if let note = report.crsNote { lines.append("  \(note)") }
        lines += report.notes.map { "  \($0)" }
        if !report.quality.isEmpty {
            let parts = report.quality.sorted { $0.key < $1.key }.map { "\($0.key) \(NumberText.grouped($0.value))" }
            lines.append("  places: " + parts.joined(separator: ", "))
        }
        for rejection in report.rejections.prefix(10) { lines.append("  row \(rejection.row): \(rejection.reason)") }
        if report.skipped > 10 {
            lines.append("  and \(NumberText.grouped(report.skipped - 10)) more; --format json lists 100")
        }
        return lines.map(DisplayText.plain).joined(separator: "\n") + "\n"
    }
}

extension ImportSummary {
    /// The JSON form.
    private struct Document: Encodable {
        struct Rejection: Encodable {
            let row: Int
            let reason: String
        }

        let title: String
        let format: String
        let crs: String
        let crsNote: String?
        let accuracy: Double?
        let notes: [String]
        let read: Int
        let imported: Int
        let updated: Int
        let unchanged: Int
        let kept: Int
        let repaired: Int
        let skipped: Int
        let quality: [String: Int]
        let rejections: [Rejection]

        init(_ summary: ImportSummary) {
            let report = summary.report
            title = summary.title
            format = report.format
            crs = report.crs
            crsNote = report.crsNote
            accuracy = report.accuracy
            notes = report.notes
            read = report.read
            imported = report.imported
            updated = report.updated
            unchanged = report.unchanged
            kept = report.kept
            repaired = report.repaired
            skipped = report.skipped
            quality = report.quality
            rejections = report.rejections.map { Rejection(row: $0.row, reason: "\($0.reason)") }
        }
    }
}
