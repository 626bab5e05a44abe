import ArgumentParser
import Storage

/// In which tenant something is changed.
struct ScopeOptions: ParsableArguments {
    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions

    /// Works on the data directory, and then says what was done.
    func with(_ body: (Session, Scope) async throws -> String) async throws {
        let done = try await Session.with(data) { session in
            try await body(session, try await session.scope(tenant))
        }
        if !data.quiet { Console.out(done) }
    }
}

/// In which tenant something is changed, and why.
struct ReasonOptions: ParsableArguments {
    @Option(help: "Why; written to the audit log.")
    var reason: String?

    @OptionGroup var scope: ScopeOptions

    /// Works on the data directory, and then says what was done.
    func with(_ body: (Session, Scope) async throws -> String) async throws { try await scope.with(body) }
}
