import Formats
import Testing

struct CSVTextTests {
    @Test func guardsCellsAgainstFormulas() {
        #expect(CSVText.cell("=1+1") == "'=1+1")
        #expect(CSVText.cell("-5") == "-5")
        #expect(CSVText.cell("a,\"b\"") == "\"a,\"\"b\"\"\"")
    }

    @Test func endsARecordAsTheStandardSays() {
        #expect(CSVText.record(["a", "b;c", "-3"]) == "a,\"b;c\",-3\r\n")
    }
}
