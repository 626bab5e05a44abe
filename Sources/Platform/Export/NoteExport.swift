import Participation
import Storage

extension Installation {
    /// Writes to the audit log that staff takes contributions out of a proceeding, and in which form; nothing for the
    /// public, whom nobody follows.
    func noteExport(_ form: String, of proceeding: Proceeding, scope: Scope) async throws {
        guard !scope.viewer.grants.isEmpty else { return }
        let time = now()
        try await engine.write {
            try scope.writer($0).audit(
                "contributions.export", item: "proceedings/\(proceeding.id)", reason: form, now: time)
        }
    }
}
