import GRDB
import GRDBSQLite
import Storage

/// One SQLite connection inside a transaction; used on the database's own queue alone.
final class SQLiteConnection: SQLConnection {
    let dialect: any Dialect
    private let database: Database
    private let handle: OpaquePointer

    init(_ database: Database, dialect: any Dialect) throws {
        guard let handle = database.sqliteConnection else {
            throw StorageError(.failed, "the database is closed")
        }
        self.database = database
        self.handle = handle
        self.dialect = dialect
    }

    func execute(_ statement: Storage.SQL) throws -> Int {
        let prepared = try bound(statement)
        var code = sqlite3_step(prepared)
        while code == SQLITE_ROW { code = sqlite3_step(prepared) }
        sqlite3_reset(prepared)
        guard code == SQLITE_DONE else { throw StorageError(sqlite: handle, code: code) }
        return Int(sqlite3_changes64(handle))
    }

    func query(_ statement: Storage.SQL, _ body: (any SQLRow) throws -> Bool) throws {
        // A row handler may run the same query again: then it gets a statement of its own.
        // Long lists of values make a text of their own each time: the cache would grow with every length.
        let shared = statement.bindings.count <= Self.keptBindings ? try cached(statement.text) : nil
        let isTaken = shared == nil
        let prepared = if let shared { shared } else { try compile(statement.text) }
        defer { if isTaken { sqlite3_finalize(prepared) } else { sqlite3_reset(prepared) } }
        try bind(statement.bindings, to: prepared)
        let row = SQLiteRow(statement: prepared)
        while true {
            let code = sqlite3_step(prepared)
            if code == SQLITE_DONE { return }
            guard code == SQLITE_ROW else { throw StorageError(sqlite: handle, code: code) }
            guard try body(row) else { return }
        }
    }

    /// Most values of a query that is kept prepared.
    private static let keptBindings = 24

    func prepare(_ text: String) throws -> any SQLStatement {
        SQLiteStatement(statement: try idle(text), database: handle)
    }

    func forgetPages() { _ = sqlite3_db_release_memory(handle) }

    private func bound(_ statement: Storage.SQL) throws -> OpaquePointer {
        let prepared = try idle(statement.text)
        try bind(statement.bindings, to: prepared)
        return prepared
    }

    /// A statement of the connection's cache that must not be running.
    private func idle(_ text: String) throws -> OpaquePointer {
        guard let prepared = try cached(text) else {
            throw StorageError(.failed, "the store was asked to run a statement inside itself", detail: text)
        }
        return prepared
    }

    /// A statement of the connection's cache; `nil` while it is running.
    private func cached(_ text: String) throws -> OpaquePointer? {
        do {
            let prepared = try database.cachedStatement(sql: text).sqliteStatement
            return sqlite3_stmt_busy(prepared) == 0 ? prepared : nil
        } catch let error as DatabaseError {
            throw StorageError(primary: error.resultCode.rawValue, detail: error.description)
        }
    }

    private func compile(_ text: String) throws -> OpaquePointer {
        var prepared: OpaquePointer?
        let code = sqlite3_prepare_v2(handle, text, -1, &prepared, nil)
        guard code == SQLITE_OK, let prepared else { throw StorageError(sqlite: handle, code: code) }
        return prepared
    }

    private func bind(_ values: [SQLValue], to prepared: OpaquePointer) throws {
        for (offset, value) in values.enumerated() {
            let position = Int32(offset + 1)
            let code =
                switch value {
                case .null: sqlite3_bind_null(prepared, position)
                case .integer(let number): sqlite3_bind_int64(prepared, position, number)
                case .real(let number): sqlite3_bind_double(prepared, position, number)
                case .text(let text):
                    sqlite3_bind_text(prepared, position, text, Int32(text.utf8.count), SQLiteStatement.copies)
                case .blob(let bytes): SQLiteStatement.bindBlob(bytes[...], prepared, position)
                }
            guard code == SQLITE_OK else { throw StorageError(sqlite: handle, code: code) }
        }
    }
}

/// The current row of a running statement.
struct SQLiteRow: SQLRow {
    let statement: OpaquePointer

    func isNull(_ column: Int) -> Bool { sqlite3_column_type(statement, Int32(column)) == SQLITE_NULL }
    func integer(_ column: Int) -> Int64 { sqlite3_column_int64(statement, Int32(column)) }
    func real(_ column: Int) -> Double { sqlite3_column_double(statement, Int32(column)) }

    func text(_ column: Int) -> String {
        guard let bytes = sqlite3_column_text(statement, Int32(column)) else { return "" }
        let count = Int(sqlite3_column_bytes(statement, Int32(column)))
        return String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
    }

    func blob(_ column: Int) -> [UInt8] {
        guard let bytes = sqlite3_column_blob(statement, Int32(column)) else { return [] }
        let count = Int(sqlite3_column_bytes(statement, Int32(column)))
        return Array(UnsafeRawBufferPointer(start: bytes, count: count))
    }

    func appendBytes(of column: Int, to buffer: inout [UInt8]) {
        guard let bytes = sqlite3_column_blob(statement, Int32(column)) else { return }
        let count = Int(sqlite3_column_bytes(statement, Int32(column)))
        buffer.append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: count))
    }
}

/// A prepared statement of a connection's cache; used where the connection is.
final class SQLiteStatement: SQLStatement {
    private let statement: OpaquePointer
    private let database: OpaquePointer

    /// Tells SQLite to copy what is bound.
    static var copies: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }

    init(statement: OpaquePointer, database: OpaquePointer) {
        self.statement = statement
        self.database = database
    }

    func bind(_ value: Int64, at position: Int) { sqlite3_bind_int64(statement, Int32(position), value) }
    func bind(_ value: Double, at position: Int) { sqlite3_bind_double(statement, Int32(position), value) }
    func bindNull(at position: Int) { sqlite3_bind_null(statement, Int32(position)) }

    func bind(_ value: String?, at position: Int) {
        guard let value else { return bindNull(at: position) }
        sqlite3_bind_text(statement, Int32(position), value, Int32(value.utf8.count), Self.copies)
    }

    func bind(text value: ArraySlice<UInt8>, at position: Int) {
        guard !value.isEmpty else { return bind("", at: position) }
        value.withUnsafeBytes { bytes in
            _ = sqlite3_bind_text(
                statement, Int32(position), bytes.baseAddress?.assumingMemoryBound(to: CChar.self),
                Int32(bytes.count), Self.copies)
        }
    }

    func bind(_ value: ArraySlice<UInt8>, at position: Int) {
        _ = Self.bindBlob(value, statement, Int32(position))
    }

    static func bindBlob(_ value: ArraySlice<UInt8>, _ statement: OpaquePointer, _ position: Int32) -> Int32 {
        guard !value.isEmpty else { return sqlite3_bind_zeroblob(statement, position, 0) }
        return value.withUnsafeBytes { bytes in
            sqlite3_bind_blob(statement, position, bytes.baseAddress, Int32(bytes.count), copies)
        }
    }

    func run() throws {
        let code = sqlite3_step(statement)
        sqlite3_reset(statement)
        guard code == SQLITE_DONE || code == SQLITE_ROW else { throw StorageError(sqlite: database, code: code) }
    }
}

extension StorageError {
    /// The error a connection stands at.
    init(sqlite handle: OpaquePointer, code: Int32) {
        let detail = sqlite3_errmsg(handle).map { String(cString: $0) } ?? ""
        self.init(primary: code & 0xFF, detail: detail)
    }

    /// An error by SQLite's primary result code.
    init(primary: Int32, detail: String) {
        switch primary {
        case SQLITE_CONSTRAINT:
            self.init(.constraint, "something of that name or key is there already", detail: detail)
        case SQLITE_BUSY, SQLITE_LOCKED:
            self.init(.busy, "the store is busy with another writer; try again", detail: detail)
        case SQLITE_FULL, SQLITE_IOERR, SQLITE_READONLY, SQLITE_CANTOPEN:
            self.init(.disk, "the store cannot be written; is the disk full or read-only?", detail: detail)
        case SQLITE_CORRUPT, SQLITE_NOTADB:
            self.init(.corrupt, "the file is no database of Mitplan, or it is damaged", detail: detail)
        default: self.init(.failed, "the store failed", detail: "\(primary): \(detail)")
        }
    }
}
