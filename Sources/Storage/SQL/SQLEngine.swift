/// One row of an answer; columns count from 0.
///
/// Valid only inside the closure that receives it.
public protocol SQLRow {
    /// Whether a column is NULL.
    func isNull(_ column: Int) -> Bool
    /// An integer column; 0 for NULL.
    func integer(_ column: Int) -> Int64
    /// A floating-point column; 0 for NULL.
    func real(_ column: Int) -> Double
    /// A text column; empty for NULL.
    func text(_ column: Int) -> String
    /// A blob column; empty for NULL.
    func blob(_ column: Int) -> [UInt8]
    /// Appends the bytes of a text or blob column without making a value of them.
    func appendBytes(of column: Int, to buffer: inout [UInt8])
}

extension SQLRow {
    /// A text column, or `nil` for NULL.
    public func optionalText(_ column: Int) -> String? { isNull(column) ? nil : text(column) }
    /// An integer column, or `nil` for NULL.
    public func optionalInteger(_ column: Int) -> Int64? { isNull(column) ? nil : integer(column) }
    /// A floating-point column, or `nil` for NULL.
    public func optionalReal(_ column: Int) -> Double? { isNull(column) ? nil : real(column) }
}

/// A statement prepared once and run for many rows.
public protocol SQLStatement {
    /// Binds an integer; positions count from 1.
    func bind(_ value: Int64, at position: Int)
    /// Binds a number; positions count from 1.
    func bind(_ value: Double, at position: Int)
    /// Binds a text or NULL; positions count from 1.
    func bind(_ value: String?, at position: Int)
    /// Binds UTF-8 text; positions count from 1.
    func bind(text value: ArraySlice<UInt8>, at position: Int)
    /// Binds bytes; positions count from 1.
    func bind(_ value: ArraySlice<UInt8>, at position: Int)
    /// Binds NULL; positions count from 1.
    func bindNull(at position: Int)
    /// Runs the statement with what is bound, and makes it ready for the next row.
    ///
    /// - Throws: ``StorageError``.
    func run() throws
}

/// A connection inside one transaction.
public protocol SQLConnection {
    /// The engine's few differences.
    var dialect: any Dialect { get }
    /// Runs a statement and returns how many rows it changed.
    ///
    /// - Throws: ``StorageError``.
    @discardableResult func execute(_ statement: SQL) throws -> Int
    /// Runs a query and hands its rows to `body` until that answers `false`.
    ///
    /// - Throws: ``StorageError``, or what `body` throws.
    func query(_ statement: SQL, _ body: (any SQLRow) throws -> Bool) throws
    /// Prepares a statement with placeholders `$1` … for many rows.
    ///
    /// - Throws: ``StorageError``.
    func prepare(_ text: String) throws -> any SQLStatement
    /// Gives back the memory of pages that were read and are not in use: after a read of so much that little of it will be
    /// asked for again soon.
    func forgetPages()
}

extension SQLConnection {
    /// All rows of a query, each made a value by `make`.
    public func rows<Value>(_ statement: SQL, _ make: (any SQLRow) throws -> Value) throws -> [Value] {
        var result: [Value] = []
        try query(statement) { row in
            result.append(try make(row))
            return true
        }
        return result
    }

    /// The first row of a query as a value; `nil` when there is none.
    public func first<Value>(_ statement: SQL, _ make: (any SQLRow) throws -> Value) throws -> Value? {
        var result: Value?
        try query(statement) { row in
            result = try make(row)
            return false
        }
        return result
    }
}

/// The only seam between our SQL and a database.
///
/// Closures run inside one transaction on the engine's own queue or thread; what they return leaves it.
public protocol SQLEngine: Sendable {
    /// The engine's few differences.
    var dialect: any Dialect { get }
    /// Runs a read in a stable snapshot.
    ///
    /// - Throws: ``StorageError``, `CancellationError`, or what `body` throws.
    func read<Value: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> Value) async throws -> Value
    /// Runs a short read, of a few rows by their key, that may share a snapshot with other waiting ones.
    ///
    /// - Throws: ``StorageError``, or what `body` throws.
    func glance<Value: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> Value) async throws -> Value
    /// Runs a write that may share its commit with other waiting writes; it returns when the commit is on disk.
    ///
    /// A write that throws leaves nothing and does not disturb the others.
    ///
    /// - Throws: ``StorageError``, `CancellationError` before it began, or what `body` throws.
    func write<Value: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> Value) async throws -> Value
    /// Runs a write in a transaction of its own: for bulk loads.
    ///
    /// - Throws: ``StorageError``, or what `body` throws.
    func writeAlone<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value
    /// Takes what was erased out of the files too: indexes of words, free pages and the log.
    ///
    /// - Throws: ``StorageError`` `busy` when long reads hold the log; then it is to be tried again later.
    func purge() async throws
    /// Checks the database from end to end; empty when it is sound.
    func integrityFaults() async throws -> [String]
    /// Writes a consistent copy to a file while the engine goes on.
    func backup(to path: String) async throws
    /// Closes the database.
    func close() async throws
}

/// Why the store refused or failed; messages are safe to show.
public struct StorageError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of failure.
    public enum Code: String, Sendable, Hashable {
        /// A uniqueness or reference rule of the database.
        case constraint
        /// Another writer holds the database too long.
        case busy
        /// No room, or the disk fails.
        case disk
        /// The file is no database of ours, or damaged.
        case corrupt
        /// The database was written by a newer version.
        case newerSchema
        /// A cursor that this store did not make.
        case badCursor
        /// Anything else.
        case failed
    }

    /// What kind of failure it is.
    public var code: Code
    /// What is wrong, for people.
    public var description: String
    /// Details for the log, never shown to clients.
    public var detail: String

    /// Makes an error.
    public init(_ code: Code, _ description: String, detail: String = "") {
        self.code = code
        self.description = description
        self.detail = detail
    }
}
