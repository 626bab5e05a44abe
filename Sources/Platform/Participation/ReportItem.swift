public import Participation
public import Storage

extension Installation {
    /// Takes in a citizen's report of a contribution, a conception or a comment; moderators see it, nobody else.
    ///
    /// Reports are taken in every phase: what breaks the law does so too when the participation is over.
    ///
    /// - Returns: the number of the report, and whether an earlier request with the same key had made it.
    /// - Throws: ``PlatformError`` `notFound` when the thing is not there for the viewer, `invalidInput` for a text
    ///   that is too long or missing where the reason asks for one.
    public func report(
        _ report: NewReport, on item: ItemReference, of proceeding: Proceeding, scope: Scope,
        idempotency: IdempotencyKey? = nil
    ) async throws -> (id: Int64, isReplay: Bool) {
        let time = now()
        var report = report
        report.text = report.text.map(TextRule.cleaned).flatMap { $0.isEmpty ? nil : $0 }
        var faults: [RuleViolation] = []
        if let text = report.text { faults = TextRule(length: 0...1000).violations(in: text, at: "/text") }
        if report.reason == .other, report.text == nil {
            faults.append(RuleViolation(pointer: "/text", code: "required", detail: "say what is wrong"))
        }
        guard faults.isEmpty else {
            throw PlatformError(.invalidInput, "the report breaks \(faults.count) rule(s)", violations: faults)
        }
        let route = Self.idempotencyScope("\(proceeding.key)/\(item.kind.rawValue)/\(item.id)/reports", scope: scope)
        let checked = report
        return try await engine.write { connection in
            let writer = scope.writer(connection)
            guard try writer.reader.isThere(item, of: proceeding) else {
                throw PlatformError(.notFound, "there is no \(item.kind) of that number")
            }
            if let earlier = try Self.earlier(idempotency, route: route, writer: writer) { return (earlier.item, true) }
            let id = try writer.insert(checked, on: item, of: proceeding, now: time)
            try writer.noteNeed(of: item, in: proceeding, now: time)
            if let idempotency {
                try writer.remember(key: idempotency.name, scope: route, body: idempotency.body, item: id, now: time)
            }
            return (id, false)
        }
    }
}
