public import Participation
public import Storage

/// An item that a decision is about.
public struct ModerationTarget: Sendable, Hashable {
    /// Number of a contribution, conception or comment.
    public var id: Int64
    /// The version the moderator has seen; `nil` decides whatever it is.
    public var version: Int64?
    /// What the item must be, where the address says it.
    public var item: ItemReference?

    /// Names an item.
    public init(_ id: Int64, version: Int64? = nil, item: ItemReference? = nil) {
        self.id = id
        self.version = version
        self.item = item
    }

    /// Whether an item is what is meant.
    func means(_ found: ItemReference) -> Bool { item == nil || item == found }
}

extension Installation {
    /// Takes one decision on many items in one transaction: all of them or none.
    ///
    /// Counters of comments and the indexes of words and places follow in the same transaction.
    ///
    /// - Returns: the items after the decision, in the order given.
    /// - Throws: ``PlatformError`` `forbidden` unless a moderator asks, `notFound` for one item that is not there,
    ///   `stale` when one was changed since, `invalidInput` with every item the decision cannot be made on.
    public func moderate(
        _ targets: [ModerationTarget], _ decision: ModerationDecision, of proceeding: Proceeding, scope: Scope
    ) async throws -> [ModeratedItem] {
        try await moderate(targets, decision, of: proceeding, scope: scope, idempotency: nil).items
    }

    /// The same for a request with a key: the items as they are now where an earlier one has decided.
    public func moderate(
        _ targets: [ModerationTarget], _ decision: ModerationDecision, of proceeding: Proceeding, scope: Scope,
        idempotency: IdempotencyKey?
    ) async throws -> (items: [ModeratedItem], isReplay: Bool) {
        try require(.moderate, in: proceeding, scope: scope)
        var faults = decision.faults
        if targets.isEmpty || targets.count > Self.mostTargets {
            faults.append(
                RuleViolation(
                    pointer: "/items", code: "count", detail: "name 1 to \(Self.mostTargets) items"))
        }
        guard faults.isEmpty else {
            throw PlatformError(.invalidInput, "the decision breaks \(faults.count) rule(s)", violations: faults)
        }
        let time = now()
        // An item that the address names has keys of its own.
        let item = targets.first?.item.map { "/\($0.kind)s/\($0.id)" } ?? ""
        let (moderated, isReplay) = try await once(
            idempotency, "\(proceeding.key)\(item)/moderation", scope: scope
        ) { _, reader in
            let items = try targets.compactMap { try reader.moderatedItem($0.id, of: proceeding) }
            return items.isEmpty ? nil : items
        } _: { writer, _ in
            let items = try Self.items(targets, decision, of: proceeding, writer.reader)
            for item in items { try Self.apply(decision, to: item, in: proceeding, writer, at: time) }
            try writer.touch(proceeding)
            return Done(
                value: try items.map { item in
                    if let now = try writer.reader.moderatedItem(item.reference.id, of: proceeding) { return now }
                    var gone = item
                    gone.state = .erased
                    return gone
                })
        }
        // Also after a replay: the first request may have ended between its transaction and this.
        if decision.action == .erase { try await purge() }
        return (moderated, isReplay)
    }

    /// Most items of one decision.
    static let mostTargets = 1000

    /// Finds the items and holds the decision against each of them.
    private static func items(
        _ targets: [ModerationTarget], _ decision: ModerationDecision, of proceeding: Proceeding,
        _ reader: ScopedReader
    ) throws -> [ModeratedItem] {
        var items: [ModeratedItem] = []
        var faults: [RuleViolation] = []
        var isStale = false
        var seen: Set<Int64> = []
        for (index, target) in targets.enumerated() {
            func refuse(_ code: String, _ detail: String) {
                faults.append(
                    RuleViolation(
                        pointer: targets.count > 1 ? "/items/\(index)" : "", code: code,
                        detail: targets.count > 1 ? "\(target.id): \(detail)" : detail))
            }
            var found = try reader.moderatedItem(target.id, of: proceeding)
            // Of a comment that an import took off, earlier texts are all there is to erase.
            if found == nil, decision.action == .erase { found = try reader.removedComment(target.id, of: proceeding) }
            guard let item = found, target.means(item.reference) else {
                if targets.count == 1 { throw PlatformError(.notFound, "there is no such item in this proceeding") }
                refuse("notFound", "there is no such item in this proceeding")
                continue
            }
            guard seen.insert(target.id).inserted else {
                refuse("repeated", "the item is named twice")
                continue
            }
            if let version = target.version, version != item.version {
                isStale = true
                refuse("stale", "it is version \(item.version) now, not \(version)")
            } else if let refusal = decision.refusal(in: item.state) {
                refuse(refusal.code, refusal.detail)
            } else {
                items.append(item)
            }
        }
        guard faults.isEmpty else {
            throw PlatformError(
                isStale ? .stale : .invalidInput,
                "\(faults.count) of \(targets.count) item(s) cannot be \(decision.action.done); nothing was changed",
                violations: faults)
        }
        return items
    }

    private static func apply(
        _ decision: ModerationDecision, to item: ModeratedItem, in proceeding: Proceeding, _ writer: ScopedWriter,
        at time: Int64
    ) throws {
        var after = item.state
        switch decision.action {
        case .publish, .hide, .reject:
            after = decision.action.target ?? item.state
            try writer.setState(after, of: item.reference, in: proceeding, now: time)
            try writer.settle(item.reference, in: proceeding, now: time)
        case .redact:
            try redact(item, decision.passages, in: proceeding, writer, at: time)
        case .erase:
            after = .erased
            try writer.erase(item.reference, in: proceeding, now: time)
        }
        try writer.record(
            ModerationEvent(
                action: decision.action.rawValue, before: item.state, after: after, reason: decision.reason?.rawValue,
                note: decision.action == .erase ? nil : decision.note, account: writer.account, created: time),
            on: item.reference, in: proceeding)
        try writer.audit(
            "\(item.reference.kind).\(decision.action.rawValue)", item: item.reference.path(in: proceeding),
            reason: decision.reason?.rawValue, now: time)
    }

    private static func redact(
        _ item: ModeratedItem, _ passages: [String], in proceeding: Proceeding, _ writer: ScopedWriter, at time: Int64
    ) throws {
        var title = item.title
        var text = item.text
        let isContribution = item.reference.kind == .contribution
        let stored = isContribution ? try writer.reader.contributionInAnyState(item.reference.id, of: proceeding) : nil
        let (picked, suggested) = (stored?.pickedKeywords ?? [], stored?.suggestedKeywords ?? [])
        // A keyword of which something is personal data says nothing without it.
        let isTaken: (String) -> Bool
        if passages.isEmpty {
            isTaken = { !PersonalData.findings(in: $0).isEmpty }
            title = title.map { Redaction.redacting(PersonalData.findings(in: $0), in: $0) }
            text = Redaction.redacting(PersonalData.findings(in: text), in: text)
        } else {
            let inTitle = Redaction.redacting(passages, in: title ?? "")
            let inText = Redaction.redacting(passages, in: text)
            let sought = passages.filter { !$0.isEmpty }
            isTaken = { keyword in sought.contains { keyword.contains($0) } }
            let missing = Set(inTitle.missing).intersection(inText.missing).filter { passage in
                !picked.contains { $0.contains(passage) } && !suggested.contains { $0.contains(passage) }
            }
            guard missing.isEmpty else {
                throw PlatformError(
                    .invalidInput, "\(missing.count) passage(s) do not occur in item \(item.reference.id)",
                    violations: passages.indices.filter { missing.contains(passages[$0]) }.map {
                        RuleViolation(pointer: "/passages/\($0)", code: "missing", detail: "does not occur in the text")
                    })
            }
            title = title == nil ? nil : inTitle.text
            text = inText.text
        }
        let (kept, keptOthers) = (picked.filter { !isTaken($0) }, suggested.filter { !isTaken($0) })
        let hasKeywords = kept != picked || keptOthers != suggested
        guard title != item.title || text != item.text || hasKeywords else {
            throw PlatformError(
                .invalidInput, "nothing in item \(item.reference.id) looks like personal data",
                hint: "name the passages to take out")
        }
        try writer.rewriteText(
            of: item.reference, title: title, text: text, cause: "redacted", in: proceeding, now: time)
        if hasKeywords {
            try writer.keepPicked(
                kept, suggested: keptOthers == suggested ? nil : keptOthers, of: item.reference.id, in: proceeding)
        }
        // What was seen is settled; what is held back goes on waiting for its publication.
        try writer.settle(item.reference, in: proceeding, now: time)
        if item.state == .pending {
            try writer.noteNeed(of: item.reference, signs: .beforehand, in: proceeding, now: item.waitsSince ?? time)
        }
    }
}

extension ItemReference {
    /// The item in the words of audit events: ids, never content.
    func path(in proceeding: Proceeding) -> String {
        let place = "proceedings/\(proceeding.id)/\(root.kind)s/\(root.id)"
        return kind == .comment ? "\(place)/comments/\(id)" : place
    }
}
