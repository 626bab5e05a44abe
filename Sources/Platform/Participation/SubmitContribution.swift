public import Participation
public import Storage

/// The key under which a client may send the same request again.
public struct IdempotencyKey: Sendable, Hashable {
    /// 1 to 255 visible ASCII characters.
    public var key: String
    /// A digest of the body.
    public var body: [UInt8]

    /// Makes a key; the text is checked.
    ///
    /// - Throws: ``PlatformError`` `badRequest`.
    public init(key: String, body: [UInt8]) throws {
        guard (1...255).contains(key.utf8.count), key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw PlatformError(.badRequest, "Idempotency-Key must be 1 to 255 visible ASCII characters")
        }
        self.key = key
        self.body = body
    }
}

extension Installation {
    /// Takes in a citizen's contribution; when it returns, the contribution is on disk.
    ///
    /// - Returns: the contribution, and whether an earlier request with the same key had made it.
    /// - Throws: ``PlatformError`` `forbidden` when the phase is closed, `invalidInput` with all rules broken.
    public func submitContribution(
        _ draft: NewContribution, to proceeding: Proceeding, scope: Scope, idempotency: IdempotencyKey? = nil
    ) async throws -> (contribution: Contribution, isReplay: Bool) {
        let time = now()
        try requireOpen(.contributions, in: proceeding, at: time, scope: scope)
        let categories = try await categories(of: proceeding, scope: scope)
        var draft = draft
        draft.title = TextRule.cleaned(draft.title)
        draft.text = TextRule.cleaned(draft.text)
        var faults = ContributionRule(settings: proceeding.settings, categories: categories).violations(in: draft)
        if faults.isEmpty, let geometry = draft.geometry, let reason = GeometryCheck.fault(geometry) {
            faults.append(RuleViolation(pointer: "/geometry", code: "invalidGeometry", detail: reason))
        }
        let place = faults.isEmpty ? GeometryCheck.place(of: draft.geometry, in: AreaTest(proceeding.area)) : nil
        if let place, proceeding.settings.outsideArea == .reject, draft.geometry != nil,
            place.quality != .inside, place.quality != .nearby
        {
            let hint = place.quality == .suspect ? "; are longitude and latitude swapped?" : ""
            faults.append(
                RuleViolation(
                    pointer: "/geometry", code: "outsideArea",
                    detail: "the place lies outside the area of the proceeding\(hint)"))
        }
        guard faults.isEmpty, let place else {
            throw PlatformError(.invalidInput, "the contribution breaks \(faults.count) rule(s)", violations: faults)
        }
        let signs = try await holdingSigns([draft.title, draft.text], in: proceeding, scope: scope)
        let contribution = Contribution(
            title: draft.title, text: draft.text, category: draft.category, type: draft.type,
            geometry: draft.geometry, quality: place.quality, state: signs.isEmpty ? .published : .pending,
            created: time, author: scope.viewer.participant)
        let route = "\(proceeding.key)/contributions"
        return try await engine.write { connection in
            let writer = scope.writer(connection)
            if let idempotency,
                let earlier = try writer.replay(key: idempotency.key, scope: route, body: idempotency.body)
            {
                // Who sends the same body again made it: they may see it while it is held.
                guard earlier.sameBody,
                    let stored = try writer.reader.contributionInAnyState(earlier.item, of: proceeding)
                else {
                    throw PlatformError(.invalidInput, "this Idempotency-Key was used for another request")
                }
                return (stored, true)
            }
            var stored = contribution
            stored.id = try writer.insert([PlacedContribution(contribution, point: place.point)], into: proceeding)[0]
            if !signs.isEmpty {
                try writer.noteNeed(of: .contribution(stored.id), signs: signs, in: proceeding, now: time)
            }
            if let idempotency {
                try writer.remember(
                    key: idempotency.key, scope: route, body: idempotency.body, item: stored.id, now: time)
            }
            try writer.touch(proceeding)
            return (stored, false)
        }
    }

    /// Takes in a comment; when it returns, the comment is on disk.
    ///
    /// - Returns: the comment, and whether an earlier request with the same key had made it.
    /// - Throws: ``PlatformError`` `notFound` when contribution or parent are not there for the viewer, `forbidden`
    ///   when the phase is closed, `invalidInput` with all rules broken.
    public func submitComment(
        _ draft: NewComment, on contribution: Int64, of proceeding: Proceeding, scope: Scope,
        idempotency: IdempotencyKey? = nil
    ) async throws -> (comment: Comment, isReplay: Bool) {
        let time = now()
        try requireOpen(.comments, in: proceeding, at: time, scope: scope)
        let text = TextRule.cleaned(draft.text)
        var faults = TextRule(length: 1...max(20, proceeding.settings.maximumTextLength)).violations(
            in: text, at: "/text")
        if let subject = draft.subject { faults += TextRule(length: 0...200).violations(in: subject, at: "/subject") }
        guard faults.isEmpty else {
            throw PlatformError(.invalidInput, "the comment breaks \(faults.count) rule(s)", violations: faults)
        }
        let subject = draft.subject.map(TextRule.cleaned)
        let signs = try await holdingSigns([subject, text], in: proceeding, scope: scope)
        let comment = Comment(
            contribution: contribution, parent: draft.parent, subject: subject, text: text,
            state: signs.isEmpty ? .published : .pending, created: time, author: scope.viewer.participant)
        let route = "\(proceeding.key)/contributions/\(contribution)/comments"
        return try await engine.write { connection in
            let writer = scope.writer(connection)
            guard try writer.reader.contribution(contribution, of: proceeding) != nil else {
                throw PlatformError(.notFound, "there is no contribution of that number")
            }
            if let idempotency,
                let earlier = try writer.replay(key: idempotency.key, scope: route, body: idempotency.body)
            {
                guard earlier.sameBody,
                    let stored = try writer.reader.commentInAnyState(earlier.item, on: contribution, of: proceeding)
                else { throw PlatformError(.invalidInput, "this Idempotency-Key was used for another request") }
                return (stored, true)
            }
            if let parent = comment.parent,
                try !writer.reader.isReachable(comment: parent, on: contribution, of: proceeding)
            {
                throw PlatformError(
                    .invalidInput, "the comment to answer is not there",
                    violations: [RuleViolation(pointer: "/parent", code: "unknownParent", detail: "no such comment")])
            }
            let stored = try writer.insert(comment, of: proceeding)
            if !signs.isEmpty {
                try writer.noteNeed(
                    of: .comment(stored.id, on: contribution), signs: signs, in: proceeding, now: time)
            }
            if let idempotency {
                try writer.remember(
                    key: idempotency.key, scope: route, body: idempotency.body, item: stored.id, now: time)
            }
            try writer.touch(proceeding)
            return (stored, false)
        }
    }
}
