public import Participation
public import Storage

extension Installation {
    /// Why new texts are to be held back until a moderator has seen them; empty where they are shown at once.
    ///
    /// Those who moderate the proceeding are not held back.
    func holdingSigns(
        _ texts: [String?], in proceeding: Proceeding, scope: Scope
    ) async throws -> ModerationNeed.Signs {
        guard !scope.viewer.may(.moderate, in: proceeding.key) else { return [] }
        return try await engine.read {
            try Self.holdingSigns(texts, in: proceeding, reader: scope.reader($0), scope: scope)
        }
    }

    /// The same inside a transaction, with the settings and words of that moment.
    static func holdingSigns(
        _ texts: [String?], in proceeding: Proceeding, reader: ScopedReader, scope: Scope
    ) throws -> ModerationNeed.Signs {
        guard !scope.viewer.may(.moderate, in: proceeding.key) else { return [] }
        return ModerationNeed.Signs.holding(
            texts.compactMap { $0 }, policy: proceeding.settings.moderation,
            words: WordList(try reader.heldWords(of: nil) + reader.heldWords(of: proceeding)))
    }

    /// The words that hold texts back: with a proceeding its own, else those of the tenant.
    ///
    /// - Throws: ``PlatformError`` `forbidden` unless a moderator asks.
    public func heldWords(of proceeding: Proceeding?, scope: Scope) async throws -> [String] {
        try require(.moderate, in: proceeding, scope: scope)
        return try await engine.read { try scope.reader($0).heldWords(of: proceeding) }
    }

    /// Replaces the words that hold texts back.
    ///
    /// - Throws: ``PlatformError`` `forbidden` unless a moderator asks, `invalidInput` for words that are none.
    public func replaceHeldWords(_ words: [String], of proceeding: Proceeding?, scope: Scope) async throws {
        try require(.moderate, in: proceeding, scope: scope)
        var faults: [RuleViolation] = []
        if words.count > WordList.maximumCount {
            faults.append(
                RuleViolation(
                    pointer: "/words", code: "tooMany", detail: "at most \(WordList.maximumCount) words are allowed"))
        }
        let cleaned = words.map(TextRule.cleaned)
        for (index, word) in cleaned.enumerated() {
            faults += TextRule(length: 2...60).violations(in: word, at: "/words/\(index)")
            if WordList([word]).isEmpty {
                faults.append(
                    RuleViolation(
                        pointer: "/words/\(index)", code: "noWord", detail: "a word needs a letter or a digit"))
            }
        }
        guard faults.isEmpty else {
            throw PlatformError(.invalidInput, "the words break \(faults.count) rule(s)", violations: faults)
        }
        let time = now()
        try await engine.write { connection in
            let writer = scope.writer(connection)
            try writer.replaceHeldWords(cleaned, of: proceeding)
            try writer.audit("words.replace", item: proceeding.map { "proceedings/\($0.id)" }, now: time)
        }
    }
}
