/// Those among whom the time of threads is shared in equal parts.
///
/// Start-time fair queueing (Goyal, Vin & Cheng 1996): every member has a clock that runs while its work does, and next
/// comes the member whose clock is furthest behind. Who comes back from a pause takes the time of those at work, so that
/// pauses save nothing up. Instants are seconds of a steady clock, and are arguments.
struct FairShares<Member: Hashable & Comparable> {
    /// What a member has waiting and under way, and what it used.
    struct Share {
        /// Pieces of work that wait.
        fileprivate(set) var waiting = 0
        /// Pieces of work under way, and the sum of the instants at which they began.
        fileprivate(set) var running = 0
        fileprivate var begins = 0.0
        /// Seconds that its ended work took of a processor.
        fileprivate var used = 0.0
        /// The same, and those it was set forward by.
        fileprivate var clock = 0.0
        /// Seconds in which work of it waited and none was under way, and in which some was under way, up to the
        /// instant of its last change.
        fileprivate var stalled = 0.0
        fileprivate var busy = 0.0
        fileprivate var changed = 0.0
        /// When it was served last, counted in turns.
        fileprivate var turn = 0

        var isIdle: Bool { waiting == 0 && running == 0 }
        var hasBegun: Bool { turn > 0 }

        /// Seconds of a processor that its work took; what is under way counts as if it had one all the time.
        func used(at now: Double) -> Double { used + Double(running) * now - begins }

        /// Seconds in which work of it waited and none was under way.
        func stalled(at now: Double) -> Double {
            waiting > 0 && running == 0 ? stalled + max(0, now - changed) : stalled
        }

        /// Seconds in which work of it was under way.
        func busy(at now: Double) -> Double { running > 0 ? busy + max(0, now - changed) : busy }

        fileprivate func clock(at now: Double) -> Double { clock + Double(running) * now - begins }

        fileprivate mutating func pass(to now: Double) {
            stalled = stalled(at: now)
            busy = busy(at: now)
            changed = now
        }
    }

    private var shares: [Member: Share] = [:]
    /// The clock of the member that was served last or of an earlier one, without its work under way: what that takes
    /// of a processor is known when it ends, and may be less than the time that passes.
    private var time = 0.0
    private var turns = 0

    /// Whether it has no members.
    var isEmpty: Bool { shares.isEmpty }
    /// Whether nobody has work.
    var isIdle: Bool { shares.values.allSatisfy(\.isIdle) }

    /// The share of a member; that of nobody is empty.
    subscript(member: Member) -> Share { shares[member] ?? Share() }

    /// Notes that a piece of a member's work waits.
    mutating func add(_ member: Member, now: Double) {
        var share = self[member]
        share.pass(to: now)
        if share.isIdle { share.clock = max(share.clock, time) }
        share.waiting += 1
        shares[member] = share
    }

    /// The member whose turn it is among those that have work waiting and are allowed.
    ///
    /// - Complexity: linear in the members.
    func next(now: Double, where isAllowed: (Member, Share) -> Bool) -> Member? {
        var first: (clock: Double, turn: Int, member: Member)?
        for (member, share) in shares where share.waiting > 0 && isAllowed(member, share) {
            let candidate = (clock: share.clock(at: now), turn: share.turn, member: member)
            if let best = first, best < candidate { continue }
            first = candidate
        }
        return first?.member
    }

    /// Notes that a piece of a member's waiting work begins.
    mutating func begin(_ member: Member, now: Double) {
        var share = self[member]
        share.pass(to: now)
        turns += 1
        share.turn = turns
        share.waiting -= 1
        share.running += 1
        share.begins += now
        shares[member] = share
        time = max(time, share.clock)
    }

    /// Notes the end of a piece that began at `begin` and took `seconds` of a processor.
    mutating func end(_ member: Member, begin: Double, seconds: Double, now: Double) {
        guard var share = shares[member] else { return }
        share.pass(to: now)
        share.running -= 1
        share.begins = share.running == 0 ? 0 : share.begins - begin
        share.used += seconds
        share.clock += seconds
        shares[member] = share
    }

    /// Sets the clock of a member forward; who is no member owes nothing.
    mutating func charge(_ seconds: Double, to member: Member) { shares[member]?.clock += seconds }

    /// Forgets a member.
    ///
    /// What it used, up to a second, moves the time on for those who come after it: a row of newcomers that all began
    /// at the same clock would keep the others waiting for ever. More of it would let newcomers wait for those who are
    /// behind a member that took long.
    mutating func remove(_ member: Member) {
        guard let share = shares.removeValue(forKey: member) else { return }
        time = max(time, share.clock - share.used + min(share.used, 1))
    }
}
