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

    /// Five rows of one person are one person's, and so may be five rows of nobody known.
    @Test func countsPeopleAndNotRows() throws {
        func contributors(_ numbers: UInt64...) -> Contributors {
            var all = Contributors()
            for number in numbers { all.add(number) }
            return all
        }
        let one = contributors(7, 7, 7, 7, 7)
        let five = contributors(1, 2, 3, 4, 5)
        let unknown = contributors(0, 0, 0, 0, 0)
        #expect([one, five, unknown].map(\.count) == [1, 5, 1])
        let made = try CellSuppression([5, 5, 5, 9], contributors: [one, five, unknown, Contributors(people: 9)])
        #expect(made.primary == [0, 2])
        #expect(made.suppressed == [0, 1, 2] && made.isTotalPublishable)
        // Beside others they are one more.
        #expect(contributors(1, 2, 3, 4, 0, 0).count == 5)
        var both = unknown
        both.formUnion(unknown)
        #expect(both.count == 1)
        // The same person in five places is still one: what is hidden has to be hidden among others.
        let spread = try CellSuppression(
            [1, 1, 1, 1, 1, 6], contributors: Array(repeating: one, count: 5) + [Contributors(people: 6)])
        #expect(spread.suppressed == [0, 1, 2, 3, 4, 5])
        #expect(throws: AnalysisError.self) { try CellSuppression([1, 2], contributors: [one]) }
        #expect(throws: AnalysisError.self) { try CellSuppression([1], contributors: [one], threshold: 17) }
    }

    @Test func ofTheSidesOfAShareThatWithFewerPeopleDecides() {
        let (few, many, nobody) = (Contributors(people: 2), Contributors(people: 9), Contributors())
        #expect(Contributors.fewer(few, many) == few && Contributors.fewer(many, few) == few)
        #expect(Contributors.fewer(nobody, many) == many && Contributors.fewer(few, nobody) == few)
    }
}
