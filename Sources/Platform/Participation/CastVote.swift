import Analysis
public import Participation
public import Storage

/// What is told of the votes on one thing.
public struct VoteStanding: Sendable, Hashable {
    /// Votes for and against, and the vote of who asks.
    public var totals: VoteTotals
    /// Votes for minus votes against.
    public var score: Int64
    /// Lower limit of the 95 % Wilson interval of the share of votes for, from 0 to 1.
    public var wilson: Double
    /// How much opinions differ: 0 for one side alone, the number of votes when the sides are even.
    public var controversy: Double

    /// Rates totals.
    public init(_ totals: VoteTotals) {
        self.totals = totals
        score = totals.up - totals.down
        let rated = VoteScore(up: Int(clamping: totals.up), down: Int(clamping: totals.down))
        wilson = rated.wilsonLowerBound
        controversy = rated.controversy
    }
}

extension Installation {
    /// Casts, changes or with `nil` withdraws the vote of the participant who asks; when it returns, it is on disk.
    ///
    /// The same vote again changes nothing, so that a request may be sent twice.
    ///
    /// - Parameter origin: a keyed hash of the network the request came from; ten votes on one thing from one network
    ///   within an hour put it before the moderators, and count like all others.
    /// - Throws: ``PlatformError`` `unauthenticated` without a participant, `notFound` when the thing is not there for
    ///   the viewer, `forbidden` when votes are closed.
    public func castVote(
        _ vote: Vote?, on item: ItemReference, of proceeding: Proceeding, origin: UInt64? = nil, scope: Scope
    ) async throws -> VoteStanding {
        let time = now()
        try requireOpen(item.root.voting, in: proceeding, at: time, scope: scope)
        guard let participant = scope.viewer.participant else {
            throw PlatformError(.unauthenticated, "a vote needs a participant")
        }
        let isBurst = vote != nil && origin.map { bursts.note(item: item.id, origin: $0, now: time) } ?? false
        let totals = try await engine.write { connection in
            let writer = scope.writer(connection)
            let totals = try writer.setVote(vote, of: participant, on: item, in: proceeding, now: time)
            if isBurst, totals != nil {
                try writer.noteNeed(of: item, signs: .voteBurst, in: proceeding, now: time)
            }
            return totals
        }
        return VoteStanding(try Self.found(totals, item))
    }

    /// The votes on one thing, and the vote of the participant who asks.
    ///
    /// - Throws: ``PlatformError`` `notFound` when the thing is not there for the viewer.
    public func votes(
        on item: ItemReference, of proceeding: Proceeding, scope: Scope
    ) async throws -> VoteStanding {
        let totals = try await engine.glance {
            try scope.reader($0).votes(on: item, of: proceeding, participant: scope.viewer.participant)
        }
        return VoteStanding(try Self.found(totals, item))
    }

    private static func found(_ totals: VoteTotals?, _ item: ItemReference) throws -> VoteTotals {
        guard let totals else { throw PlatformError(.notFound, "there is no \(item.kind) of that number") }
        return totals
    }
}
