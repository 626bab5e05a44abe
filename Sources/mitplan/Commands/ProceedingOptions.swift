import ArgumentParser
import Participation
import Platform
import Storage

/// Which proceeding is meant.
struct ProceedingOptions: ParsableArguments {
    @Argument(help: ArgumentHelp("Identifier of the proceeding.", valueName: "proceeding"))
    var proceeding: String

    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions

    /// Works on the data directory with the proceeding and the scope.
    func with<Answer: Sendable>(
        _ body: (Session, Proceeding, Scope) async throws -> Answer
    ) async throws -> Answer {
        try await Session.with(data) { session in
            let (target, scope) = try await session.target(proceeding, tenant)
            return try await body(session, target, scope)
        }
    }
}

/// Which contribution or conception is meant, on which images hang.
struct AttachmentOptions: ParsableArguments {
    @OptionGroup var place: ProceedingOptions

    @Argument(help: ArgumentHelp("Number of the contribution or conception.", valueName: "item"))
    var item: Int64

    /// Works on the data directory with what images hang on.
    func with<Answer: Sendable>(
        _ body: (Session, CommentRoot, Proceeding, Scope) async throws -> Answer
    ) async throws -> Answer {
        try await place.with { session, target, scope in
            let root = try await session.installation.attachmentRoot(item, of: target, scope: scope)
            return try await body(session, root, target, scope)
        }
    }
}
