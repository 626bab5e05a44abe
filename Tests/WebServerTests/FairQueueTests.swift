import Testing

@testable import WebServer

struct FairQueueTests {
    private var queue = FairQueue<String>()
    private var now = 0.0

    /// Adds a piece of the only question of a tenant.
    private mutating func add(_ job: String, of tenant: Int64) {
        queue.add(job, of: AskedQuestion(tenant: tenant, number: 0), now: now)
    }

    /// Begins what is next of a tenant of which fewer pieces than `limit` are under way.
    private mutating func begin(limit: Int = 1) -> FairQueue<String>.Piece? {
        queue.next(.turn(limit: limit), now: now)
    }

    /// Takes what is next and lets it take `seconds`.
    private mutating func serve(_ seconds: Double) throws -> String {
        let next = begin()
        let piece = try #require(next)
        now += seconds
        queue.end(piece, seconds: seconds, now: now)
        return piece.job
    }

    /// The same, which is to be `job`.
    private mutating func serve(_ seconds: Double, _ job: String) throws {
        let served = try serve(seconds)
        #expect(served == job)
    }

    @Test mutating func keepsTheOrderOfATenant() throws {
        for name in ["a", "b", "c"] { add(name, of: 1) }
        let jobs = try (0..<3).map { _ in try serve(1) }
        #expect(jobs == ["a", "b", "c"])
        let last = begin()
        #expect(last == nil)
    }

    @Test mutating func aSmallQuestionWaitsForOneOfTwentyLargeOnesAtMost() throws {
        for number in 0..<20 { add("large \(number)", of: 1) }
        try serve(10, "large 0")
        add("small", of: 2)
        try serve(0.01, "small")
    }

    @Test mutating func workUnderWayCountsBeforeItEnds() throws {
        for number in 0..<4 { add("large \(number)", of: 1) }
        let next = begin(limit: 2)
        let first = try #require(next)
        for number in 0..<3 { add("small \(number)", of: 2) }
        now = 5
        for number in 0..<3 {
            let next = begin(limit: 2)
            let small = try #require(next)
            #expect(small.job == "small \(number)")
            now += 0.5
            queue.end(small, seconds: 0.5, now: now)
        }
        queue.end(first, seconds: now, now: now)
        try serve(1, "large 1")
    }

    @Test mutating func timeIsSharedEquallyWhateverThePieces() throws {
        for number in 0..<300 { add("short \(number)", of: 1) }
        for number in 0..<30 { add("long \(number)", of: 2) }
        var time = ["short": 0.0, "long": 0.0]
        for _ in 0..<110 {
            let next = begin()
            let piece = try #require(next)
            let isShort = piece.question.tenant == 1
            let seconds = isShort ? 0.1 : 1.0
            time[isShort ? "short" : "long"]? += seconds
            now += seconds
            queue.end(piece, seconds: seconds, now: now)
        }
        let (short, long) = (try #require(time["short"]), try #require(time["long"]))
        #expect(abs(short - long) <= 1.0 + 1e-9)
    }

    @Test mutating func aPauseSavesNothingUp() throws {
        add("early", of: 2)
        try serve(0.1, "early")
        for number in 0..<20 { add("steady \(number)", of: 1) }
        for _ in 0..<10 { _ = try serve(1) }
        for number in 0..<20 { add("late \(number)", of: 2) }
        let next = try (0..<10).map { _ in try serve(1) }
        #expect(next.count { $0.hasPrefix("steady") } == 5)
    }

    @Test mutating func aDebtIsNotForgottenInAPause() throws {
        add("large", of: 1)
        let next = begin()
        let large = try #require(next)
        for number in 0..<3 { add("other \(number)", of: 2) }
        now = 10
        queue.end(large, seconds: 10, now: now)
        try serve(1, "other 0")
        add("large again", of: 1)
        let jobs = try (0..<3).map { _ in try serve(1) }
        #expect(jobs == ["other 1", "other 2", "large again"])
    }

    /// Where the machine is busy, work takes less of a processor than time passes.
    @Test mutating func newcomersDoNotWaitForTimeThatNobodyUsed() throws {
        add("long", of: 1)
        for number in 0..<60 { add("short \(number)", of: 1) }
        let first = begin(limit: 2)
        let long = try #require(first)
        for second in 0..<30 {
            now = Double(second)
            let next = begin(limit: 2)
            let short = try #require(next)
            queue.end(short, seconds: 1.0 / 3, now: now + 1)
        }
        now = 30
        queue.end(long, seconds: 10, now: now)
        add("other", of: 2)
        let next = begin(limit: 2)
        #expect(next?.job == "other")
    }

    @Test(.timeLimit(.minutes(5)))
    mutating func whatIsServedIsForgottenThoughSomethingAlwaysWaits() throws {
        add("-1", of: 1)
        var most = 0
        for number in 0..<100_000 {
            add("\(number)", of: 1)
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
        for name in ["a", "b", "c"] { add(name, of: 1) }
        add("x", of: 2)
        let jobs = [1, 1, 1, 2].map { begin(limit: $0)?.job }
        #expect(jobs == ["a", "x", nil, "b"])
        #expect(queue.running(of: 1) == 2)
    }

    @Test mutating func workDoneElsewhereCountsLikeWorkDoneHere() throws {
        for number in 0..<4 {
            add("one \(number)", of: 1)
            add("two \(number)", of: 2)
        }
        try serve(1, "one 0")
        queue.charge(2, to: 1)
        let jobs = try (0..<4).map { _ in try serve(1) }
        #expect(jobs == ["two 0", "two 1", "two 2", "one 1"])
        // Who has no account owes nothing.
        queue.charge(5, to: 3)
    }
}
