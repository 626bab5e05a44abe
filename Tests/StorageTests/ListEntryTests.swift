import Participation
import Storage
import TestSupport
import Testing

@testable import SQLiteEngine

struct ListEntryTests {
    /// The number of the migration before the one that notes when entries of lists change.
    private static let before =
        SQLiteDialect().migrations.firstIndex { migration in
            migration.statements.contains { $0.contains("CREATE TABLE list_entry ") }
        } ?? 0

    @Test func theListsOfAnOlderStoreAreHarvestedWhole() async throws {
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
                    data_version, details)
                VALUES (1, 1, 'p', 'P', '', '{}', 1, 0, 0, '{"types":[{"id":"idee","name":"Idee"}]}'),
                    (1, 2, 'q', 'Q', '', '{}', 1, 0, 0, '{}')
                """,
                """
                INSERT INTO category (tenant, proceeding, id, name, weight, archived)
                VALUES (1, 1, 'wege', 'Wege', 0, 0), (1, 1, 'kai', 'Kai', 0, 0), (1, 2, 'kai', 'Kai', 0, 0)
                """,
                """
                INSERT INTO layer (tenant, proceeding, id, name, role, source_crs, source_file, checksum, fields,
                    feature_count, version, changed)
                VALUES (1, 1, 'plan', 'Plan', 'context', 'EPSG:4326', 'a', '', '[]', 0, 1, 77)
                """,
            ] { try connection.execute(statement) }
        }
        try await old.close()
        let store = try EmbeddedStore(path: path)
        try await store.writeAlone { connection throws in
            let tenant = try #require(try TenantDirectory(connection).tenant(id: "stadt"))
            let writer = Scope(tenant: tenant, viewer: .staff).writer(connection)
            let proceeding = try #require(try writer.reader.proceeding(id: "p"))
            let reader = Scope(tenant: tenant, viewer: .anonymous).reader(connection)
            let categories = try reader.categoryChanges(of: proceeding, since: 1, limit: 9, after: nil)
            #expect(categories.items.count == 2)
            #expect(try reader.typeChanges(of: proceeding, since: 1, limit: 9, after: nil).items.count == 1)
            #expect(try reader.layerChanges(of: proceeding, since: 78, limit: 9, after: nil).items.isEmpty)
            #expect(try reader.layerChanges(of: proceeding, since: 77, limit: 9, after: nil).items.count == 1)
            // New entries have numbers of their own.
            try writer.insert(Category(id: "neu", name: "Neu"), of: proceeding, now: 5)
            let numbers = try connection.rows("SELECT DISTINCT number FROM list_entry") { $0.integer(0) }
            #expect(numbers.count == 6)
        }
        try await store.close()
        withExtendedLifetime(directory) {}
    }
}
