import Foundation
import Participation
import Platform
import SQLiteEngine
import Storage

/// An opened data directory.
struct Session: Sendable {
    /// What the use cases hang on.
    let installation: Installation

    /// Opens the data directory, lets `body` work and closes it again, also after a failure.
    ///
    /// - Throws: ``CommandFailure`` when there is no data, or what `body` throws.
    static func with<Answer: Sendable>(
        _ data: DataOptions, _ body: (Session) async throws -> Answer
    ) async throws -> Answer {
        try data.directory.requireInitialised()
        let session = try open(data.directory)
        do {
            let answer = try await body(session)
            try? await session.installation.engine.close()
            return answer
        } catch {
            try? await session.installation.engine.close()
            throw error
        }
    }

    /// Opens the data directory; makes or migrates the database where needed.
    static func open(_ directory: DataDirectory) throws -> Session {
        let engine = try EmbeddedStore(path: directory.databasePath)
        return Session(
            installation: Installation(engine: engine, now: { Int64(Date().timeIntervalSince1970 * 1000) }))
    }

    /// The tenant that is meant, seen by the one who holds the data directory.
    ///
    /// - Throws: ``CommandFailure`` when there is none of that name.
    func scope(_ options: TenantOptions) async throws -> Scope { try await scope(tenant: options.tenant) }

    /// The tenant of an id, the default tenant for `nil`, seen by the one who holds the data directory.
    ///
    /// - Throws: ``CommandFailure`` when there is none of that name.
    func scope(tenant id: String?) async throws -> Scope {
        if let id {
            guard let tenant = try await installation.tenant(id) else {
                throw CommandFailure("there is no tenant \(id)", hint: "mitplan tenant list")
            }
            return Scope(tenant: tenant, viewer: try await installation.operatorViewer(of: tenant))
        }
        guard let tenant = try await installation.defaultTenant() else {
            throw CommandFailure("no default tenant", hint: "name one with --tenant")
        }
        return Scope(tenant: tenant, viewer: try await installation.operatorViewer(of: tenant))
    }

    /// The proceeding that is meant, with the scope to work on it.
    ///
    /// - Throws: ``CommandFailure`` when tenant or proceeding is not there.
    func target(_ proceeding: String, _ options: TenantOptions) async throws -> (Proceeding, Scope) {
        let scope = try await scope(options)
        do {
            return (try await installation.proceeding(proceeding, scope: scope), scope)
        } catch let error as PlatformError where error.code == .notFound {
            throw CommandFailure(
                "there is no proceeding \(proceeding) in tenant \(scope.tenant.id)", hint: "mitplan proceeding list")
        }
    }
}
