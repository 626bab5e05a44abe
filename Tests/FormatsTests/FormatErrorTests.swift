import Formats
import Testing

@Suite struct FormatErrorTests {
    @Test func namesEveryKnownPlace() {
        let error = FormatError(code: "truncated", message: "The file ends early.", row: 3, offset: 120, line: 7)
        #expect(error.description == "The file ends early. (row 3, line 7, byte 120)")
        #expect(FormatError(code: "empty", message: "The file is empty.").description == "The file is empty.")
    }
}
