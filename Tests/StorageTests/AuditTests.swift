import Participation
import SQLiteEngine
import Storage
import TestSupport
import Testing

struct AuditTests {
    private func log(_ count: Int) async throws -> (any SQLEngine, Scope, TemporaryDirectory) {
        let folder = try TemporaryDirectory()
        let engine = try EmbeddedStore(path: folder.path("mitplan.sqlite"))
        let scope = try await engine.write { connection in
            let tenant = try TenantDirectory(connection).add(Tenant(id: "hamburg", name: "Hamburg"))
            let scope = Scope(tenant: tenant, viewer: .staff, request: "r-1")
            for index in 0..<count {
                try scope.writer(connection).audit(
                    "proceeding.change", item: "proceedings/p\(index)", reason: "because \"so\"", now: Int64(index))
            }
            return scope
        }
        return (engine, scope, folder)
    }

    /// An author may be staff as well; what is done to one's own items names no account.
    @Test(arguments: [
        (Viewer(participant: "p", account: "city:0a", grants: [Grant(.tenantAdmin)]), "participant"),
        (Viewer(account: "key:7", grants: [Grant(.moderator)]), "participant"), (.anonymous, "anonymous"),
    ])
    func namesNoAccountForAuthors(_ viewer: Viewer, _ actor: String) async throws {
        let store = try await SampleStore.make(.sqlite)
        let scope = Scope(tenant: store.tenant, viewer: viewer)
        try await store.engine.write {
            try scope.writer($0).audit("contribution.erase", byAuthor: true, now: 1)
        }
        let page = try await store.engine.read { try AuditLog($0).events(of: scope.tenant.key, limit: 1, after: nil) }
        #expect(page.items.map(\.actor) == [actor])
    }

    @Test func chainsWhatIsWritten() async throws {
        let (engine, scope, folder) = try await log(5)
        let page = try await engine.read { try AuditLog($0).events(of: scope.tenant.key, limit: 2, after: nil) }
        #expect(page.items.map(\.number) == [5, 4])
        #expect(page.items[0].previous == page.items[1].hash)
        #expect(page.items[0].actor == "operator")
        #expect(page.items[0].request == "r-1")
        let next = try await engine.read {
            try AuditLog($0).events(of: scope.tenant.key, limit: 9, after: page.next)
        }
        #expect(next.items.map(\.number) == [3, 2, 1])
        #expect(next.items.last?.previous == [UInt8](repeating: 0, count: 32))
        let check = try await engine.read { try AuditLog($0).check(scope.tenant.key) }
        #expect(check.count == 5 && check.head == page.items[0].hash && check.broken == nil)
        withExtendedLifetime(folder) {}
    }

    @Test(arguments: ["UPDATE audit_event SET reason = 'x'", "DELETE FROM audit_event WHERE number = 1"])
    func isNotChangedByStatements(_ statement: String) async throws {
        let (engine, _, folder) = try await log(2)
        await #expect(throws: StorageError.self) {
            try await engine.write { try $0.execute("\(raw: statement)") }
        }
        withExtendedLifetime(folder) {}
    }

    @Test(arguments: [
        ("UPDATE audit_event SET reason = 'other' WHERE number = 3", Int64(3)),
        ("UPDATE audit_event SET time = 77 WHERE number = 2", 2),
        ("DELETE FROM audit_event WHERE number = 4", 4),
        ("UPDATE audit_event SET previous = zeroblob(32), hash = zeroblob(32) WHERE number = 5", 5),
    ])
    func namesTheFirstBrokenLink(_ forgery: String, _ broken: Int64) async throws {
        let (engine, scope, folder) = try await log(5)
        let check = try await engine.write { connection in
            // Who can write to the file can drop the triggers; the chain still tells.
            try connection.execute("DROP TRIGGER audit_event_is_not_changed")
            try connection.execute("DROP TRIGGER audit_event_is_not_deleted")
            try connection.execute("\(raw: forgery)")
            return try AuditLog(connection).check(scope.tenant.key)
        }
        #expect(check.broken == broken)
        #expect(check.count == Int(broken) - 1)
        withExtendedLifetime(folder) {}
    }
}
