import Analysis
import GeoCore

extension ContributionComparison {
    /// Cells in which the second set has a larger share than elsewhere.
    public var more: Int { cells.count { $0.change > 0 } }
    /// Cells in which it has a smaller share.
    public var less: Int { cells.count { $0.change < 0 } }

    /// Figures of the whole: of the cells that are told, how many were tested and in how many the share changed.
    public var summary: [AnalysisRecord.Parameter] {
        [
            ("cells", cells.count), ("tests", cells.count { $0.p != nil }), ("changed", more + less), ("more", more),
            ("less", less),
        ].map { AnalysisRecord.Parameter(name: $0, value: .number(Double($1)), origin: .chosen) }
    }

    /// What the answer means in plain words; only what it tells itself, so that nothing withheld is told here.
    public var explanation: AnalysisExplanation {
        let sentences = [begun, found, (Self.limits.english, Self.limits.german)].compactMap { $0 }
        return AnalysisExplanation(
            english: sentences.map(\.english).joined(separator: " "),
            german: sentences.map(\.german).joined(separator: " "))
    }

    private typealias Sentence = (english: String, german: String)

    private static let limits = AnalysisExplanation(
        english: "This shows where people speak of the one more than of the other, not where the need is greatest.",
        german:
            "Das zeigt, wo Menschen eher von dem einen als von dem anderen sprechen, nicht wo der Bedarf am größten ist."
    )

    /// What was compared.
    private var begun: Sentence {
        if areCountsSuppressed {
            return (
                "“\(titles.first.english)” and “\(titles.second.english)” were compared; how many contributions they hold is withheld, since few "
                    + "people stand behind some of them.",
                "Verglichen wurden „\(titles.first.german)“ und „\(titles.second.german)“; wie viele Beiträge sie haben, wird nicht genannt, da "
                    + "hinter manchen nur wenige Menschen stehen."
            )
        }
        func english(_ count: Int) -> String {
            "\(count) \(AnalysisCaution.plural(count, "contribution", "contributions"))"
        }
        func german(_ count: Int) -> String { "\(count) \(AnalysisCaution.plural(count, "Beitrag", "Beiträge"))" }
        return (
            "“\(titles.first.english)” (\(english(counts.first))) and “\(titles.second.english)” (\(english(counts.second))) were compared.",
            "Verglichen wurden „\(titles.first.german)“ (\(german(counts.first))) und „\(titles.second.german)“ (\(german(counts.second)))."
        )
    }

    /// Where they differ.
    private var found: Sentence? {
        let tests = cells.count { $0.p != nil }
        guard tests > 0 else { return nil }
        let width = PictureClasses.text(cellWidth)
        let level = PictureClasses.text(alpha * 100)
        let (comma, wide) = (level.replacing(".", with: ","), width.replacing(".", with: ","))
        let (english, german) = (
            "\(tests) \(AnalysisCaution.plural(tests, "cell", "cells")) of \(width) m",
            "\(tests) \(AnalysisCaution.plural(tests, "Zelle", "Zellen")) zu \(wide) m"
        )
        guard more + less > 0 else {
            return (
                "Among \(english) there is none where the second has a larger or smaller share than elsewhere that chance "
                    + "would not give.",
                "Unter \(german) ist keine, in der die zweite Menge einen größeren oder kleineren Anteil als anderswo hat, "
                    + "den der Zufall nicht erwarten lässt."
            )
        }
        return (
            "Of \(english), the second has a larger share than elsewhere in \(more) and a smaller one in \(less), more "
                + "clearly than chance would give (on average at most \(level) % of those named are chance).",
            "Von \(german) hat die zweite Menge in \(more) einen größeren und in \(less) einen kleineren Anteil als anderswo, "
                + "deutlicher, als der Zufall erwarten lässt (im Mittel sind höchstens \(comma) % der genannten Zufall)."
        )
    }
}
