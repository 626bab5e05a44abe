import Testing

@testable import WebServer

struct FairQueueTests {
    private var queue = FairQueue<String>()
    private var now = 0.0

    /// Takes what is next and lets it take `seconds`.
    private mutating func serve(_ seconds: Double) throws -> String {
        let begin = now
        let next = queue.next(limit: 1, now: begin)
        let (job, tenant) = try #require(next)
        now += seconds
        queue.end(of: tenant, begin: begin, seconds: seconds)
        return job
    }

    /// The same, which is to be `job`.
    private mutating func serve(_ seconds: Double, _ job: String) throws {
        let served = try serve(seconds)
        #expect(served == job)
    }

    @Test mutating func keepsTheOrderOfATenant() throws {
        for name in ["a", "b", "c"] { queue.add(name, of: 1) }
        let jobs = try (0..<3).map { _ in try serve(1) }
        #expect(jobs == ["a", "b", "c"])
        let last = queue.next(limit: 1, now: now)
        #expect(last == nil)
    }

    @Test mutating func aSmallQuestionWaitsForOneOfTwentyLargeOnesAtMost() throws {
        for number in 0..<20 { queue.add("large \(number)", of: 1) }
        try serve(10, "large 0")
        queue.add("small", of: 2)
        try serve(0.01, "small")
    }

    @Test mutating func workUnderWayCountsBeforeItEnds() throws {
        for number in 0..<4 { queue.add("large \(number)", of: 1) }
        let begin = now
        let next = queue.next(limit: 2, now: begin)
        let first = try #require(next)
        for number in 0..<3 { queue.add("small \(number)", of: 2) }
        now = 5
        for number in 0..<3 {
            let small = queue.next(limit: 2, now: now)
            #expect(small?.job == "small \(number)")
            now += 0.5
            queue.end(of: 2, begin: now - 0.5, seconds: 0.5)
        }
        queue.end(of: first.tenant, begin: begin, seconds: now - begin)
        try serve(1, "large 1")
    }

    @Test mutating func timeIsSharedEquallyWhateverThePieces() throws {
        for number in 0..<300 { queue.add("short \(number)", of: 1) }
        for number in 0..<30 { queue.add("long \(number)", of: 2) }
        var time = ["short": 0.0, "long": 0.0]
        for _ in 0..<110 {
            let begin = now
            let next = queue.next(limit: 1, now: begin)
            let (job, tenant) = try #require(next)
            let seconds = tenant == 1 ? 0.1 : 1.0
            time[job.hasPrefix("short") ? "short" : "long"]? += seconds
            now += seconds
            queue.end(of: tenant, begin: begin, seconds: seconds)
        }
        let (short, long) = (try #require(time["short"]), try #require(time["long"]))
        #expect(abs(short - long) <= 1.0 + 1e-9)
    }

    @Test mutating func aPauseSavesNothingUp() throws {
        queue.add("early", of: 2)
        try serve(0.1, "early")
        for number in 0..<20 { queue.add("steady \(number)", of: 1) }
        for _ in 0..<10 { _ = try serve(1) }
        for number in 0..<20 { queue.add("late \(number)", of: 2) }
        let next = try (0..<10).map { _ in try serve(1) }
        #expect(next.count { $0.hasPrefix("steady") } == 5)
    }

    @Test mutating func aDebtIsNotForgottenInAPause() throws {
        queue.add("large", of: 1)
        let next = queue.next(limit: 1, now: 0)
        let large = try #require(next)
        for number in 0..<3 { queue.add("other \(number)", of: 2) }
        now = 10
        queue.end(of: large.tenant, begin: 0, seconds: 10)
        try serve(1, "other 0")
        queue.add("large again", of: 1)
        let jobs = try (0..<3).map { _ in try serve(1) }
        #expect(jobs == ["other 1", "other 2", "large again"])
    }

    /// Where the machine is busy, work takes less of a processor than time passes.
    @Test mutating func newcomersDoNotWaitForTimeThatNobodyUsed() throws {
        queue.add("long", of: 1)
        for number in 0..<60 { queue.add("short \(number)", of: 1) }
        _ = queue.next(limit: 2, now: 0)
        for second in 0..<30 {
            _ = queue.next(limit: 2, now: Double(second))
            queue.end(of: 1, begin: Double(second), seconds: 1.0 / 3)
        }
        queue.end(of: 1, begin: 0, seconds: 10)
        queue.add("other", of: 2)
        let next = queue.next(limit: 2, now: 30)
        #expect(next?.job == "other")
    }

    @Test(.timeLimit(.minutes(5)))
    mutating func whatIsServedIsForgottenThoughSomethingAlwaysWaits() throws {
        queue.add("-1", of: 1)
        var most = 0
        for number in 0..<100_000 {
            queue.add("\(number)", of: 1)
            let job = try serve(0.001)
            guard job == "\(number - 1)" else {
                Issue.record("\(job) came before \(number - 1)")
                break
            }
            most = max(most, queue.stored)
        }
        #expect(most <= 130)
    }

    @Test mutating func atMostTheLimitOfATenantIsUnderWay() throws {
        for name in ["a", "b", "c"] { queue.add(name, of: 1) }
        queue.add("x", of: 2)
        let jobs = [1, 1, 1, 2].map { queue.next(limit: $0, now: 0)?.job }
        #expect(jobs == ["a", "x", nil, "b"])
        #expect(queue.running(of: 1) == 2)
    }

    @Test mutating func workDoneElsewhereCountsLikeWorkDoneHere() throws {
        for number in 0..<4 {
            queue.add("one \(number)", of: 1)
            queue.add("two \(number)", of: 2)
        }
        try serve(1, "one 0")
        queue.charge(2, to: 1)
        let jobs = try (0..<4).map { _ in try serve(1) }
        #expect(jobs == ["two 0", "two 1", "two 2", "one 1"])
        // Who has no account owes nothing.
        queue.charge(5, to: 3)
    }
}
