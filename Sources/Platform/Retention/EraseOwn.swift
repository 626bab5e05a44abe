public import Participation
public import Storage

extension Installation {
    /// Removes what an author wrote, for good and at any time: for the participant who wrote it, or who holds the receipt.
    ///
    /// - Returns: whether an earlier request with the same key had done it.
    /// - Throws: ``PlatformError`` `notFound` when it is not there for the viewer, `forbidden` for others than the author.
    @discardableResult
    public func eraseOwn(
        _ item: ItemReference, of proceeding: Proceeding, receipt: String? = nil, scope: Scope,
        idempotency: IdempotencyKey? = nil
    ) async throws -> Bool {
        let time = now()
        let (_, isReplay) = try await once(
            idempotency, "\(proceeding.key)/\(item.kind)s/\(item.id)/erasure", scope: scope
        ) { _, _ in
            true
        } _: { writer, _ in
            let state = try Self.ownState(item, of: proceeding, receipt: receipt, writer.reader, scope)
            try writer.erase(item, in: proceeding, now: time)
            try writer.record(
                ModerationEvent(
                    action: ModerationAction.erase.rawValue, before: state, after: .erased,
                    reason: ModerationReason.request.rawValue, created: time),
                on: item, in: proceeding)
            try writer.audit(
                "\(item.kind).erase", item: item.path(in: proceeding),
                reason: ModerationReason.request.rawValue, byAuthor: true, now: time)
            try writer.touch(proceeding)
            return Done(value: true)
        }
        try await purge(isUrgent: false)
        return isReplay
    }

    /// The state of an item that is the viewer's own.
    private static func ownState(
        _ item: ItemReference, of proceeding: Proceeding, receipt: String?, _ reader: ScopedReader, _ scope: Scope
    ) throws -> Contribution.State {
        let state: Contribution.State?
        switch item.kind {
        case .comment:
            let found = try reader.authored(comment: item.id, on: item.root, of: proceeding)
            state = isAuthor(found?.item.author, of: found, receipt: receipt, scope: scope) ? found?.item.state : nil
        case .contribution:
            let found = try reader.authored(contribution: item.id, of: proceeding)
            state = isAuthor(found?.item.author, of: found, receipt: receipt, scope: scope) ? found?.item.state : nil
        case .conception: state = nil
        }
        if let state { return state }
        guard try reader.isThere(item, of: proceeding) else {
            throw PlatformError(.notFound, "there is no such item in this proceeding")
        }
        throw PlatformError(.forbidden, "only its author may erase it", hint: "send the receipt as Mitplan-Receipt")
    }
}
