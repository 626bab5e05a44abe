public import Participation
public import Storage

/// What is to be changed of what is said of an image; the members of a JSON merge patch (RFC 7396).
public struct AttachmentChange: Sendable {
    /// What is to be seen on it.
    public var alt: String?
    /// Who made it, or nobody who is named.
    public var credit = MemberChange<String>.keep

    /// Makes a change that changes nothing.
    public init() {}

    func applied(to old: Attachment) -> NewAttachment {
        NewAttachment(alt: alt ?? old.alt, credit: credit.applied(to: old.credit))
    }
}

extension Installation {
    /// Changes what is said of an image; its picture stays.
    ///
    /// On a contribution its author may within the window of the proceeding, and a moderator; on a conception those who
    /// manage the proceeding. The old words are kept for moderators. Where texts are held back, the contribution waits
    /// again.
    ///
    /// - Parameter precondition: which version of what the image hangs on the change is meant for.
    /// - Returns: the image as it stands now, and the version of what it hangs on.
    /// - Throws: ``PlatformError`` `notFound` when it is not there for the viewer, `forbidden` for others than the
    ///   author, after the window and when the phase is closed, `stale`, `invalidInput` with all rules broken.
    public func changeAttachment(
        _ id: Int64, _ change: AttachmentChange, of root: CommentRoot, in proceeding: Proceeding,
        precondition: Precondition, receipt: String? = nil, scope: Scope
    ) async throws -> (attachment: Attachment, version: Int64) {
        let time = now()
        let signs = try await holdingSigns([change.alt, change.credit.applied(to: nil)], in: proceeding, scope: scope)
        let request = AttachmentRequest(root: root, proceeding: proceeding, receipt: receipt, scope: scope, time: time)
        return try await engine.write { connection in
            let writer = scope.writer(connection)
            let holder = try AttachmentHolder(changing: request, self, writer.reader)
            let old = try holder.attachment(id)
            try precondition.require(holder.version)
            let draft = try Self.cleaned(change.applied(to: old))
            var wanted = old
            (wanted.alt, wanted.credit) = (draft.alt, draft.credit)
            guard wanted != old else { return (old, holder.version) }
            try writer.replace(old, with: wanted, version: holder.version, in: proceeding, now: time)
            try Self.hold(holder, signs, in: proceeding, writer, at: time)
            if !holder.isOwn { try writer.audit("attachment.change", item: wanted.path(in: proceeding), now: time) }
            try writer.touch(proceeding)
            return (wanted, try Self.images(request, writer.reader).version)
        }
    }
}
