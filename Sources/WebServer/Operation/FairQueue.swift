/// Work of several tenants' questions, handed out so that each tenant gets the same share of the time, and each question
/// of a tenant the same share of what the tenant gets.
///
/// ``FairShares`` choose the tenant, then the question; the pieces of a question keep their order. A question counts as
/// known from its first piece until it is closed.
struct FairQueue<Job> {
    /// Which work a thread takes.
    enum Choice {
        /// What is next, of a tenant of which fewer pieces than `limit` are under way.
        case turn(limit: Int)
        /// What is next of questions that used less than `seconds` and of which nothing is under way, of a tenant for
        /// which fewer such threads than `limit` are at work.
        case brief(limit: Int, seconds: Double)
        /// Pieces of questions that nobody waits for any more.
        case abandoned
    }

    /// A piece of work under way.
    struct Piece {
        let job: Job
        let question: AskedQuestion
        /// When it began.
        let begin: Double
        /// Whether it takes no thread from its tenant's others.
        fileprivate let isBeside: Bool
    }

    private struct Tenant {
        var questions = FairShares<Int>()
        var lines: [Int: WaitingLine<Job>] = [:]
        /// Closed questions of which a piece is still about to end.
        var closed: Set<Int> = []
        /// Pieces under way that take no thread from the others.
        var beside = 0

        func brief(_ seconds: Double, now: Double) -> Int? {
            questions.next(now: now) { $1.running == 0 && $1.used(at: now) < seconds }
        }

        mutating func remove(_ number: Int) {
            questions.remove(number)
            lines[number] = nil
            closed.remove(number)
        }
    }

    private var shares = FairShares<Int64>()
    private var tenants: [Int64: Tenant] = [:]
    private var abandoned: Set<AskedQuestion> = []

    /// Jobs in memory, with those that are served but not dropped yet; for tests.
    var stored: Int {
        tenants.values.reduce(0) { sum, tenant in tenant.lines.values.reduce(sum) { $0 + $1.stored } }
    }
    /// Questions that are known; for tests.
    var questions: Int { tenants.values.reduce(0) { $0 + $1.lines.count } }

    /// How many of a tenant's pieces are under way, without those beside the others.
    func running(of tenant: Int64) -> Int { shares[tenant].running - (tenants[tenant]?.beside ?? 0) }

    /// What became of a question so far.
    func standing(of question: AskedQuestion, now: Double) -> QuestionStanding {
        guard let share = tenants[question.tenant]?.questions[question.number] else { return QuestionStanding() }
        return QuestionStanding(
            hasBegun: share.hasBegun, used: share.used(at: now), busy: share.busy(at: now),
            stalled: share.stalled(at: now))
    }

    /// Adds a piece of work behind the others of its question.
    mutating func add(_ job: Job, of question: AskedQuestion, now: Double) {
        shares.add(question.tenant, now: now)
        var tenant = tenants.removeValue(forKey: question.tenant) ?? Tenant()
        tenant.questions.add(question.number, now: now)
        tenant.lines[question.number, default: WaitingLine()].append(job)
        tenants[question.tenant] = tenant
    }

    /// The question whose turn it is.
    ///
    /// - Complexity: linear in the tenants and questions.
    func first(_ choice: Choice, now: Double) -> AskedQuestion? {
        switch choice {
        case .turn(let limit):
            guard
                let tenant = shares.next(now: now, where: { tenant, _ in running(of: tenant) < limit }),
                let number = tenants[tenant]?.questions.next(now: now, where: { _, _ in true })
            else { return nil }
            return AskedQuestion(tenant: tenant, number: number)
        case .brief(let limit, let seconds):
            let chosen = shares.next(now: now) { tenant, _ in
                guard let tenant = tenants[tenant], tenant.beside < limit else { return false }
                return tenant.brief(seconds, now: now) != nil
            }
            guard let chosen, let number = tenants[chosen]?.brief(seconds, now: now) else { return nil }
            return AskedQuestion(tenant: chosen, number: number)
        case .abandoned:
            return abandoned.filter { (tenants[$0.tenant]?.questions[$0.number].waiting ?? 0) > 0 }
                .min { $0.number < $1.number }
        }
    }

    /// Takes the work that is next; ``end(_:seconds:now:)`` must follow.
    ///
    /// - Complexity: linear in the tenants and questions.
    mutating func next(_ choice: Choice, now: Double) -> Piece? {
        guard let question = first(choice, now: now),
            let job = tenants[question.tenant]?.lines[question.number]?.takeFirst()
        else { return nil }
        let isBeside = if case .turn = choice { false } else { true }
        shares.begin(question.tenant, now: now)
        tenants[question.tenant]?.questions.begin(question.number, now: now)
        if isBeside { tenants[question.tenant]?.beside += 1 }
        return Piece(job: job, question: question, begin: now, isBeside: isBeside)
    }

    /// Sets the clock of a tenant forward by seconds that its work took elsewhere; nobody waits where it has no account.
    mutating func charge(_ seconds: Double, to tenant: Int64) { shares.charge(seconds, to: tenant) }

    /// Notes the end of a piece of work, which took `seconds` of a processor.
    mutating func end(_ piece: Piece, seconds: Double, now: Double) {
        let (key, number) = (piece.question.tenant, piece.question.number)
        shares.end(key, begin: piece.begin, seconds: seconds, now: now)
        // Where nobody has work, nobody owes or is owed anything.
        if shares.isIdle { shares = FairShares() }
        tenants[key]?.questions.end(number, begin: piece.begin, seconds: seconds, now: now)
        if piece.isBeside { tenants[key]?.beside -= 1 }
        if tenants[key]?.closed.contains(number) == true { close(piece.question) }
    }

    /// Lets what is left of a question come first, now and later: nobody waits for it any more.
    mutating func abandon(_ question: AskedQuestion) { abandoned.insert(question) }

    /// Forgets a question that has ended, as soon as no piece of it is under way.
    mutating func close(_ question: AskedQuestion) {
        abandoned.remove(question)
        guard var tenant = tenants.removeValue(forKey: question.tenant) else { return }
        if tenant.questions[question.number].isIdle {
            tenant.remove(question.number)
        } else {
            tenant.closed.insert(question.number)
        }
        tenants[question.tenant] = tenant.questions.isEmpty ? nil : tenant
    }
}

extension FairQueue.Piece: Sendable where Job: Sendable {}
