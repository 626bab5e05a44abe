public import Participation
public import Storage

extension Installation {
    /// Takes an image off a contribution or a conception, for good.
    ///
    /// Off a contribution its author may within the edit window, or at any time with the receipt, and a moderator with a
    /// reason; off a conception those who manage the proceeding.
    ///
    /// - Throws: ``PlatformError`` `notFound` when it is not there for the viewer, `forbidden` for others than the author
    ///   and after the window, `invalidInput` for a moderator without a reason.
    public func removeAttachment(
        _ id: Int64, of root: CommentRoot, in proceeding: Proceeding, reason: ModerationReason? = nil,
        receipt: String? = nil, scope: Scope
    ) async throws {
        let time = now()
        let request = AttachmentRequest(root: root, proceeding: proceeding, receipt: receipt, scope: scope, time: time)
        let isOwn = try await engine.write { connection in
            let writer = scope.writer(connection)
            let holder = try AttachmentHolder(removingFrom: request, self, writer.reader)
            let attachment = try holder.attachment(id)
            if !holder.isOwn {
                if root.kind == .contribution {
                    try writer.record(
                        ModerationEvent(
                            action: "removeAttachment", before: holder.state, after: holder.state,
                            reason: try Self.required(reason).rawValue, account: writer.account, created: time),
                        on: holder.item, in: proceeding)
                }
                try writer.audit(
                    "attachment.remove", item: attachment.path(in: proceeding), reason: reason?.rawValue, now: time)
            }
            _ = try writer.removeAttachment(id, of: holder.item, in: proceeding, now: time)
            try writer.touch(proceeding)
            return holder.isOwn
        }
        try await purge(isUrgent: !isOwn)
    }

    private static func required(_ reason: ModerationReason?) throws -> ModerationReason {
        if let reason { return reason }
        let words = ModerationReason.allCases.map(\.rawValue).joined(separator: ", ")
        throw PlatformError(
            .invalidInput, "a moderator says why an image is removed",
            violations: [RuleViolation(pointer: "/reason", code: "required", detail: "must be one of \(words)")])
    }
}
