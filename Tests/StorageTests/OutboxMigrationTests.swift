import Storage
import TestSupport
import Testing

@testable import SQLiteEngine

/// What waits for receivers is kept where the outbox gets another table.
struct OutboxMigrationTests {
    @Test func deliveriesAndTheirNumbersGoOn() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path("store.sqlite")
        let old = try EmbeddedStore(path: path, lastMigration: 25)
        try await old.writeAlone { connection throws in
            for statement: SQL in [
                """
                INSERT INTO tenant (tenant, id, name, language, metric_crs, time_zone)
                VALUES (1, 'stadt', 'Stadt', 'de', 'EPSG:25832', 'Europe/Berlin')
                """,
                "INSERT INTO webhook (tenant, id, url, secret, events, created) VALUES (1, 1, 'u', 's', '', 0)",
                """
                INSERT INTO proceeding (tenant, proceeding, id, name, description, settings, public, created,
                    data_version) VALUES (1, 1, 'a', 'A', '', '{}', 1, 0, 0), (1, 2, 'b', 'B', '', '{}', 1, 0, 0)
                """,
                "DELETE FROM webhook_delivery WHERE id = 2",
            ] { try connection.execute(statement) }
        }
        try await old.close()
        let store = try EmbeddedStore(path: path)
        try await store.writeAlone { connection throws in
            _ = try connection.execute(
                "UPDATE proceeding SET name = 'C', version = version + 1, changed = 5 WHERE proceeding = 1")
        }
        let rows = try await store.read { connection throws in
            try connection.rows("SELECT id, event FROM webhook_delivery ORDER BY id") {
                "\($0.integer(0)) \($0.text(1))"
            }
        }
        #expect(rows == ["1 proceeding.created", "3 proceeding.changed"])
        #expect(try await store.integrityFaults() == [])
        try await store.close()
        withExtendedLifetime(directory) {}
    }
}
