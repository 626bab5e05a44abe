/// Work of several tenants, handed out so that each of them gets the same share of the time.
///
/// Start-time fair queueing (Goyal, Vin & Cheng 1996): every tenant has a clock that runs while its work does, and next
/// comes work of the tenant whose clock is furthest behind. Who comes back from a pause takes the time of those at work,
/// so that pauses save nothing up. Instants are seconds of a steady clock, and are arguments.
struct FairQueue<Job> {
    private struct Account {
        /// Seconds that its ended work took, and those it was set forward by.
        var clock = 0.0
        var jobs: [Job] = []
        var next = 0
        /// Pieces of work under way, and the sum of the instants at which they began.
        var running = 0
        var begins = 0.0
        /// When it was served last, counted in turns.
        var turn = 0

        var hasWork: Bool { next < jobs.count }

        func clock(at now: Double) -> Double { clock + Double(running) * now - begins }

        /// Begins the first job, and tells the clock before it.
        mutating func begin(at now: Double, turn: Int) -> (Job, clock: Double) {
            self.turn = turn
            running += 1
            begins += now
            return (takeFirst(), clock)
        }

        /// Adds a job, at the time that the others have reached.
        mutating func add(_ job: Job, _ time: Double) {
            if !hasWork, running == 0 { clock = max(clock, time) }
            jobs.append(job)
        }

        /// Takes the first job; those served are dropped when they are most of the array, so that each is moved once
        /// on average.
        mutating func takeFirst() -> Job {
            let job = jobs[next]
            next += 1
            if !hasWork {
                jobs.removeAll(keepingCapacity: true)
                next = 0
            } else if next > 64, next * 2 > jobs.count {
                jobs.removeFirst(next)
                next = 0
            }
            return job
        }
    }

    private var accounts: [Int64: Account] = [:]
    /// The clock of the tenant that was served last or of an earlier one, without its work under way: what that takes
    /// of a processor is known when it ends, and may be less than the time that passes.
    private var time = 0.0
    private var turns = 0

    /// How much work of a tenant is under way.
    func running(of tenant: Int64) -> Int { accounts[tenant]?.running ?? 0 }

    /// Jobs in memory, with those that are served but not dropped yet; for tests.
    var stored: Int { accounts.values.reduce(0) { $0 + $1.jobs.count } }

    /// Adds a piece of work behind the others of its tenant.
    mutating func add(_ job: Job, of tenant: Int64) {
        accounts[tenant, default: Account()].add(job, time)
    }

    /// Takes the work that is next, of a tenant of which fewer pieces than `limit` are under way.
    ///
    /// - Complexity: linear in the tenants that have work.
    mutating func next(limit: Int, now: Double) -> (job: Job, tenant: Int64)? {
        let waiting = accounts.lazy.filter { $0.value.hasWork && $0.value.running < limit }
        let chosen = waiting.min { first, second in
            (first.value.clock(at: now), first.value.turn, first.key)
                < (second.value.clock(at: now), second.value.turn, second.key)
        }
        guard let tenant = chosen?.key else { return nil }
        turns += 1
        let (job, clock) = accounts[tenant, default: Account()].begin(at: now, turn: turns)
        time = max(time, clock)
        return (job, tenant)
    }

    /// Sets the clock of a tenant forward by seconds that its work took elsewhere; nobody waits where it has no account.
    mutating func charge(_ seconds: Double, to tenant: Int64) { accounts[tenant]?.clock += seconds }

    /// Notes the end of a piece of work that began at `begin` and took `seconds` of a processor.
    mutating func end(of tenant: Int64, begin: Double, seconds: Double) {
        guard var account = accounts[tenant] else { return }
        account.running -= 1
        account.begins = account.running == 0 ? 0 : account.begins - begin
        account.clock += seconds
        accounts[tenant] = account
        // Where nobody has work, nobody owes or is owed anything.
        if accounts.allSatisfy({ !$0.value.hasWork && $0.value.running == 0 }) {
            accounts.removeAll()
            time = 0
        }
    }
}
