import Foundation
import GRDBSQLite

/// A connection to an SQLite file of unknown origin: read-only, guarded, with a deadline on every step.
///
/// Guards: `trusted_schema=OFF`, `cell_size_check=ON`, no memory map, no attached databases, values of at most 16 MB,
/// and an authorizer that lets nothing pass but reading. Source: SQLite, "Defense Against The Dark Arts".
final class SQLiteFile {
    private var handle: OpaquePointer?
    private let deadline = Deadline()

    /// Opens the file.
    ///
    /// - Parameters:
    ///   - path: Path of the file.
    ///   - seconds: Time that opening and checking, and later each run of steps, may take.
    /// - Throws: ``FormatError`` when the file is no readable SQLite database.
    init(path: String, seconds: Double = 60) throws {
        deadline.extend(seconds: seconds)
        do {
            try open(name: path, flags: SQLITE_OPEN_READONLY)
        } catch is CannotOpen {
            // A file in WAL mode in a folder that must not be written: read the file alone.
            let allowed = CharacterSet(charactersIn: "?#%").inverted
            let escaped = path.addingPercentEncoding(withAllowedCharacters: allowed) ?? path
            do {
                try open(name: "file:\(escaped)?immutable=1", flags: SQLITE_OPEN_READONLY | SQLITE_OPEN_URI)
            } catch is CannotOpen {
                throw FormatError(code: "unreadable", message: "The file cannot be opened as a database.")
            }
        }
    }

    deinit { sqlite3_close_v2(handle) }

    private struct CannotOpen: Error {}

    /// Until when statements may run; shared with the C callback, used on the thread of the reader alone.
    private final class Deadline {
        private var end = ContinuousClock.now

        func extend(seconds: Double) { end = .now + .seconds(seconds) }
        var isOver: Bool { ContinuousClock.now > end }
    }

    private func open(name: String, flags: Int32) throws {
        sqlite3_close_v2(handle)
        handle = nil
        let code = sqlite3_open_v2(name, &handle, flags | SQLITE_OPEN_NOMUTEX, nil)
        guard code == SQLITE_OK, let handle else { throw CannotOpen() }
        sqlite3_extended_result_codes(handle, 1)
        sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0)
        sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, 16 << 20)
        sqlite3_limit(handle, SQLITE_LIMIT_SQL_LENGTH, 100_000)
        sqlite3_limit(handle, SQLITE_LIMIT_VDBE_OP, 100_000)
        sqlite3_limit(handle, SQLITE_LIMIT_EXPR_DEPTH, 50)
        sqlite3_progress_handler(
            handle, 10_000,
            { context in
                guard let context else { return 1 }
                return Unmanaged<Deadline>.fromOpaque(context).takeUnretainedValue().isOver ? 1 : 0
            }, Unmanaged.passUnretained(deadline).toOpaque())
        for pragma in [
            "trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0", "query_only = ON", "cache_size = -16384",
            "temp_store = MEMORY",
        ] {
            try check(sqlite3_exec(handle, "PRAGMA \(pragma)", nil, nil, nil))
        }
        sqlite3_set_authorizer(
            handle,
            { _, action, name, _, _, _ in
                switch action {
                case SQLITE_SELECT, SQLITE_READ, SQLITE_FUNCTION, SQLITE_RECURSIVE: return SQLITE_OK
                case SQLITE_PRAGMA:
                    let harmless = ["quick_check", "table_xinfo"]
                    return name.map { harmless.contains(String(cString: $0)) } ?? false ? SQLITE_OK : SQLITE_DENY
                default: return SQLITE_DENY
                }
            }, nil)
        try check(sqlite3_exec(handle, "SELECT count(*) FROM sqlite_master", nil, nil, nil))
    }

    private func check(_ code: Int32) throws {
        if [SQLITE_CANTOPEN, SQLITE_READONLY].contains(code & 0xFF) { throw CannotOpen() }
        if code != SQLITE_OK { throw failure() }
    }

    /// Runs SQLite's own check of the file's structure.
    ///
    /// - Throws: ``FormatError`` when the file is damaged or the check takes too long.
    func checkStructure() throws {
        let statement = try prepare("PRAGMA quick_check(1)")
        guard try statement.step(), statement.text(0) == "ok" else {
            throw FormatError(code: "corrupt", message: "The database file is damaged.")
        }
    }

    /// Grants the following steps `seconds` of time.
    func extendDeadline(seconds: Double) {
        deadline.extend(seconds: seconds)
    }

    /// Prepares one statement.
    func prepare(_ sql: String) throws -> SQLiteRows {
        var statement: OpaquePointer?
        guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK, let statement else {
            throw failure()
        }
        return SQLiteRows(statement: statement, file: self)
    }

    /// The error of the last call, in safe words.
    fileprivate func failure() -> FormatError {
        switch sqlite3_extended_errcode(handle) & 0xFF {
        case SQLITE_NOTADB: FormatError(code: "notADatabase", message: "The file is not an SQLite database.")
        case SQLITE_CORRUPT, SQLITE_IOERR, SQLITE_FULL:
            FormatError(code: "corrupt", message: "The database file is damaged or truncated.")
        case SQLITE_INTERRUPT: FormatError(code: "tooSlow", message: "Reading the database takes too long.")
        case SQLITE_TOOBIG, SQLITE_NOMEM:
            FormatError(code: "tooBig", message: "The database holds a value of more than 16 MB.")
        case SQLITE_BUSY, SQLITE_LOCKED:
            FormatError(code: "busy", message: "The database is locked by another program; close it first.")
        default:
            FormatError(
                code: "unreadable", message: "The database cannot be read: a table or column is not as expected.")
        }
    }
}

/// The rows of a statement, one after the other.
final class SQLiteRows {
    private let statement: OpaquePointer
    private let file: SQLiteFile

    fileprivate init(statement: OpaquePointer, file: SQLiteFile) {
        self.statement = statement
        self.file = file
    }

    deinit { sqlite3_finalize(statement) }

    /// Binds a text to the parameter with this index, counted from 1.
    func bind(_ index: Int32, _ text: String) {
        // SQLITE_TRANSIENT: SQLite keeps a copy.
        sqlite3_bind_text(statement, index, text, -1, unsafeBitCast(-1, to: sqlite3_destructor_type.self))
    }

    /// Goes to the next row; `false` at the end.
    func step() throws -> Bool {
        switch sqlite3_step(statement) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default: throw file.failure()
        }
    }

    /// One value of the current row.
    enum Value {
        case null
        case integer(Int64)
        case real(Double)
        case text(String)
        case blob([UInt8])
    }

    /// The value of a column, counted from 0.
    func value(_ column: Int32) -> Value {
        switch sqlite3_column_type(statement, column) {
        case SQLITE_INTEGER: .integer(sqlite3_column_int64(statement, column))
        case SQLITE_FLOAT: .real(sqlite3_column_double(statement, column))
        case SQLITE_TEXT: .text(text(column) ?? "")
        case SQLITE_BLOB: .blob(blob(column))
        default: .null
        }
    }

    /// The column as text; broken UTF-8 is replaced, `nil` for NULL.
    func text(_ column: Int32) -> String? {
        guard let start = sqlite3_column_text(statement, column) else { return nil }
        let count = Int(sqlite3_column_bytes(statement, column))
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    /// The column as an integer; `nil` for NULL and text.
    func integer(_ column: Int32) -> Int64? {
        if case .integer(let value) = value(column) { value } else { nil }
    }

    private func blob(_ column: Int32) -> [UInt8] {
        guard let start = sqlite3_column_blob(statement, column) else { return [] }
        return Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column))))
    }
}
