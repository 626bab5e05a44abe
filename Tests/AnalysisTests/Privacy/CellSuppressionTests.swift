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

    /// Numbers of people, of whom some wrote something sensitive.
    private func people(_ numbers: ClosedRange<UInt64>, least: Int = 0) -> Contributors {
        numbers.reduce(into: Contributors()) { $0.add($1, least: least) }
    }

    @Test func whatIsSensitiveWantsMorePeople() throws {
        let sensitive = people(1...7, least: CellSuppression.sensitiveThreshold)
        let made = try CellSuppression(
            [7, 7, 12, 20], contributors: [sensitive, people(11...17), people(21...32), people(41...60)])
        #expect(made.primary == [0])
        #expect(made.suppressed == [0, 1] && made.isTotalPublishable)
        let ten = try CellSuppression([10, 20], contributors: [people(1...10, least: 10), people(11...30)])
        #expect(ten.suppressed.isEmpty)
    }

    /// Seven and the same seven are seven, which are enough for anything else.
    @Test func whatIsHiddenWithTheSensitiveWantsMorePeopleToo() throws {
        let made = try CellSuppression(
            [7, 7, 12], contributors: [people(1...7, least: 10), people(1...7), people(21...32)])
        #expect(made.suppressed == [0, 1, 2] && made.isTotalPublishable)
        let alone = try CellSuppression([7, 7], contributors: [people(1...7, least: 10), people(1...7)])
        #expect(alone.suppressed == [0, 1] && !alone.isTotalPublishable)
    }

    @Test func theSideThatLacksPeopleDecidesThoughItHasMore() {
        let (sensitive, usual) = (people(1...7, least: 10), people(1...6))
        #expect(Contributors.fewer(sensitive, usual) == sensitive && Contributors.fewer(usual, sensitive) == sensitive)
    }

    @Test func ofTheSidesOfAShareThatWithFewerPeopleDecides() {
        let (few, many, nobody) = (Contributors(people: 2), Contributors(people: 9), Contributors())
        #expect(Contributors.fewer(few, many) == few && Contributors.fewer(many, few) == few)
        #expect(Contributors.fewer(nobody, many) == many && Contributors.fewer(few, nobody) == few)
    }

    /// The borders belong to what may be told.
    @Test(
        arguments: [
            ([85, 5, 5, 5], false), ([85.1, 5, 5, 4.9], true), ([45, 45, 5, 5], false), ([46, 45, 5, 4], true),
            ([7], true), ([1, 1, 1, 1, 1], false), ([], false), ([0, 0], false),
        ] as [([Double], Bool)])
    func aSumIsDominatedByOneOrTwo(_ sums: [Double], _ isDominated: Bool) {
        #expect(Dominance.holds(in: sums) == isDominated)
        #expect(Dominance.holds(in: sums.reversed()) == isDominated)
    }

    @Test func aDominatedCountIsHiddenWithAnother() throws {
        var people = [UInt64(0), 100, 200].map { start in
            (1...8).reduce(into: Contributors()) { $0.add(start + UInt64($1)) }
        }
        #expect(try CellSuppression([10, 20, 30], contributors: people).suppressed.isEmpty)
        people[1].isDominated = true
        let found = try CellSuppression([10, 20, 30], contributors: people)
        #expect(found.primary == [1] && found.suppressed == [0, 1] && found.isTotalPublishable)
        #expect(Contributors.fewer(people[0], people[1]).isDominated)
    }
}
