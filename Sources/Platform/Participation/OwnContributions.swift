public import Participation
public import Storage

extension Installation {
    /// One contribution: visible to the viewer, or the viewer's own in whatever state.
    ///
    /// - Parameter receipt: the receipt its author got, for those without a participant token.
    /// - Throws: ``PlatformError`` `notFound`.
    public func readContribution(
        _ id: Int64, of proceeding: Proceeding, receipt: String? = nil, scope: Scope
    ) async throws -> (contribution: Contribution, isOwn: Bool) {
        let (found, shown) = try await engine.read { connection in
            let reader = scope.reader(connection)
            return (
                try reader.authored(contribution: id, of: proceeding), try reader.contribution(id, of: proceeding)
            )
        }
        // Its author sees the true place, others what is shown of it.
        if let item = found?.item, Self.isAuthor(item.author, of: found, receipt: receipt, scope: scope) {
            return (item, true)
        }
        guard let shown else { throw PlatformError(.notFound, "there is no contribution of that number") }
        return (shown, false)
    }

    /// The contributions of the participant who asks, in whatever state, newest first, one page.
    ///
    /// - Throws: ``PlatformError`` `unauthenticated` without a participant.
    public func ownContributions(
        limit: Int, after cursor: Cursor?, scope: Scope
    ) async throws -> Page<OwnContribution> {
        try requireParticipant(scope)
        return try await engine.read { try scope.reader($0).ownContributions(limit: limit, after: cursor) }
    }

    /// The comments of the participant who asks, in whatever state, newest first, one page.
    ///
    /// - Throws: ``PlatformError`` `unauthenticated` without a participant.
    public func ownComments(limit: Int, after cursor: Cursor?, scope: Scope) async throws -> Page<OwnComment> {
        try requireParticipant(scope)
        return try await engine.read { try scope.reader($0).ownComments(limit: limit, after: cursor) }
    }

    /// The votes of the participant who asks, by number of what they were cast on, one page.
    ///
    /// - Throws: ``PlatformError`` `unauthenticated` without a participant.
    public func ownVotes(limit: Int, after cursor: Cursor?, scope: Scope) async throws -> Page<OwnVote> {
        try requireParticipant(scope)
        return try await engine.read { try scope.reader($0).ownVotes(limit: limit, after: cursor) }
    }

    private func requireParticipant(_ scope: Scope) throws {
        if scope.viewer.participant == nil { throw Self.needsParticipant }
    }

    /// What those are told who have no pseudonym and ask for something of their own.
    static let needsParticipant = PlatformError(
        .unauthenticated, "this needs a participant token", hint: "get one with POST /api/v1/participants")

    /// Takes a contribution back: its author within the edit window, or at any time with the receipt.
    ///
    /// What was taken back is gone for everybody but its author, and its images for everybody; taking it back again
    /// changes nothing.
    ///
    /// - Throws: ``PlatformError`` `notFound` when it is not there for the viewer, `forbidden` for others than the
    ///   author and after the window, `stale` when it is another version.
    public func withdrawContribution(
        _ id: Int64, of proceeding: Proceeding, precondition: Precondition = .any, receipt: String? = nil, scope: Scope
    ) async throws {
        let time = now()
        let hadImages = try await engine.write { connection in
            let writer = scope.writer(connection)
            let found = try writer.reader.authored(contribution: id, of: proceeding)
            let isAuthor = Self.isAuthor(found?.item.author, of: found, receipt: receipt, scope: scope)
            guard let found, isAuthor || scope.viewer.visibleStates(in: proceeding.key).contains(found.item.state)
            else { throw PlatformError(.notFound, "there is no contribution of that number") }
            guard isAuthor else { throw PlatformError(.forbidden, "only its author may withdraw a contribution") }
            if found.item.state == .withdrawn { return false }
            if !found.isProven(by: receipt) {
                try self.requireWindow(created: found.item.created, in: proceeding, at: time)
            }
            try precondition.require(found.item.version)
            try writer.setState(.withdrawn, of: .contribution(id), in: proceeding, now: time)
            let images = try writer.removeAttachments(of: .contribution(id), in: proceeding)
            try writer.touch(proceeding)
            return images > 0
        }
        if hadImages { try await purge(isUrgent: false) }
    }

    /// Whether a receipt proves authorship of a contribution or comment that still stands, in whatever state.
    public func isReceipt(_ receipt: String, of item: ItemReference, in proceeding: Proceeding, scope: Scope)
        async throws -> Bool
    {
        try await engine.read { connection in
            let reader = scope.reader(connection)
            switch item.kind {
            case .contribution:
                return try reader.authored(contribution: item.id, of: proceeding)?.isProven(by: receipt) ?? false
            case .comment:
                return try reader.authored(comment: item.id, on: item.root, of: proceeding)?
                    .isProven(by: receipt) ?? false
            case .conception: return false
            }
        }
    }
}
