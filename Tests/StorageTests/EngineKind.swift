import GeoCore
import Participation
import SQLiteEngine
import Storage
import TestSupport

/// The engines that the contract holds for.
enum EngineKind: String, CaseIterable, Sendable {
    case sqlite

    /// Opens a store in a folder; again for the same one.
    func open(in directory: TemporaryDirectory) throws -> any SQLEngine {
        switch self {
        case .sqlite: try EmbeddedStore(path: directory.path("store.sqlite"))
        }
    }
}

/// A store with one tenant and one proceeding.
struct SampleStore {
    let directory: TemporaryDirectory
    let engine: any SQLEngine
    let tenant: Tenant
    let proceeding: Proceeding

    var staff: Scope { Scope(tenant: tenant, viewer: .staff) }
    var anybody: Scope { Scope(tenant: tenant, viewer: .anonymous) }

    static func make(_ kind: EngineKind) async throws -> SampleStore {
        let directory = try TemporaryDirectory()
        let engine = try kind.open(in: directory)
        let (tenant, proceeding) = try await engine.write { connection throws in
            let tenant = try TenantDirectory(connection).add(Tenant(id: "musterstadt", name: "Musterstadt"))
            let proceeding = try Scope(tenant: tenant, viewer: .staff).writer(connection)
                .add(Proceeding(tenant: tenant.id, id: "radwege", name: "Radwege"))
            return (tenant, proceeding)
        }
        return SampleStore(directory: directory, engine: engine, tenant: tenant, proceeding: proceeding)
    }

    /// Stores contributions and returns their numbers.
    @discardableResult
    func add(_ contributions: [Contribution]) async throws -> [Int64] {
        let (scope, proceeding) = (staff, proceeding)
        return try await engine.write { connection throws in
            let placed = contributions.map { PlacedContribution($0, point: $0.geometry?.boundingBox?.center) }
            return try scope.writer(connection).insert(placed, into: proceeding)
        }
    }

    /// One page as the viewer sees it.
    func page(
        _ scope: Scope, _ filter: ContributionFilter = ContributionFilter(), limit: Int = 1000, after: Cursor? = nil
    ) async throws -> Page<Contribution> {
        let proceeding = proceeding
        return try await engine.read {
            try scope.reader($0).contributions(of: proceeding, filter: filter, limit: limit, after: after)
        }
    }
}

/// A contribution at a place, by default a published point in the middle of Hamburg.
func contribution(
    _ title: String = "Mehr Bänke am Ufer", x: Double = 10, y: Double = 53.5, created: Int64 = 1_700_000_000_000,
    state: Contribution.State = .published, externalID: String? = nil, category: String? = nil
) -> Contribution {
    Contribution(
        title: title, text: "Ein Text über \(title)", category: category, geometry: .point(Position(x, y)),
        quality: .inside, state: state, created: created, source: externalID == nil ? nil : "test",
        externalID: externalID)
}
