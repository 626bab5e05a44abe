public import Participation
public import Storage

extension Installation {
    /// Takes an image off a contribution, for good: its author within the edit window, or at any time with the receipt; a
    /// moderator with a reason.
    ///
    /// - Throws: ``PlatformError`` `notFound` when it is not there for the viewer, `forbidden` for others than the author
    ///   and after the window, `invalidInput` for a moderator without a reason.
    public func removeAttachment(
        _ id: Int64, of contribution: Int64, in proceeding: Proceeding, reason: ModerationReason? = nil,
        receipt: String? = nil, scope: Scope
    ) async throws {
        let time = now()
        let item = ItemReference.contribution(contribution)
        let isAuthor = try await engine.write { connection in
            let writer = scope.writer(connection)
            let found = try writer.reader.authored(contribution: contribution, of: proceeding)
            let isAuthor = Self.isAuthor(found?.item.author, of: found, receipt: receipt, scope: scope)
            guard let found, isAuthor || scope.viewer.visibleStates(in: proceeding.key).contains(found.item.state),
                let attachment = found.item.attachments.first(where: { $0.id == id })
            else { throw PlatformError(.notFound, "there is no image of that number") }
            if isAuthor {
                if !found.isProven(by: receipt) {
                    try self.requireWindow(created: found.item.created, in: proceeding, at: time)
                }
            } else {
                guard scope.viewer.may(.moderate, in: proceeding.key) else {
                    throw PlatformError(.forbidden, "only its author may remove an image")
                }
                let reason = try Self.required(reason)
                try writer.record(
                    ModerationEvent(
                        action: "removeAttachment", before: found.item.state, after: found.item.state,
                        reason: reason.rawValue, account: writer.account, created: time),
                    on: item, in: proceeding)
                try writer.audit(
                    "attachment.remove", item: attachment.path(in: proceeding), reason: reason.rawValue, now: time)
            }
            _ = try writer.removeAttachment(id, of: item, in: proceeding, now: time)
            try writer.touch(proceeding)
            return isAuthor
        }
        try await purge(isUrgent: !isAuthor)
    }

    private static func required(_ reason: ModerationReason?) throws -> ModerationReason {
        if let reason { return reason }
        let words = ModerationReason.allCases.map(\.rawValue).joined(separator: ", ")
        throw PlatformError(
            .invalidInput, "a moderator says why an image is removed",
            violations: [RuleViolation(pointer: "/reason", code: "required", detail: "must be one of \(words)")])
    }
}
