import Foundation
import GeoCore
import Participation
import Platform
import SQLiteEngine
import Storage
import TestSupport
import Testing

/// What a program that was killed had begun is seen by nobody, and gone with the next start.
struct UnfinishedTests {
    private let folder: TemporaryDirectory
    private let installation: Installation
    private let scope: Scope
    private let template: Proceeding
    private static let changes = JSONValue.object([.init("id", .string("kopie"))])

    init() async throws {
        folder = try TemporaryDirectory()
        installation = Installation(
            engine: try EmbeddedStore(path: folder.path("mitplan.sqlite")), now: { 1_777_593_723_456 })
        let tenant = try await installation.createTenant(Tenant(id: "esch", name: "Esch"), isDefault: true)
        scope = Scope(tenant: tenant, viewer: .staff)
        let document = #"{"id": "hafen", "name": "Hafen", "categories": [{"id": "kai", "name": "Kai"}]}"#
        template = try await installation.createProceeding(
            ProceedingDocument(json: Array(document.utf8), tenant: tenant), scope: scope)
        let file = folder.path("plan.pdf")
        try Data(Array("%PDF-1.7 ".utf8) + [UInt8](repeating: 65, count: 1_000_000)).write(
            to: URL(fileURLWithPath: file))
        _ = try await installation.addDownload(
            Download(title: "Plan"), path: file, name: "plan.pdf", to: template, scope: scope)
    }

    /// How many rows each table of the tenant has.
    private func rows() async throws -> [String: Int64] {
        let key = scope.tenant.key
        return try await installation.engine.read { connection in
            var counts: [String: Int64] = [:]
            for table in try connection.rows(connection.dialect.tables(with: ["tenant"]), { $0.text(0) }) {
                counts[table] = try connection.first(
                    "SELECT count(*) FROM \(raw: table) WHERE tenant = \(key)"
                ) { $0.integer(0) }
            }
            return counts
        }
    }

    /// As a program leaves it that was killed while it copied.
    private func cutOff() async throws {
        let scope = scope
        try await installation.engine.write { connection in
            let writer = scope.writer(connection)
            let copy = try writer.add(
                Proceeding(tenant: "esch", id: "kopie", name: "Kopie", created: 1), isBeingMade: true)
            try writer.insert(Category(id: "kai", name: "Kai"), of: copy, now: 0)
            let download = try writer.begin(Download(title: "Plan"), of: copy)
            try writer.append([1, 2, 3], ordinal: 0, to: download, of: copy)
        }
    }

    @Test func aCopyThatWasCutOffIsSeenByNobodyAndSweptAtTheNextStart() async throws {
        let before = try await rows()
        try await cutOff()
        let list = try await installation.proceedings(scope: scope)
        #expect(list.items.map(\.id) == ["hafen"])
        await #expect(throws: PlatformError.self) { try await installation.proceeding("kopie", scope: scope) }
        let changes = try await installation.proceedingChanges(since: 0, limit: 10, after: nil, scope: scope)
        #expect(changes.items.count == 1)
        #expect(try await installation.sweepUnfinished() == 1)
        #expect(try await rows() == before)
        #expect(try await installation.sweepUnfinished() == 0)
        // Its name is free again.
        #expect(try await installation.clone(template, changes: Self.changes, scope: scope).id == "kopie")
    }

    @Test func aDownloadWithoutItsLastPartIsSweptAtTheNextStart() async throws {
        let before = try await rows()
        let (scope, template) = (scope, template)
        try await installation.engine.write { connection in
            let writer = scope.writer(connection)
            let download = try writer.begin(Download(title: "Halb", created: 1_777_593_723_456), of: template)
            try writer.append([1, 2, 3], ordinal: 0, to: download, of: template)
        }
        #expect(try await installation.downloads(of: template, scope: scope).map(\.title) == ["Plan"])
        #expect(try await installation.sweepUnfinished() == 1)
        #expect(try await rows() == before)
    }

    @Test func aCopyThatFailsHalfwayLeavesNothing() async throws {
        let before = try await rows()
        _ = try await installation.engine.write { connection in
            try connection.execute(
                """
                CREATE TRIGGER disk_is_full BEFORE INSERT ON download_part WHEN NEW.ordinal = 1
                BEGIN SELECT RAISE(ABORT, 'full'); END
                """)
        }
        await #expect(throws: StorageError.self) {
            try await installation.clone(template, changes: Self.changes, scope: scope)
        }
        #expect(try await rows() == before)
    }

    @Test func aCopyIsToldOfWhenItIsWhole() async throws {
        _ = try await installation.clone(template, changes: Self.changes, scope: scope)
        let log = try await installation.auditEvents(limit: 2, after: nil, scope: scope).items
        #expect(log.map(\.action) == ["download.add", "proceeding.create"])
        let copy = try await installation.proceeding("kopie", scope: scope)
        #expect(try await installation.downloads(of: copy, scope: scope).map(\.byteCount) == [1_000_009])
    }
}
