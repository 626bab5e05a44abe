import Foundation
import GRDB
public import Storage
import Synchronization
import TextSearch

/// The embedded store: one SQLite file in write-ahead-log mode.
///
/// A write is on disk when it returns: `synchronous` is FULL, which is set after the pool has opened, since GRDB sets
/// NORMAL when it switches the log on. Waiting writes share a commit, each in a savepoint of its own.
public final class EmbeddedStore: SQLEngine {
    /// Marks the file as ours: "MtPl".
    static let applicationID: Int64 = 0x4D74_506C

    /// KiB of pages that the writer keeps: a bulk load changes many before they are on disk.
    private static let writerCache = 32_768
    /// KiB of pages that each reader keeps.
    ///
    /// There are eight of them, and what one does not keep the system does: with eight times as much lists of a million
    /// contributions were no quicker.
    private static let readerCache = 4_096

    /// SQLite's ways.
    public let dialect: any Dialect = SQLiteDialect()
    private let pool: DatabasePool
    private let queue: WriteQueue
    private let glances: GlanceQueue
    private let path: String

    /// Opens the file, making it when `creating`, and brings its schema up to date.
    ///
    /// - Throws: ``Storage/StorageError`` when it is no database of ours, newer than we are, or cannot be written
    ///   durably.
    public convenience init(path: String, creating: Bool = true) throws {
        try self.init(path: path, creating: creating, lastMigration: .max)
    }

    /// Opens the file with the schema of an earlier version, for tests of what comes after.
    init(path: String, creating: Bool = true, lastMigration: Int) throws {
        self.path = path
        if !creating, !FileManager.default.fileExists(atPath: path) {
            throw StorageError(.disk, "there is no database yet")
        }
        var configuration = Configuration()
        configuration.busyMode = .timeout(5)
        configuration.maximumReaderCount = 8
        configuration.persistentReadOnlyConnections = true
        configuration.prepareDatabase { database in
            let kibibytes = database.configuration.readonly ? Self.readerCache : Self.writerCache
            try database.execute(
                sql: """
                    PRAGMA cache_size = -\(kibibytes); PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 0;
                    PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON
                    """)
        }
        do {
            pool = try DatabasePool(path: path, configuration: configuration)
            let level = try pool.writeWithoutTransaction { database in
                try database.execute(
                    sql: """
                        PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA journal_size_limit = 67108864
                        """)
                return try Int.fetchOne(database, sql: "PRAGMA synchronous")
            }
            guard level == 2 else {
                throw StorageError(.disk, "the store cannot be made durable", detail: "synchronous = \(level ?? -1)")
            }
        } catch let error as DatabaseError {
            throw StorageError(primary: error.resultCode.rawValue, detail: error.message ?? "")
        }
        queue = WriteQueue(pool: pool, dialect: dialect)
        glances = GlanceQueue(pool: pool, dialect: dialect)
        try migrate(to: lastMigration)
    }

    /// What `PRAGMA synchronous` says on the writer: 2 is FULL.
    public func synchronousLevel() throws -> Int {
        try pool.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA synchronous") ?? -1 }
    }

    private func migrate(to last: Int) throws {
        let migrations = Array(dialect.migrations.prefix(last))
        do {
            try pool.writeWithoutTransaction { database in
                database.add(function: Self.stems)
                defer { database.remove(function: Self.stems) }
                try database.inTransaction(.immediate) {
                    let id = try Int64.fetchOne(database, sql: "PRAGMA application_id") ?? 0
                    let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
                    let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") ?? 0
                    guard id == Self.applicationID || (id == 0 && version == 0 && tables == 0) else {
                        throw StorageError(.corrupt, "the file is no database of Mitplan")
                    }
                    guard version <= migrations.count else {
                        throw StorageError(
                            .newerSchema, "the database was written by a newer version of Mitplan; update the program")
                    }
                    for migration in migrations.dropFirst(version) {
                        for statement in migration.statements { try database.execute(sql: statement) }
                    }
                    if version < migrations.count {
                        try database.execute(
                            sql: """
                                PRAGMA application_id = \(Self.applicationID); PRAGMA user_version = \(migrations.count)
                                """)
                    }
                    return .commit
                }
            }
        } catch let error as DatabaseError {
            throw StorageError(primary: error.resultCode.rawValue, detail: error.message ?? "")
        }
    }

    /// What migrations feed the index of words with.
    private static let stems = DatabaseFunction(SQLiteDialect.stems, argumentCount: 1, pure: true) { values in
        guard let text = String.fromDatabaseValue(values[0]) else { return nil }
        var stemmer = GermanStemmer()
        return stemmer.stems(of: text)
    }

    /// Runs a read in a stable snapshot.
    public func read<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value {
        let dialect = dialect
        return try await mapped {
            try await pool.read { database in try body(SQLiteConnection(database, dialect: dialect)) }
        }
    }

    /// Runs a short read that may share its snapshot with others.
    public func glance<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value {
        try await mapped { try await glances.run(body) }
    }

    /// Runs a write that may share its commit with others.
    public func write<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value {
        try await mapped { try await queue.run(body) }
    }

    /// Runs a write in a transaction of its own.
    public func writeAlone<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value {
        let dialect = dialect
        return try await mapped {
            try await pool.write { database in try body(SQLiteConnection(database, dialect: dialect)) }
        }
    }

    /// Checks the database from end to end.
    public func integrityFaults() async throws -> [String] {
        try await mapped {
            try await pool.read { database in
                var faults = try String.fetchAll(database, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
                faults += try Row.fetchAll(database, sql: "PRAGMA foreign_key_check")
                    .map { "a row of \($0[0] as String? ?? "?") points nowhere" }
                for index in ["contribution_place", "layer_feature_place"] {
                    let answer = try String.fetchOne(database, sql: "SELECT rtreecheck('\(index)')")
                    if let answer, answer != "ok" { faults.append(answer) }
                }
                return faults
            }
        }
    }

    /// Merges the index of words, so that removed ones are no longer in it, and moves the log into the file.
    ///
    /// `secure_delete` overwrites freed parts of pages; the log keeps older pages until it is cut off.
    public func purge() async throws {
        try await mapped {
            try await pool.writeWithoutTransaction { database in
                try database.execute(
                    sql: "INSERT INTO contribution_words (contribution_words) VALUES ('optimize')")
            }
            for attempt in 1...Self.purgeAttempts {
                do {
                    return try await pool.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
                } catch let error as DatabaseError
                    where error.resultCode == .SQLITE_BUSY && attempt < Self.purgeAttempts
                {
                    // A read of an older state is under way.
                    try await Task.sleep(for: .milliseconds(50))
                }
            }
        }
    }

    private static let purgeAttempts = 3

    /// Writes a consistent copy beside the target, checks and syncs it, and gives it its name.
    public func backup(to target: String) async throws {
        guard !FileManager.default.fileExists(atPath: target) else {
            throw StorageError(.constraint, "the backup file is there already")
        }
        let partial = target + ".partial"
        try? FileManager.default.removeItem(atPath: partial)
        defer { try? FileManager.default.removeItem(atPath: partial) }
        try await mapped {
            try await pool.vacuum(into: partial)
            let copy = try DatabaseQueue(path: partial)
            let answer = try await copy.read { try String.fetchOne($0, sql: "PRAGMA integrity_check") }
            guard answer == "ok" else { throw StorageError(.corrupt, "the copy is not sound") }
            try copy.close()
            let file = try FileHandle(forUpdating: URL(fileURLWithPath: partial))
            try file.synchronize()
            try file.close()
            try FileManager.default.moveItem(atPath: partial, toPath: target)
            // The name is on disk only when its folder is.
            let folder = try FileHandle(forReadingFrom: URL(fileURLWithPath: target).deletingLastPathComponent())
            try? folder.synchronize()
            try folder.close()
        }
    }

    /// Moves the log into the file and closes it.
    public func close() async throws {
        try await mapped {
            _ = try? await pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
            try pool.close()
        }
    }

    private func mapped<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error as DatabaseError {
            throw StorageError(primary: error.resultCode.rawValue, detail: error.message ?? "")
        }
    }
}
