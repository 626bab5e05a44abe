import TestSupport
import Testing

@testable import WebServer

/// The questions of a tenant in a fair queue.
struct FairQuestionTests {
    private var queue = FairQueue<String>()
    private var now = 0.0

    private mutating func add(_ job: String, to number: Int, of tenant: Int64 = 1) {
        queue.add(job, of: AskedQuestion(tenant: tenant, number: number), now: now)
    }

    private mutating func begin(_ choice: FairQueue<String>.Choice = .turn(limit: 1)) -> FairQueue<String>.Piece? {
        queue.next(choice, now: now)
    }

    private mutating func end(_ piece: FairQueue<String>.Piece, _ seconds: Double) {
        now += seconds
        queue.end(piece, seconds: seconds, now: now)
    }

    /// Takes what is next and lets it take `seconds`.
    private mutating func serve(_ seconds: Double) throws -> AskedQuestion {
        let next = begin()
        let piece = try #require(next)
        end(piece, seconds)
        return piece.question
    }

    private mutating func close(_ number: Int, of tenant: Int64 = 1) {
        queue.close(AskedQuestion(tenant: tenant, number: number))
    }

    private func standing(_ number: Int) -> QuestionStanding {
        queue.standing(of: AskedQuestion(tenant: 1, number: number), now: now)
    }

    @Test mutating func keepTheOrderOfTheirPieces() throws {
        for job in ["a", "b", "c"] { add(job, to: 1) }
        let jobs = [begin(.turn(limit: 3)), begin(.turn(limit: 3)), begin(.turn(limit: 3))].map { $0?.job }
        #expect(jobs == ["a", "b", "c"])
    }

    @Test mutating func comeBeforeThoseThatUsedMuchWhenTheyAreNew() throws {
        for _ in 0..<10 {
            add("long", to: 1)
            add("long", to: 2)
        }
        for _ in 0..<4 { _ = try serve(10) }
        add("short", to: 3)
        let next = try serve(0.1)
        #expect(next.number == 3)
    }

    @Test mutating func getEqualPartsWhateverTheirPieces() throws {
        for _ in 0..<300 { add("short", to: 1) }
        for _ in 0..<30 { add("long", to: 2) }
        var time = [1: 0.0, 2: 0.0]
        for _ in 0..<110 {
            let next = begin()
            let piece = try #require(next)
            let seconds = piece.job == "short" ? 0.1 : 1.0
            time[piece.question.number]? += seconds
            end(piece, seconds)
        }
        let (short, long) = (try #require(time[1]), try #require(time[2]))
        #expect(abs(short - long) <= 1.0 + 1e-9)
    }

    @Test mutating func haveNoPartInTheTimeOfOtherTenants() throws {
        for number in 0..<10 {
            for _ in 0..<10 { add("many", to: number, of: 1) }
        }
        for _ in 0..<100 { add("one", to: 10, of: 2) }
        var served: [Int64: Int] = [:]
        for _ in 0..<100 { served[try serve(1).tenant, default: 0] += 1 }
        #expect(served == [1: 50, 2: 50])
    }

    @Test mutating func holdNobodyUpWhenTheyAreMany() throws {
        for number in 0..<50 { add("flood", to: number, of: 1) }
        for _ in 0..<10 {
            let question = try serve(0.2)
            close(question.number)
        }
        add("other", to: 50, of: 2)
        let other = try serve(0.2)
        #expect(other.tenant == 2)
        // They go on in the order in which they came.
        let next = try serve(0.2)
        #expect(next.number == 10)
    }

    /// Clocks are never further apart than the longest piece, whatever the pieces are.
    @Test(arguments: 1...5 as ClosedRange<UInt64>)
    mutating func shareWhatTheirTenantGets(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let lengths = [0.01, 0.5, 3]
        for tenant in Int64(0)..<3 {
            for number in 0..<3 { add("", to: number, of: tenant) }
        }
        var used = [[Double]](repeating: [0, 0, 0], count: 3)
        for _ in 0..<5000 {
            let next = begin()
            let piece = try #require(next)
            let (tenant, number) = (Int(piece.question.tenant), piece.question.number)
            // There is always more to do.
            add("", to: number, of: piece.question.tenant)
            let seconds = Double.random(in: 0...lengths[(tenant + number) % 3], using: &generator)
            used[tenant][number] += seconds
            end(piece, seconds)
        }
        func spread(_ seconds: [Double]) -> Double { (seconds.max() ?? 0) - (seconds.min() ?? 0) }
        #expect(spread(used.map { $0.reduce(0, +) }) <= 3 + 1e-6)
        for questions in used { #expect(spread(questions) <= 3 + 1e-6) }
    }

    @Test(.timeLimit(.minutes(5)))
    mutating func waitNotForEverWhileNewOnesCome() throws {
        add("long", to: 0)
        _ = try serve(20)
        add("long", to: 0)
        add("short", to: 1)
        var newest = 1
        while newest < 1000 {
            let next = begin()
            let piece = try #require(next)
            guard piece.question.number != 0 else { break }
            // The next is there before this one ends.
            newest += 1
            add("short", to: newest)
            end(piece, 0.1)
            close(piece.question.number)
        }
        // The 20 seconds that it had before them are theirs twice: each begins with the clock of the one before it.
        #expect(newest > 200 && newest < 450)
    }

    @Test mutating func areBriefWhileTheyUsedLittleAndNothingOfThemRuns() throws {
        let brief = FairQueue<String>.Choice.brief(limit: 2, seconds: 2)
        add("first", to: 1)
        add("second", to: 1)
        let turn = begin()
        let alone = begin(brief)
        #expect(turn?.question.number == 1 && alone == nil)
        for number in 2...4 {
            add("first", to: number)
            add("second", to: number)
        }
        let (second, third, none) = (begin(brief), begin(brief), begin(brief))
        #expect(second?.question.number == 2 && third?.question.number == 3)
        // Two of a tenant are all.
        #expect(none == nil)
        end(try #require(second), 2.5)
        let fourth = begin(brief)
        #expect(fourth?.question.number == 4)
        end(try #require(fourth), 0.5)
        // Of the others one used much, and of two something runs.
        let again = begin(brief)
        #expect(again?.question.number == 4)
    }

    @Test mutating func takeNoThreadOfTheirTenantBesideTheOthers() throws {
        for number in 1...3 { add("", to: number) }
        let beside = begin(.brief(limit: 2, seconds: 2))
        #expect(queue.running(of: 1) == 0)
        let turn = begin()
        #expect(turn != nil && queue.running(of: 1) == 1)
        let none = begin()
        #expect(none == nil)
        end(try #require(beside), 1)
        #expect(queue.running(of: 1) == 1)
    }

    @Test mutating func areBriefInTheOrderOfTheirTenants() throws {
        add("", to: 1, of: 1)
        add("", to: 2, of: 1)
        let large = begin()
        add("", to: 3, of: 2)
        end(try #require(large), 10)
        add("", to: 4, of: 1)
        let next = begin(.brief(limit: 2, seconds: 2))
        #expect(next?.question == AskedQuestion(tenant: 2, number: 3))
    }

    @Test mutating func comeFirstWhereNobodyWaitsForThemAnyMore() throws {
        for number in 1...3 { add("", to: number) }
        let running = begin()
        #expect(running?.question.number == 1)
        let none = begin(.abandoned)
        #expect(none == nil)
        queue.abandon(AskedQuestion(tenant: 1, number: 3))
        let next = begin(.abandoned)
        #expect(next?.question.number == 3)
        // So does what comes of them later.
        add("late", to: 3)
        let late = begin(.abandoned)
        #expect(late?.job == "late")
        #expect(queue.running(of: 1) == 1)
    }

    @Test mutating func areForgottenWhenTheyEnd() throws {
        for number in 1...2 { add("", to: number) }
        _ = try serve(1)
        close(1)
        #expect(queue.questions == 1)
        let next = begin()
        // The answer may be there before its last piece has ended.
        close(2)
        #expect(queue.questions == 1)
        end(try #require(next), 1)
        #expect(queue.questions == 0 && queue.stored == 0)
        // What was never asked is forgotten as well.
        close(7, of: 9)
    }

    @Test mutating func waitOnlyWhileTheyCouldGoOn() throws {
        #expect(standing(1) == QuestionStanding())
        add("first", to: 1)
        now = 3
        #expect(standing(1) == QuestionStanding(hasBegun: false, used: 0, busy: 0, stalled: 3))
        let first = begin()
        add("second", to: 1)
        now = 5
        // Its other piece waits beside one that is under way.
        #expect(standing(1) == QuestionStanding(hasBegun: true, used: 2, busy: 2, stalled: 3))
        queue.end(try #require(first), seconds: 1.5, now: now)
        now = 6
        let second = begin()
        end(try #require(second), 1)
        // A pause, as while the store is read, is no waiting.
        now = 20
        #expect(standing(1) == QuestionStanding(hasBegun: true, used: 2.5, busy: 3, stalled: 4))
    }
}
