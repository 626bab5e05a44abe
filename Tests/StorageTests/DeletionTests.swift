import GeoCore
import Participation
import SQLiteEngine
import Storage
import TestSupport
import Testing

struct DeletionTests {
    /// Two tenants with a proceeding each, and a contribution with a place and words in each.
    private func fill(_ engine: any SQLEngine) async throws -> [Scope] {
        try await engine.write { connection in
            try IssuerDirectory(connection).add(Issuer(id: "city", url: "https://sso.example", audiences: ["mitplan"]))
            return try ["hamburg", "bonn"].map { id in
                let tenant = try TenantDirectory(connection).add(Tenant(id: id, name: id))
                let scope = Scope(tenant: tenant, viewer: .staff)
                let writer = scope.writer(connection)
                let proceeding = try writer.add(Proceeding(tenant: id, id: "hafen", name: "Hafen"))
                try writer.insert(Category(id: "kai", name: "Kai"), of: proceeding, now: 0)
                let point = Position(10, 53)
                let contribution = Contribution(
                    title: "Radweg fehlt", text: "Hier fehlt ein Radweg.", category: "kai", type: nil,
                    geometry: .point(point), quality: .inside, created: 1)
                let ids = try writer.insert([PlacedContribution(contribution, point: point)], into: proceeding)
                let file = AttachmentFile(mediaType: "image/jpeg", digest: "00", bytes: [1, 2, 3])
                let image = Attachment(
                    item: .contribution(ids[0]), alt: "Ein Radweg", mediaType: "image/jpeg", width: 1, height: 1,
                    byteCount: 3, created: 1)
                _ = try writer.insert(image, picture: file, thumbnail: file, in: proceeding)
                let download = try writer.begin(Download(title: "Plan"), of: proceeding)
                try writer.append([1, 2, 3], ordinal: 0, to: download, of: proceeding)
                try writer.complete(download, of: proceeding, now: 1)
                _ = try writer.setVote(.for, of: "p", on: .contribution(ids[0]), in: proceeding, now: 1)
                _ = try writer.participantKey(now: 1)
                _ = try writer.assign(Grant(.moderator, proceeding: proceeding.key), to: "a", now: 1)
                try writer.mapIssuer("city", roles: [("mod", Grant(.moderator, proceeding: proceeding.key))])
                try writer.audit("proceeding.create", now: 1)
                try TenantDirectory(connection).setHosts(["\(id).example"], of: tenant)
                return scope
            }
        }
    }

    private func rows(_ engine: any SQLEngine, _ scope: Scope) async throws -> [String: Int64] {
        try await engine.read { connection in
            var counts: [String: Int64] = [:]
            for table in try connection.rows(connection.dialect.tables(with: ["tenant"]), { $0.text(0) }) {
                let count = try connection.first(
                    "SELECT count(*) FROM \(raw: table) WHERE tenant = \(scope.tenant.key)"
                ) { $0.integer(0) }
                if let count, count > 0 { counts[table] = count }
            }
            return counts
        }
    }

    @Test func leavesNothingOfATenantAndAllOfTheOthers() async throws {
        let folder = try TemporaryDirectory()
        let engine = try EmbeddedStore(path: folder.path("mitplan.sqlite"))
        let scopes = try await fill(engine)
        let (gone, kept) = (scopes[0], scopes[1])
        let before = try await rows(engine, kept)
        #expect(before["contribution"] == 1 && before["audit_event"] == 1 && before["vote"] == 1)
        #expect(before["attachment"] == 1 && before["attachment_file"] == 2)
        #expect(before["download"] == 1 && before["download_part"] == 1)
        try await engine.writeAlone { connection in
            _ = try TenantDirectory(connection).delete(gone.tenant, actor: "operator", reason: nil, now: 2)
        }
        #expect(try await rows(engine, gone).isEmpty)
        #expect(try await rows(engine, kept) == before)
        #expect(try await engine.integrityFaults().isEmpty)
        let found = try await engine.read { connection in
            try connection.rows(connection.dialect.textMatches(["radweg"])) { $0.integer(0) }
        }
        #expect(found.count == 1)
        let log = try await engine.read { try AuditLog($0).events(of: AuditLog.installation, limit: 9, after: nil) }
        #expect(log.items.map(\.action) == ["tenant.delete"])
    }

    @Test func leavesNothingOfAProceeding() async throws {
        let folder = try TemporaryDirectory()
        let engine = try EmbeddedStore(path: folder.path("mitplan.sqlite"))
        let scopes = try await fill(engine)
        let scope = scopes[0]
        try await engine.writeAlone { connection in
            let writer = scope.writer(connection)
            guard let proceeding = try writer.reader.proceeding(id: "hafen") else { return }
            try writer.delete(proceeding, now: 2)
        }
        let left = try await rows(engine, scope)
        #expect(
            Set(left.keys) == [
                "tenant", "tenant_host", "participant_key", "audit_event", "issuer_tenant", "removed_proceeding",
            ])
        #expect(try await engine.integrityFaults().isEmpty)
    }
}
