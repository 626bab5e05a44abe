import Participation
public import Storage

extension Installation {
    /// Writes to the audit log that a network sent so many wrong credentials that it has to wait now; never which.
    public func noteCredentialBurst(scope: Scope) async throws {
        let time = now()
        try await engine.write { try scope.writer($0).audit("credentials.burst", now: time) }
    }
}
