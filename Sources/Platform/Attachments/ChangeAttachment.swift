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
    /// Its author may within the window of the proceeding, and a moderator. The old words are kept for moderators. Where
    /// texts are held back, the contribution waits again.
    ///
    /// - Parameter precondition: which version of the contribution the change is meant for.
    /// - Returns: the image as it stands now, and the version of its contribution.
    /// - Throws: ``PlatformError`` `notFound` when it is not there for the viewer, `forbidden` for others than the
    ///   author, after the window and when the phase is closed, `stale`, `invalidInput` with all rules broken.
    public func changeAttachment(
        _ id: Int64, _ change: AttachmentChange, of contribution: Int64, in proceeding: Proceeding,
        precondition: Precondition, receipt: String? = nil, scope: Scope
    ) async throws -> (attachment: Attachment, version: Int64) {
        let time = now()
        let item = ItemReference.contribution(contribution)
        let signs = try await holdingSigns([change.alt, change.credit.applied(to: nil)], in: proceeding, scope: scope)
        return try await engine.write { connection in
            let writer = scope.writer(connection)
            let found = try writer.reader.authored(contribution: contribution, of: proceeding)
            let (target, isAuthor) = try self.changeable(
                found, in: proceeding, receipt: receipt, scope: scope, at: time)
            guard let old = target.attachments.first(where: { $0.id == id }) else {
                throw PlatformError(.notFound, "there is no image of that number")
            }
            try precondition.require(target.version)
            let draft = try Self.cleaned(change.applied(to: old))
            var wanted = old
            (wanted.alt, wanted.credit) = (draft.alt, draft.credit)
            guard wanted != old else { return (old, target.version) }
            try writer.replace(old, with: wanted, version: target.version, in: proceeding, now: time)
            if !signs.isEmpty {
                if target.state == .published { try writer.setState(.pending, of: item, in: proceeding, now: time) }
                try writer.noteNeed(of: item, signs: signs, in: proceeding, now: time)
            }
            if !isAuthor { try writer.audit("attachment.change", item: wanted.path(in: proceeding), now: time) }
            try writer.touch(proceeding)
            let version = try writer.reader.authored(contribution: contribution, of: proceeding)?.item.version
            return (wanted, version ?? target.version)
        }
    }
}
