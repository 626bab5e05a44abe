public import Participation
public import Storage

/// What an author changes in a comment; the members of a JSON merge patch (RFC 7396).
public struct CommentChange: Sendable {
    /// Subject line, or none.
    public var subject = MemberChange<String>.keep
    /// New text.
    public var text: String?

    /// Makes a change that changes nothing.
    public init() {}

    /// The subject line where it changes.
    var newSubject: String? { subject.applied(to: nil) }
}

extension Installation {
    /// One comment: visible to the viewer with all above it, or the viewer's own in whatever state.
    ///
    /// - Throws: ``PlatformError`` `notFound`.
    public func comment(
        _ id: Int64, on root: CommentRoot, of proceeding: Proceeding, receipt: String? = nil, scope: Scope
    ) async throws -> (comment: Comment, isOwn: Bool) {
        try await engine.read { connection in
            let found = try Self.comment(
                id, on: root, of: proceeding, receipt: receipt, reader: scope.reader(connection), scope: scope)
            return (found.authored.item, found.isOwn)
        }
    }

    /// Changes the words of a comment: its author within the edit window and while the phase is open, or a moderator for
    /// a reason.
    ///
    /// - Returns: the comment as it stands now.
    /// - Throws: ``PlatformError`` as for contributions.
    public func editComment(
        _ id: Int64, _ change: CommentChange, on root: CommentRoot, of proceeding: Proceeding,
        precondition: Precondition, receipt: String? = nil, reason: ModerationReason? = nil, scope: Scope
    ) async throws -> Comment {
        let time = now()
        let signs = try await holdingSigns([change.text, change.newSubject], in: proceeding, scope: scope)
        return try await engine.write { connection in
            let writer = scope.writer(connection)
            let found = try Self.comment(
                id, on: root, of: proceeding, receipt: receipt, reader: writer.reader, scope: scope)
            let old = found.authored.item
            guard old.state != .withdrawn else {
                throw PlatformError(.notFound, "there is no comment of that number")
            }
            if found.isOwn {
                try self.requireEditable(old.state, created: old.created, root.commenting, in: proceeding, at: time)
            } else {
                guard scope.viewer.may(.moderate, in: proceeding.key) else {
                    throw PlatformError(.forbidden, "only its author may change a comment")
                }
                guard reason != nil else { throw Self.wordsNeedReason(.comment) }
            }
            try precondition.require(old.version)
            let draft = try Self.checked(
                NewComment(subject: change.subject.applied(to: old.subject), text: change.text ?? old.text),
                shortest: change.text == nil ? 1 : Self.shortestComment, in: proceeding)
            guard draft.text != old.text || draft.subject != old.subject else { return old }
            var wanted = old
            (wanted.subject, wanted.text) = (draft.subject, draft.text)
            if !signs.isEmpty { wanted.state = .pending }
            (wanted.changed, wanted.version) = (time, old.version + 1)
            if found.isOwn { wanted.edited = time }
            let cause = Self.cause(isOwn: found.isOwn, reason)
            if cause == "redacted" { wanted.isRedacted = true }
            try writer.replace(old, with: wanted, cause: cause, in: proceeding)
            if !found.isOwn {
                try Self.noteChange(
                    of: .comment(id, on: root), in: wanted.state, reason: reason, proceeding, writer, at: time)
            }
            if !signs.isEmpty {
                try writer.noteNeed(of: .comment(id, on: root), signs: signs, in: proceeding, now: time)
            }
            try writer.touch(proceeding)
            return wanted
        }
    }

    /// Takes a comment back: its author within the edit window, or at any time with the receipt.
    ///
    /// The answers below it are no longer shown.
    ///
    /// - Throws: ``PlatformError`` as for contributions.
    public func withdrawComment(
        _ id: Int64, on root: CommentRoot, of proceeding: Proceeding, precondition: Precondition = .any,
        receipt: String? = nil, scope: Scope
    ) async throws {
        let time = now()
        try await engine.write { connection in
            let writer = scope.writer(connection)
            let found = try Self.comment(
                id, on: root, of: proceeding, receipt: receipt, reader: writer.reader, scope: scope)
            guard found.isOwn else { throw PlatformError(.forbidden, "only its author may withdraw a comment") }
            let old = found.authored.item
            if old.state == .withdrawn { return }
            if !found.authored.isProven(by: receipt) {
                try self.requireWindow(created: old.created, in: proceeding, at: time)
            }
            try precondition.require(old.version)
            try writer.setState(.withdrawn, of: .comment(id, on: root), in: proceeding, now: time)
            try writer.touch(proceeding)
        }
    }

    private static func comment(
        _ id: Int64, on root: CommentRoot, of proceeding: Proceeding, receipt: String?, reader: ScopedReader,
        scope: Scope
    ) throws -> (authored: Authored<Comment>, isOwn: Bool) {
        let found = try reader.authored(comment: id, on: root, of: proceeding)
        let isOwn = isAuthor(found?.item.author, of: found, receipt: receipt, scope: scope)
        if let found {
            if isOwn { return (found, true) }
            if try reader.isThere(root, of: proceeding),
                try reader.isReachable(comment: id, on: root, of: proceeding)
            {
                return (found, false)
            }
        }
        throw PlatformError(.notFound, "there is no comment of that number")
    }
}
