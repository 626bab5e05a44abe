import Formats
import Testing

@testable import mitplan

@Suite struct TextTableTests {
    @Test func alignsWordsLeftAndNumbersRightWhateverTheUmlauts() {
        var table = TextTable([.text("Ort"), .number("n")])
        table.append(["Köln", "7"])
        table.append(["Ko\u{308}ln-Süd", "1234"])
        #expect(table.rendered() == "Ort          n\n────────  ────\nKöln         7\nKo\u{308}ln-Süd  1234\n")
    }

    @Test func countsWideCharactersTwice() {
        #expect(DisplayText.width("日本") == 4)
        #expect(DisplayText.width("Straße") == 6)
        #expect(DisplayText.width("🚲") == 2)
    }

    @Test func cutsLongTextWithAnEllipsis() {
        #expect(DisplayText.truncated("Fahrradstraße", to: 8) == "Fahrrad…")
        #expect(DisplayText.truncated("kurz", to: 4) == "kurz")
    }

    @Test func takesEscapeSequencesOutOfForeignText() {
        #expect(DisplayText.plain("rot\u{1B}[31m\nzwei\tdrei\u{202E}") == "rot[31m zwei drei")
    }

    @Test func quotesCSVAndDisarmsFormulas() {
        let record = CSVText.record(["a,b", "\"c\"", "=1+1", "-7", "ü"])
        #expect(record == "\"a,b\",\"\"\"c\"\"\",'=1+1,-7,ü\r\n")
    }

    @Test func tellsProgress() {
        let line = ProgressBar.line(label: "import", rows: 50_000, fraction: 0.5, seconds: 10)
        #expect(line == "import [############············] 50 %  50\u{202F}000 rows  5\u{202F}000 rows/s  10 s left")
    }
}
