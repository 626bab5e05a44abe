import Foundation
import GeoCore
import Participation
import Storage
import TestSupport
import Testing

@testable import SQLiteEngine

/// What only the SQLite engine promises.
struct EmbeddedStoreTests {
    @Test func everyCommitIsSynced() async throws {
        let directory = try TemporaryDirectory()
        let store = try EmbeddedStore(path: directory.path("a.sqlite"))
        #expect(try store.synchronousLevel() == 2)
        try await store.close()
        // Opened again the log is on already: the way through GRDB is another one.
        let again = try EmbeddedStore(path: directory.path("a.sqlite"))
        #expect(try again.synchronousLevel() == 2)
        try await again.close()
        withExtendedLifetime(directory) {}
    }

    @Test(arguments: [
        ("journal_mode", "wal"), ("foreign_keys", "1"), ("busy_timeout", "5000"), ("trusted_schema", "0"),
        ("cell_size_check", "1"), ("secure_delete", "1"), ("journal_size_limit", "67108864"), ("query_only", "0"),
        ("cache_size", "-32768"),
    ])
    func theWriterHasTheSafeSettings(_ setting: (name: String, value: String)) async throws {
        let directory = try TemporaryDirectory()
        let store = try EmbeddedStore(path: directory.path("a.sqlite"))
        let value = try await store.writeAlone { connection throws in
            try connection.first("PRAGMA \(raw: setting.name)") { $0.text(0) }
        }
        #expect(value == setting.value)
        try await store.close()
        withExtendedLifetime(directory) {}
    }

    @Test func aReaderKeepsFewerPagesThanTheWriter() async throws {
        let directory = try TemporaryDirectory()
        let store = try EmbeddedStore(path: directory.path("a.sqlite"))
        let value = try await store.read { connection throws in
            try connection.first("PRAGMA cache_size") { $0.integer(0) }
        }
        #expect(value == -4096)
        try await store.close()
        withExtendedLifetime(directory) {}
    }

    @Test func readsGoOnWhileTheDiskIsFullAndWritesAfterwards() async throws {
        let store = try await SampleStore.make(.sqlite)
        try await store.add([Contribution(title: "Vorher", text: "Text", created: 1)])
        func limit(_ pages: String) async throws {
            _ = try await store.engine.writeAlone { connection throws in
                try connection.first("PRAGMA max_page_count = \(raw: pages)") { $0.integer(0) }
            }
        }
        try await limit("1")
        let long = String(repeating: "Wort ", count: 20_000)
        let error = await #expect(throws: StorageError.self) {
            try await store.add([Contribution(title: "Zu viel", text: long, created: 2)])
        }
        #expect(error?.code == .disk)
        let (scope, proceeding) = (store.staff, store.proceeding)
        let titles = { () async throws -> [String] in
            try await store.engine.read { connection throws in
                try scope.reader(connection).contributions(
                    of: proceeding, filter: ContributionFilter(), limit: 10, after: nil
                ).items.map(\.title)
            }
        }
        #expect(try await titles() == ["Vorher"])
        try await limit("1000000")
        try await store.add([Contribution(title: "Nachher", text: long, created: 3)])
        #expect(try await titles() == ["Nachher", "Vorher"])
        #expect(try await store.engine.integrityFaults() == [])
    }

    @Test func aStoreWithoutStemsIsBroughtUpToDate() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path("store.sqlite")
        let old = try EmbeddedStore(path: path, lastMigration: 2)
        try await old.writeAlone { connection throws in
            for statement: SQL in [
                "INSERT INTO tenant VALUES (1, 'stadt', 'Stadt', 'de', 'EPSG:25832', 'Europe/Berlin', NULL, NULL)",
                """
                INSERT INTO proceeding (tenant, proceeding, id, name, description, settings, public, created,
                    data_version) VALUES (1, 1, 'p', 'P', '', '{}', 1, 0, 0)
                """,
                """
                INSERT INTO contribution (tenant, proceeding, id, title, text, quality, state, created, changed,
                    votes_up, votes_down, comments) VALUES (1, 1, 7, 'Neue Bäume', 'Text', 0, 1, 0, 0, 0, 0, 0)
                """,
                "INSERT INTO contribution_words (rowid, title, text) VALUES (7, 'Neue Bäume', 'Text')",
            ] { try connection.execute(statement) }
        }
        try await old.close()
        let store = try EmbeddedStore(path: path)
        let found = try await store.read { connection throws in
            let words = connection.dialect.textMatches(["baum"])
            return try connection.rows("SELECT id FROM contribution WHERE id IN (\(words))") { $0.integer(0) }
        }
        #expect(found == [7])
        try await store.close()
        withExtendedLifetime(directory) {}
    }

    @Test func readersCannotWrite() async throws {
        let store = try await SampleStore.make(.sqlite)
        await #expect(throws: StorageError.self) {
            try await store.engine.read { _ = try $0.execute("DELETE FROM tenant") }
        }
        #expect(try await store.engine.read { try TenantDirectory($0).all().count } == 1)
    }

    @Test func twoEnginesShareOneFile() async throws {
        let store = try await SampleStore.make(.sqlite)
        let other = try EngineKind.sqlite.open(in: store.directory)
        let (scope, proceeding) = (store.staff, store.proceeding)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<40 {
                let engine: any SQLEngine = index % 2 == 0 ? store.engine : other
                group.addTask {
                    try await engine.write { connection throws in
                        let row = contribution("Nummer \(index)", created: Int64(index))
                        _ = try scope.writer(connection).insert([PlacedContribution(row, point: nil)], into: proceeding)
                    }
                }
            }
            try await group.waitForAll()
        }
        let rows = try await store.page(scope).items
        #expect(Set(rows.map(\.id)).count == 40)
        #expect(try await other.integrityFaults() == [])
        try await other.close()
    }

    @Test func aNewerDatabaseIsRefusedAndLeftAlone() async throws {
        let store = try await SampleStore.make(.sqlite)
        _ = try await store.engine.writeAlone { try $0.execute("PRAGMA user_version = 999") }
        try await store.engine.close()
        let error = #expect(throws: StorageError.self) { try EngineKind.sqlite.open(in: store.directory) }
        #expect(error?.code == .newerSchema)
    }

    @Test func filesOfOthersAreRefused() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path("store.sqlite")
        try Data("this is no database, only some text that is long enough to be read as a header".utf8)
            .write(to: URL(fileURLWithPath: path))
        let error = #expect(throws: StorageError.self) { try EngineKind.sqlite.open(in: directory) }
        #expect(error?.code == .corrupt)
        #expect(throws: StorageError.self) { try EmbeddedStore(path: directory.path("none.sqlite"), creating: false) }
    }

    @Test func aBackupIsSoundAndHoldsWhatWasWritten() async throws {
        let store = try await SampleStore.make(.sqlite)
        try await store.add([contribution("Im Sicherungsband")])
        let target = store.directory.path("copy.sqlite")
        try await store.engine.backup(to: target)
        await #expect(throws: StorageError.self) { try await store.engine.backup(to: target) }
        let copy = try EmbeddedStore(path: target, creating: false)
        let (scope, proceeding) = (store.anybody, store.proceeding)
        var filter = ContributionFilter()
        filter.words = "Sicherungsband"
        let question = filter
        let found = try await copy.read {
            try scope.reader($0).contributions(of: proceeding, filter: question, limit: 5, after: nil).items.count
        }
        #expect(found == 1)
        #expect(try await copy.integrityFaults() == [])
    }

    @Test func aQueryMayRunItselfInsideItsRows() async throws {
        let store = try await SampleStore.make(.sqlite)
        let count = try await store.engine.read { connection throws in
            var count = 0
            let statement: SQL = "SELECT value FROM counter"
            try connection.query(statement) { _ in
                try connection.query(statement) { _ in
                    count += 1
                    return true
                }
                return true
            }
            return count
        }
        #expect(count == 25)
    }

    @Test func errorsShowNothingOfTheDatabase() async throws {
        let store = try await SampleStore.make(.sqlite)
        let tenant = store.tenant
        let error = await #expect(throws: StorageError.self) {
            try await store.engine.write { _ = try TenantDirectory($0).add(tenant) }
        }
        #expect(error?.code == .constraint)
        #expect(error.map { !"\($0)".lowercased().contains("unique") && !"\($0)".contains("tenant.") } == true)
    }
}
