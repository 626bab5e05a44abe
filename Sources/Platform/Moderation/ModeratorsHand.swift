public import Participation
public import Storage

extension Installation {
    /// Takes an item of somebody else out of sight, as a moderator who gives a reason.
    ///
    /// It is hidden and not withdrawn: that word is the author's alone, and what was hidden by mistake comes back.
    ///
    /// - Throws: ``PlatformError`` as ``moderate(_:_:of:scope:)``, `stale` when it is another version.
    public func takeDown(
        _ item: ItemReference, of proceeding: Proceeding, precondition: Precondition = .any, reason: ModerationReason,
        scope: Scope
    ) async throws {
        try require(.moderate, in: proceeding, scope: scope)
        let found = try await engine.read { try scope.reader($0).moderatedItem(item.id, of: proceeding) }
        guard let found, found.reference == item else {
            throw PlatformError(.notFound, "there is no such item in this proceeding")
        }
        try precondition.require(found.version)
        _ = try await moderate(
            [ModerationTarget(item.id, version: found.version, item: item)],
            ModerationDecision(.hide, reason: reason), of: proceeding, scope: scope)
    }

    /// What a moderator is told who changes words of others and gives no reason.
    static func wordsNeedReason(_ kind: ItemKind) -> PlatformError {
        PlatformError(
            .forbidden, "the words of a \(kind) are its author's",
            hint: "redact passages instead; a moderator who has to change them names a reason: "
                + ModerationReason.allCases.map(\.rawValue).joined(separator: ", "))
    }

    /// Why words were replaced: what a moderator takes out as personal data is kept no longer than what is redacted.
    static func cause(isOwn: Bool, _ reason: ModerationReason?) -> String {
        !isOwn && reason == .personalData ? "redacted" : "edited"
    }

    /// Notes that a moderator changed something of somebody else.
    static func noteChange(
        of item: ItemReference, in state: Contribution.State, reason: ModerationReason?, _ proceeding: Proceeding,
        _ writer: ScopedWriter, at time: Int64
    ) throws {
        try writer.record(
            ModerationEvent(
                action: "change", before: state, after: state, reason: reason?.rawValue, account: writer.account,
                created: time),
            on: item, in: proceeding)
        try writer.audit(
            "\(item.kind).change", item: item.path(in: proceeding), reason: reason?.rawValue, now: time)
    }
}
