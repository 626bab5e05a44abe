public import GeoCore
public import Participation
public import Storage

/// What a planner changes in a conception; the members of a JSON merge patch (RFC 7396).
public struct ConceptionChange: Sendable {
    /// New title.
    public var title: String?
    /// New text.
    public var text: String?
    /// Address of a picture, or none.
    public var image = MemberChange<String>.keep
    /// Place, or none.
    public var geometry = MemberChange<Geometry>.keep
    /// New place in lists.
    public var order: Int64?

    /// Makes a change that changes nothing.
    public init() {}

    func applied(to old: Conception) -> NewConception {
        NewConception(
            title: title ?? old.title, text: text ?? old.text, image: image.applied(to: old.image),
            geometry: geometry.applied(to: old.geometry), order: order ?? old.order)
    }
}

extension Installation {
    /// Takes in a planner's conception; when it returns, it is on disk.
    ///
    /// - Parameter isDraft: whether it waits, for moderators to see, until it is published.
    /// - Returns: the conception, and whether an earlier request with the same key had made it.
    /// - Throws: ``PlatformError`` `forbidden` unless the proceeding is the viewer's to manage, `invalidInput` with all
    ///   rules broken.
    public func addConception(
        _ draft: NewConception, isDraft: Bool = false, to proceeding: Proceeding, scope: Scope,
        idempotency: IdempotencyKey? = nil
    ) async throws -> (conception: Conception, isReplay: Bool) {
        try require(.manageProceeding, in: proceeding, scope: scope)
        let time = now()
        let checked = try Self.checked(draft)
        let conception = Conception(
            title: checked.title, text: checked.text, image: checked.image, geometry: checked.geometry,
            order: checked.order, state: isDraft ? .pending : .published, created: time)
        let (made, isReplay) = try await once(
            idempotency, "\(proceeding.key)/conceptions", scope: scope
        ) { earlier, reader in
            try reader.conception(earlier.item, of: proceeding)
        } _: { writer, _ in
            let stored = try writer.insert(conception, of: proceeding)
            try writer.audit(
                "conception.create", item: ItemReference.conception(stored.id).path(in: proceeding), now: time)
            try writer.touch(proceeding)
            return Done(value: stored, item: stored.id)
        }
        return (made, isReplay)
    }

    /// Changes a conception.
    ///
    /// - Returns: the conception as it stands now.
    /// - Throws: ``PlatformError`` `forbidden` unless the proceeding is the viewer's to manage, `notFound`, `stale`
    ///   when it is another version, `invalidInput` with all rules broken.
    public func changeConception(
        _ id: Int64, _ change: ConceptionChange, of proceeding: Proceeding, precondition: Precondition, scope: Scope
    ) async throws -> Conception {
        try require(.manageProceeding, in: proceeding, scope: scope)
        let time = now()
        let read = try await conception(id, of: proceeding, scope: scope)
        let checked = try Self.checked(change.applied(to: read), known: read)
        return try await engine.write { connection in
            let writer = scope.writer(connection)
            guard let old = try writer.reader.conception(id, of: proceeding) else { throw Self.noConception }
            try precondition.require(old.version)
            // What was merged with is what was read: a change in between would be lost without this.
            guard old.version == read.version else { throw PlatformError(.stale, "it was changed in the meantime") }
            var wanted = old
            (wanted.title, wanted.text, wanted.image) = (checked.title, checked.text, checked.image)
            (wanted.geometry, wanted.order) = (checked.geometry, checked.order)
            guard wanted != old else { return old }
            (wanted.changed, wanted.version) = (time, old.version + 1)
            try writer.replace(old, with: wanted, in: proceeding)
            try writer.audit("conception.change", item: ItemReference.conception(id).path(in: proceeding), now: time)
            try writer.touch(proceeding)
            return wanted
        }
    }

    /// Takes a conception back: it is gone for everybody, with its comments and images; moderators may erase it.
    ///
    /// - Throws: ``PlatformError`` `forbidden` unless the proceeding is the viewer's to manage, `notFound`, `stale`.
    public func withdrawConception(
        _ id: Int64, of proceeding: Proceeding, precondition: Precondition = .any, scope: Scope
    ) async throws {
        try require(.manageProceeding, in: proceeding, scope: scope)
        let time = now()
        let hadImages = try await engine.write { connection in
            let writer = scope.writer(connection)
            guard let old = try writer.reader.conception(id, of: proceeding) else { throw Self.noConception }
            try precondition.require(old.version)
            let item = ItemReference.conception(id)
            try writer.setState(.withdrawn, of: item, in: proceeding, now: time)
            let images = try writer.removeAttachments(of: item, in: proceeding)
            try writer.settle(item, in: proceeding, now: time)
            try writer.audit("conception.withdraw", item: item.path(in: proceeding), now: time)
            try writer.touch(proceeding)
            return images > 0
        }
        if hadImages { try await purge(isUrgent: false) }
    }

    /// The draft with its words cleaned; what stays as it is known may stand though it breaks a rule, as after an import
    /// or a redaction.
    ///
    /// - Throws: ``PlatformError`` `invalidInput` with all rules broken.
    private static func checked(_ draft: NewConception, known: Conception? = nil) throws -> NewConception {
        var draft = draft
        draft.title = TextRule.cleaned(draft.title)
        draft.text = TextRule.cleaned(draft.text)
        var faults = draft.violations
        if let known {
            let kept = [("title", draft.title == known.title), ("text", draft.text == known.text)]
            faults.removeAll { fault in kept.contains { $0.1 && fault.pointer == "/properties/\($0.0)" } }
        }
        if faults.isEmpty, let geometry = draft.geometry, geometry != known?.geometry,
            let reason = GeometryCheck.fault(geometry)
        {
            faults.append(RuleViolation(pointer: "/geometry", code: "invalidGeometry", detail: reason))
        }
        guard faults.isEmpty else {
            throw PlatformError(.invalidInput, "the conception breaks \(faults.count) rule(s)", violations: faults)
        }
        return draft
    }

    static var noConception: PlatformError { PlatformError(.notFound, "there is no conception of that number") }
}
