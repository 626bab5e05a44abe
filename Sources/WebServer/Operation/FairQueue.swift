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

        mutating func takeFirst() -> Job {
            let job = jobs[next]
            next += 1
            if !hasWork {
                jobs.removeAll(keepingCapacity: true)
                next = 0
            }
            return job
        }
    }

    private var accounts: [Int64: Account] = [:]
    private var time = 0.0
    private var turns = 0

    /// How much work of a tenant is under way.
    func running(of tenant: Int64) -> Int { accounts[tenant]?.running ?? 0 }

    /// Adds a piece of work behind the others of its tenant.
    mutating func add(_ job: Job, of tenant: Int64) {
        var account = accounts[tenant] ?? Account()
        if !account.hasWork, account.running == 0 { account.clock = max(account.clock, time) }
        account.jobs.append(job)
        accounts[tenant] = account
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
        guard let tenant = chosen?.key, var account = accounts[tenant] else { return nil }
        time = max(time, account.clock(at: now))
        turns += 1
        account.turn = turns
        account.running += 1
        account.begins += now
        let job = account.takeFirst()
        accounts[tenant] = account
        return (job, tenant)
    }

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
