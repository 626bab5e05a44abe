import Analysis
import Testing

struct HeadTailBreaksTests {
    @Test func takesTheMeanOfEachHead() throws {
        // Mean 2.5 with 2 of 10 above, their mean 10.5 with 1 of 2 above: more than two fifths.
        let values = [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 5, 16]
        #expect(try headTailBreaks(values) == [2.5, 10.5])
    }

    @Test func leavesEqualValuesWhole() throws {
        #expect(try headTailBreaks([3, 3, 3]) == [])
        #expect(try headTailBreaks([3]) == [])
        #expect(throws: AnalysisError.self) { try headTailBreaks([]) }
        #expect(throws: AnalysisError.self) { try headTailBreaks([.infinity]) }
    }
}
