public import Participation
public import Storage

extension Installation {
    /// Takes in a comment; when it returns, the comment is on disk.
    ///
    /// - Returns: the comment, whether an earlier request with the same key had made it, and the receipt that proves
    ///   authorship.
    /// - Throws: ``PlatformError`` `notFound` when what it stands on is not there for the viewer, `forbidden` when the
    ///   phase is closed, `unauthenticated` where a participant is needed, `invalidInput` with all rules broken, a
    ///   parent that is not there among them.
    public func submitComment(
        _ draft: NewComment, on root: CommentRoot, of proceeding: Proceeding, scope: Scope,
        idempotency: IdempotencyKey? = nil
    ) async throws -> (comment: Comment, isReplay: Bool, receipt: String) {
        let time = now()
        try requireOpen(root.commenting, in: proceeding, at: time, scope: scope)
        let checked = try Self.checked(draft, in: proceeding)
        let told = try await holdingSigns([checked.subject, checked.text], in: proceeding, scope: scope)
            .union(signs(of: draft.form, in: proceeding, scope: scope))
        let new = Comment(
            on: root, parent: checked.parent, subject: checked.subject, text: checked.text, created: time,
            author: scope.viewer.participant)
        let route = Self.idempotencyScope("\(proceeding.key)/\(root.kind)s/\(root.id)/comments", scope: scope)
        return try await engine.write { connection in
            let writer = scope.writer(connection)
            guard try writer.reader.isThere(root, of: proceeding) else {
                throw PlatformError(.notFound, "there is no \(root.kind) of that number")
            }
            if let earlier = try Self.earlier(idempotency, route: route, writer: writer) {
                let stored = try writer.reader.authored(comment: earlier.item, on: root, of: proceeding)
                guard let stored else { throw PlatformError(.notFound, "what this Idempotency-Key had made is gone") }
                return (stored.item, true, Receipt(key: idempotency, salt: earlier.salt).text)
            }
            if let parent = new.parent,
                try !writer.reader.isReachable(comment: parent, on: root, of: proceeding)
            {
                throw PlatformError(
                    .invalidInput, "the comment to answer is not there",
                    violations: [RuleViolation(pointer: "/parent", code: "unknownParent", detail: "no such comment")])
            }
            let isRepeated = try Self.isRepeated(new, in: proceeding, reader: writer.reader, scope: scope)
            let signs = isRepeated ? told.union(.repeatedText) : told
            var comment = new
            comment.state = signs.isEmpty ? .published : .pending
            let receipt = Receipt(key: idempotency)
            let stored = try writer.insert(comment, receipt: receipt.digest, of: proceeding)
            if !signs.isEmpty {
                try writer.noteNeed(of: .comment(stored.id, on: root), signs: signs, in: proceeding, now: time)
            }
            if let idempotency {
                try writer.remember(
                    key: idempotency.name, scope: route, body: idempotency.body, salt: receipt.salt, item: stored.id,
                    now: time)
            }
            try writer.touch(proceeding)
            return (stored, false, receipt.text)
        }
    }

    /// How often somebody may say the same in comments before it looks like advertising: to agree in the same words on
    /// some contributions is nothing strange.
    private static let mostAgreements = 3

    private static func isRepeated(
        _ comment: Comment, in proceeding: Proceeding, reader: ScopedReader, scope: Scope
    ) throws -> Bool {
        guard let author = comment.author, !scope.viewer.may(.moderate, in: proceeding.key) else { return false }
        return try reader.sameComments(comment.text, of: author, in: proceeding, limit: mostAgreements)
            == mostAgreements
    }

    /// Fewest characters of a comment.
    static let shortestComment = 10

    /// The words of a comment, cleaned.
    ///
    /// - Parameter shortest: fewest characters; 1 for a text that stands already, such as one of an import.
    /// - Throws: ``PlatformError`` `invalidInput` with all rules broken.
    static func checked(
        _ draft: NewComment, shortest: Int = shortestComment, in proceeding: Proceeding
    ) throws -> NewComment {
        var draft = draft
        draft.text = TextRule.cleaned(draft.text)
        draft.subject = draft.subject.map(TextRule.cleaned)
        let length = TextRule(length: shortest...max(20, proceeding.settings.maximumTextLength))
        var faults = length.violations(in: draft.text, at: "/text")
        if let subject = draft.subject { faults += TextRule(length: 0...200).violations(in: subject, at: "/subject") }
        guard faults.isEmpty else {
            throw PlatformError(.invalidInput, "the comment breaks \(faults.count) rule(s)", violations: faults)
        }
        return draft
    }
}
