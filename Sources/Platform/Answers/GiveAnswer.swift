public import Participation
public import Storage

extension Installation {
    /// Gives one official answer to many contributions in one transaction: to all of them or none.
    ///
    /// - Parameter targets: numbers of contributions, 1 to 1,000.
    /// - Returns: the answers as stored, in the order of the contributions, and whether an earlier request with the same
    ///   key had given them.
    /// - Throws: ``PlatformError`` `forbidden` unless the proceeding is the viewer's to manage, `notFound` for a single
    ///   contribution that is not there, `invalidInput` with all rules broken.
    public func giveAnswer(
        _ draft: OfficialAnswer, to targets: [Int64], of proceeding: Proceeding, scope: Scope,
        idempotency: IdempotencyKey? = nil
    ) async throws -> (answers: [OfficialAnswer], isReplay: Bool) {
        try require(.manageProceeding, in: proceeding, scope: scope)
        var answer = draft
        answer.text = TextRule.cleaned(draft.text)
        answer.created = now()
        var faults = answer.violations
        if targets.isEmpty || targets.count > Self.mostTargets || Set(targets).count != targets.count {
            faults.append(
                RuleViolation(
                    pointer: "/contributions", code: "count",
                    detail: "name 1 to \(Self.mostTargets) contributions, each once"))
        }
        guard faults.isEmpty else {
            throw PlatformError(.invalidInput, "the answer breaks \(faults.count) rule(s)", violations: faults)
        }
        let checked = answer
        let route = Self.idempotencyScope("\(proceeding.key)/answers", scope: scope)
        return try await engine.write { connection in
            let writer = scope.writer(connection)
            if let earlier = try Self.earlier(idempotency, route: route, writer: writer) {
                return (try Self.answers(from: earlier.item, to: targets, of: proceeding, writer.reader), true)
            }
            let missing = try targets.indices.filter {
                try writer.reader.contribution(targets[$0], of: proceeding) == nil
            }
            guard missing.isEmpty else {
                if targets.count == 1 {
                    throw PlatformError(.notFound, "there is no contribution of that number")
                }
                throw PlatformError(
                    .invalidInput, "\(missing.count) of the contributions are not there; no answer was given",
                    violations: missing.map {
                        RuleViolation(
                            pointer: "/contributions/\($0)", code: "notFound",
                            detail: "there is no contribution \(targets[$0])")
                    })
            }
            let stored = try targets.map { id in
                var answer = checked
                answer.contribution = id
                try writer.audit(
                    "answer.give", item: ItemReference.contribution(id).path(in: proceeding),
                    reason: answer.status.name, now: answer.created)
                return try writer.insert(answer, of: proceeding)
            }
            if let first = stored.first {
                try writer.remember(idempotency, route: route, item: first.id, now: checked.created)
            }
            try writer.touch(proceeding)
            return (stored, false)
        }
    }

    /// The answers that one request had given: their numbers follow one another.
    private static func answers(
        from first: Int64, to targets: [Int64], of proceeding: Proceeding, _ reader: ScopedReader
    ) throws -> [OfficialAnswer] {
        try targets.enumerated().map { index, contribution in
            let found = try reader.answers(to: contribution, of: proceeding)?.first { $0.id == first + Int64(index) }
            guard let found else { throw PlatformError(.notFound, "what this Idempotency-Key had made is gone") }
            return found
        }
    }

    /// The official answers to a contribution, the oldest first.
    ///
    /// - Throws: ``PlatformError`` `notFound` when the contribution is not there for the viewer.
    public func answers(
        to contribution: Int64, of proceeding: Proceeding, scope: Scope
    ) async throws -> [OfficialAnswer] {
        let found = try await engine.read { try scope.reader($0).answers(to: contribution, of: proceeding) }
        guard let found else { throw PlatformError(.notFound, "there is no contribution of that number") }
        return found
    }
}
