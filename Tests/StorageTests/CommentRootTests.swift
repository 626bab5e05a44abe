import Participation
import Storage
import TestSupport
import Testing

@testable import SQLiteEngine

/// Comments stand on a contribution or on a conception.
struct CommentRootTests {
    /// The number of the migration that brings conceptions.
    private static let before =
        SQLiteDialect().migrations.first { migration in
            migration.statements.contains { $0.contains("CREATE TABLE conception ") }
        }.map { $0.number - 1 } ?? 0

    @Test func anOlderStoreKeepsItsCommentsAndTellsOfNewOnes() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path("store.sqlite")
        let old = try EmbeddedStore(path: path, lastMigration: Self.before)
        try await old.writeAlone { connection throws in
            for statement: SQL in [
                """
                INSERT INTO tenant (tenant, id, name, language, metric_crs, time_zone)
                VALUES (1, 'stadt', 'Stadt', 'de', 'EPSG:25832', 'Europe/Berlin')
                """,
                """
                INSERT INTO proceeding (tenant, proceeding, id, name, description, settings, public, created,
                    data_version) VALUES (1, 1, 'p', 'P', '', '{}', 1, 0, 0)
                """,
                """
                INSERT INTO contribution (tenant, proceeding, id, title, text, quality, state, created, changed,
                    votes_up, votes_down, comments) VALUES (1, 1, 7, 'Neue Bäume', 'Text', 0, 1, 0, 0, 0, 0, 2)
                """,
                """
                INSERT INTO comment (tenant, proceeding, id, contribution, subject, text, state, created, changed,
                    thread, author, version, votes_up, receipt, redacted)
                VALUES (1, 1, 8, 7, 'Ja', 'Stimmt', 1, 5, 6, 8, 'a', 3, 4, X'01', 1)
                """,
                """
                INSERT INTO comment (tenant, proceeding, id, contribution, parent, text, state, created, thread)
                VALUES (1, 1, 9, 7, 8, 'Auch', 1, 5, 8)
                """,
                "INSERT INTO pds_comment (tenant, proceeding, id, name) VALUES (1, 1, 9, 'c-9')",
                """
                INSERT INTO webhook (tenant, id, url, secret, events, created)
                VALUES (1, 2, 'https://example.org', X'00', '', 0)
                """,
                "UPDATE counter SET value = 9 WHERE name = 'item'",
            ] { try connection.execute(statement) }
        }
        try await old.close()
        let store = try EmbeddedStore(path: path)
        let (comments, names, told) = try await store.write { connection throws in
            let tenant = try #require(try TenantDirectory(connection).tenant(id: "stadt"))
            let writer = Scope(tenant: tenant, viewer: .staff).writer(connection)
            let proceeding = try #require(try writer.reader.proceeding(id: "p"))
            let conception = try writer.insert(
                Conception(title: "Entwurf", text: "Text", created: 9), of: proceeding)
            for root in [CommentRoot.contribution(7), .conception(conception.id)] {
                _ = try writer.insert(Comment(on: root, text: "Neu", created: 9), of: proceeding)
            }
            return (
                try writer.reader.comments(on: .contribution(7), of: proceeding, limit: 9, after: nil).items,
                try connection.rows("SELECT name FROM pds_comment WHERE id = 9") { $0.text(0) },
                try connection.rows(
                    "SELECT event, contribution, conception FROM webhook_delivery ORDER BY id"
                ) { "\($0.text(0)) \($0.integer(1)) \($0.integer(2))" }
            )
        }
        #expect(comments.map(\.id) == [8, 9, 11] && comments.map(\.parent) == [nil, 8, nil])
        let first = try #require(comments.first)
        #expect(first.subject == "Ja" && first.author == "a" && first.version == 3 && first.votesUp == 4)
        #expect(first.changed == 6 && first.isRedacted && first.root == .contribution(7))
        #expect(names == ["c-9"])
        #expect(told == ["conception.created 0 0", "comment.created 7 0", "comment.created 0 10"])
        #expect(try await store.integrityFaults() == [])
        try await store.close()
        withExtendedLifetime(directory) {}
    }

    @Test(arguments: [("NULL", "NULL"), ("1", "1"), ("NULL", "999"), ("999", "NULL")])
    func theDatabaseRefusesCommentsThatStandOnNothing(_ contribution: String, _ conception: String) async throws {
        let sample = try await SampleStore.make(.sqlite)
        let (tenant, proceeding) = (sample.tenant.key, sample.proceeding.key)
        await #expect(throws: StorageError.self) {
            try await sample.engine.write { connection throws in
                _ = try connection.execute(
                    """
                    INSERT INTO comment (tenant, proceeding, id, contribution, conception, text, state, created)
                    VALUES (\(tenant), \(proceeding), 50, \(raw: contribution), \(raw: conception), 'x', 1, 1)
                    """)
            }
        }
    }

    @Test func aPageOfCommentsIsFoundByAnIndex() async throws {
        let sample = try await SampleStore.make(.sqlite)
        let (scope, proceeding) = (sample.staff, sample.proceeding)
        let plan = try await sample.engine.write { connection throws in
            let conception = try scope.writer(connection).insert(
                Conception(title: "Entwurf", text: "Text", created: 9), of: proceeding)
            return try connection.rows(
                """
                EXPLAIN QUERY PLAN SELECT m.id FROM comment m WHERE m.tenant = \(sample.tenant.key)
                    AND m.proceeding = \(proceeding.key) AND m.conception = \(conception.id) AND m.thread = 1
                """
            ) { $0.text(3) }
        }
        #expect(plan.contains { $0.contains("comment_conception_order") }, "\(plan)")
    }
}
