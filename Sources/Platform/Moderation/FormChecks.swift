import Participation
public import Storage

extension Installation {
    /// A token that tells when a form was opened, to be sent with what was written.
    ///
    /// - Throws: `StorageError` when the tenant's first key cannot be stored.
    public func formToken(scope: Scope) async throws -> String {
        FormToken.text(signedWith: try await participantKey(scope: scope).secret, now: now())
    }

    /// What the fields of a form tell of who sent it: a trap that was filled in, and less time than people need.
    ///
    /// A form without a token is no sign: programs that are none need not ask for one.
    func signs(of form: FormSigns, in proceeding: Proceeding, scope: Scope) async throws -> ModerationNeed.Signs {
        guard !scope.viewer.may(.moderate, in: proceeding.key) else { return [] }
        var signs: ModerationNeed.Signs = []
        if let trap = form.trap, !trap.isEmpty { signs.insert(.trap) }
        if let token = form.token {
            let secret = try await participantKey(scope: scope).secret
            if !FormToken.isPlausible(token, secret: secret, now: now()) { signs.insert(.haste) }
        }
        return signs
    }
}
