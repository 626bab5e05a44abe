import HTTPTypes
import Testing

@testable import WebServer

struct QuestionStandingTests {
    private func problem(used: Double, busy: Double, stalled: Double) -> Problem {
        QuestionStanding(hasBegun: true, used: used, busy: busy, stalled: stalled).problem(past: .seconds(60))
    }

    @Test func whoUsedTheTimeIsToAskForLess() {
        let problem = problem(used: 57, busy: 58, stalled: 2)
        #expect(problem.kind == .invalidInput)
        #expect(problem.errors.map(\.code) == ["too-complex"])
    }

    @Test func whoUsedItOnSeveralThreadsIsToAskForLessThoughItWaited() {
        #expect(problem(used: 80, busy: 25, stalled: 35).kind == .invalidInput)
    }

    @Test func whoWaitedForOthersIsToComeAgain() {
        let problem = problem(used: 20, busy: 20, stalled: 40)
        #expect(problem.kind == .unavailable)
        #expect(problem.headers[.retryAfter].flatMap(Int.init).map { (20...40).contains($0) } == true)
        #expect(problem.errors.isEmpty)
    }

    @Test func whoseThreadWaitedForAProcessorIsToComeAgain() {
        #expect(problem(used: 15, busy: 59, stalled: 1).kind == .unavailable)
    }

    /// As while the store is read: no other question is to blame.
    @Test func whoNeitherWorkedNorWaitedForOthersIsToAskForLess() {
        #expect(problem(used: 1, busy: 1, stalled: 0).kind == .invalidInput)
    }
}
