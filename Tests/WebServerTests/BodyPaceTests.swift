import Testing

@testable import WebServer

struct BodyPaceTests {
    @Test func refusesClientsThatDripBytes() throws {
        let start = ContinuousClock.now
        var pace = BodyPace(from: start)
        for second in 1...5 { try pace.add(1, at: start + .seconds(second)) }
        #expect(throws: Problem.self) { try pace.add(1, at: start + .seconds(6)) }
    }

    @Test func leavesSlowButSteadyClientsInPeace() throws {
        let start = ContinuousClock.now
        var pace = BodyPace(from: start)
        for second in 1...200 { try pace.add(1100, at: start + .seconds(second)) }
    }
}
