import Analysis
import Testing

struct CellSuppressionTests {
    @Test func hidesASecondCountWhereOneCouldBeWorkedOut() throws {
        let made = try CellSuppression([8, 4, 0, 9, 12])
        #expect(made.primary == [1])
        #expect(made.suppressed == [0, 1])
        #expect(made.isTotalPublishable)
    }

    @Test func hidesMoreWhereTwoTogetherAreFew() throws {
        #expect(try CellSuppression([1, 2, 6, 6]).suppressed == [0, 1, 2])
    }

    @Test func hidesTheTotalWhereNothingElseHelps() throws {
        let alone = try CellSuppression([0, 3, 0])
        #expect(alone.suppressed == [1] && !alone.isTotalPublishable)
        let few = try CellSuppression([1, 2])
        #expect(few.suppressed == [0, 1] && !few.isTotalPublishable)
    }

    @Test func tellsAllWhereNoneIsSmall() throws {
        let made = try CellSuppression([5, 0, 9])
        #expect(made.suppressed.isEmpty && made.isTotalPublishable)
        #expect(try CellSuppression([]).isTotalPublishable)
        #expect(throws: AnalysisError.self) { try CellSuppression([-1]) }
        #expect(throws: AnalysisError.self) { try CellSuppression([1], threshold: 0) }
    }
}
