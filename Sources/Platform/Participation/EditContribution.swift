public import GeoCore
public import Participation
public import Storage

/// A change of one member: left as it is, or set to a value or to nothing.
public enum MemberChange<Value: Sendable>: Sendable {
    case keep
    case set(Value?)

    /// The value after the change.
    func applied(to old: Value?) -> Value? {
        switch self {
        case .keep: old
        case .set(let value): value
        }
    }
}

/// What an author changes in a contribution; the members of a JSON merge patch (RFC 7396).
public struct ContributionChange: Sendable {
    /// New title.
    public var title: String?
    /// New text.
    public var text: String?
    /// Category, or none.
    public var category = MemberChange<String>.keep
    /// Type, or none.
    public var type = MemberChange<String>.keep
    /// Place, or none.
    public var geometry = MemberChange<Geometry>.keep
    /// New tags.
    public var tags: [String]?
    /// New keywords.
    public var pickedKeywords: [String]?

    /// Makes a change that changes nothing.
    public init() {}

    /// Whether the words stay as they are.
    var keepsWords: Bool { title == nil && text == nil }

    func applied(to old: Contribution) -> NewContribution {
        var draft = NewContribution(
            title: title ?? old.title, text: text ?? old.text, category: category.applied(to: old.category),
            type: type.applied(to: old.type), geometry: geometry.applied(to: old.geometry), language: old.language)
        (draft.tags, draft.pickedKeywords) = (tags ?? old.tags, pickedKeywords ?? old.pickedKeywords)
        return draft
    }
}

extension Installation {
    /// Changes a contribution: its author within the window of the proceeding, or a moderator, its words for a reason
    /// alone.
    ///
    /// - Returns: the contribution as it stands now.
    /// - Throws: ``PlatformError`` `notFound` when it is not there for the viewer, `forbidden` for others than the
    ///   author, after the window and when the phase is closed, `stale` when it is another version,
    ///   `invalidInput` with all rules broken.
    public func editContribution(
        _ id: Int64, _ change: ContributionChange, of proceeding: Proceeding, precondition: Precondition,
        receipt: String? = nil, reason: ModerationReason? = nil, scope: Scope
    ) async throws -> Contribution {
        let time = now()
        let found = try await engine.read { try scope.reader($0).authored(contribution: id, of: proceeding) }
        let (old, isAuthor) = try changeable(found, in: proceeding, receipt: receipt, scope: scope, at: time)
        guard isAuthor || change.keepsWords || reason != nil else { throw Self.wordsNeedReason(.contribution) }
        try precondition.require(old.version)
        let categories = try await categories(of: proceeding, scope: scope)
        let checked = try CheckedDraft(
            change.applied(to: old), in: proceeding, categories: categories, known: old)
        var wanted = old
        (wanted.title, wanted.text) = (checked.draft.title, checked.draft.text)
        (wanted.category, wanted.type) = (checked.draft.category, checked.draft.type)
        wanted.geometry = checked.draft.geometry
        wanted.quality = try await engine.read {
            try Self.quality(
                of: checked, by: old.author, known: old, in: proceeding, reader: scope.reader($0))
        }
        (wanted.tags, wanted.pickedKeywords) = (checked.draft.tags, checked.draft.pickedKeywords)
        guard wanted != old else { return old }
        wanted.changed = time
        if isAuthor { wanted.edited = time }
        let keepsWords = change.keepsWords && wanted.pickedKeywords == old.pickedKeywords
        let signs = keepsWords ? [] : try await holdingSigns(checked.words, in: proceeding, scope: scope)
        let cause = keepsWords ? "edited" : Self.cause(isOwn: isAuthor, reason)
        if !signs.isEmpty { wanted.state = .pending }
        let placed = PlacedContribution(wanted, point: checked.point)
        return try await engine.write { connection in
            let writer = scope.writer(connection)
            guard let current = try writer.reader.authored(contribution: id, of: proceeding)?.item,
                current.version == old.version
            else { throw PlatformError(.stale, "it was changed in the meantime") }
            var placed = placed
            (placed.contribution.votesUp, placed.contribution.votesDown) = (current.votesUp, current.votesDown)
            placed.contribution.commentCount = current.commentCount
            let stored = try writer.replace(
                current, with: placed, fingerprint: checked.fingerprint, cause: cause, in: proceeding)
            if !isAuthor {
                try Self.noteChange(
                    of: .contribution(id), in: stored.state, reason: reason, proceeding, writer, at: time)
            }
            if stored.pickedKeywords != current.pickedKeywords {
                try writer.keepPicked(stored.pickedKeywords, of: id, in: proceeding)
            }
            if !signs.isEmpty {
                try writer.noteNeed(of: .contribution(id), signs: signs, in: proceeding, now: time)
            }
            try writer.touch(proceeding)
            return stored
        }
    }

    /// A contribution that may be changed now, by its author or by a moderator, and whether it is the author who asks.
    ///
    /// - Throws: ``PlatformError`` `notFound` when it is not there for the viewer, `forbidden` for others than the
    ///   author, after the window and when the phase is closed.
    func changeable(
        _ found: Authored<Contribution>?, in proceeding: Proceeding, receipt: String?, scope: Scope, at time: Int64
    ) throws -> (item: Contribution, isAuthor: Bool) {
        let isAuthor = Self.isAuthor(found?.item.author, of: found, receipt: receipt, scope: scope)
        guard let item = found?.item, isAuthor || scope.viewer.visibleStates(in: proceeding.key).contains(item.state),
            item.state != .withdrawn
        else { throw PlatformError(.notFound, "there is no contribution of that number") }
        if isAuthor {
            try requireEditable(item.state, created: item.created, .contributions, in: proceeding, at: time)
        } else if !scope.viewer.may(.moderate, in: proceeding.key) {
            throw PlatformError(.forbidden, "only its author may change a contribution")
        }
        return (item, isAuthor)
    }

    /// Whether who asks is the author of an item: the same participant, or the holder of its receipt.
    static func isAuthor<Item>(
        _ author: String?, of item: Authored<Item>?, receipt: String?, scope: Scope
    ) -> Bool {
        guard let item else { return false }
        if let author, author == scope.viewer.participant { return true }
        return item.isProven(by: receipt)
    }

    /// Lets an author change an item: the phase is open, the window is not over, no moderator has taken it down.
    ///
    /// - Throws: ``PlatformError`` `forbidden`.
    func requireEditable(
        _ state: Contribution.State, created: Int64, _ activity: Activity, in proceeding: Proceeding, at time: Int64
    ) throws {
        guard state == .pending || state == .published else {
            throw PlatformError(.forbidden, "it was taken down by a moderator and stays as it is")
        }
        try requirePhase(activity, in: proceeding, at: time)
        try requireWindow(created: created, in: proceeding, at: time)
    }

    /// Lets those pass who come within the edit window.
    ///
    /// - Throws: ``PlatformError`` `forbidden`.
    func requireWindow(created: Int64, in proceeding: Proceeding, at time: Int64) throws {
        guard time < Self.editableUntil(created: created, in: proceeding) else {
            throw PlatformError(
                .forbidden, "the time for changes is over; it was \(proceeding.settings.editWindowMinutes) minutes")
        }
    }

    /// End of the edit window of an item, milliseconds since 1970.
    public static func editableUntil(created: Int64, in proceeding: Proceeding) -> Int64 {
        created &+ Int64(proceeding.settings.editWindowMinutes) * 60_000
    }
}
