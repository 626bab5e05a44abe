import GRDBSQLite
import GeoCore

/// Writes a GeoPackage: tables of features in one reference system, tables of attributes, and a text about them.
///
/// Rows go to the file one by one, so that memory stays bounded whatever the number. The file is whole when ``finish``
/// has returned; one that was left earlier is to be thrown away.
///
/// Source: OGC 12-128r18 (GeoPackage 1.3), sections 1.1.1, 1.1.2, 1.1.3, 2.1, 2.4, and annex F.8 (metadata).
public final class GeoPackageWriter {
    /// A column of a table.
    public struct Column: Sendable {
        /// What its values are.
        public enum Kind: String, Sendable {
            case text = "TEXT"
            case integer = "INTEGER"
            case boolean = "BOOLEAN"
            case instant = "DATETIME"
        }

        var name: String
        var kind: Kind

        /// Makes a column.
        public init(_ name: String, _ kind: Kind) { (self.name, self.kind) = (name, kind) }
    }

    /// A value of a row.
    public enum Value: Sendable {
        case null
        case integer(Int64)
        case text(String)
        /// Milliseconds since 1970.
        case instant(Int64)

        /// A text, or nothing.
        public init(_ text: String?) { self = text.map { .text($0) } ?? .null }
    }

    /// The reference system of the tables with geometries, east or longitude first.
    public struct System: Sendable, Hashable {
        /// Code of EPSG.
        var code: Int32
        var name: String
        var definition: String

        /// Longitude and latitude, which every GeoPackage knows.
        public static let wgs84 = System(code: 4326, name: "", definition: "")

        /// Makes a system.
        ///
        /// - Parameter definition: well-known text (OGC 01-009).
        public init(code: Int32, name: String, definition: String) {
            (self.code, self.name, self.definition) = (code, name, definition)
        }
    }

    private struct Table {
        var name: String
        var hasGeometry: Bool
        var insert: OpaquePointer
        var box: BoundingBox?
    }

    private var handle: OpaquePointer?
    private var tables: [String: Table] = [:]
    private let system: System

    /// Begins a file.
    ///
    /// - Throws: ``FormatError`` `unwritable` when it cannot be made.
    public init(path: String, system: System = .wgs84) throws {
        self.system = system
        let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_EXCLUSIVE | SQLITE_OPEN_NOMUTEX
        guard sqlite3_open_v2(path, &handle, flags, nil) == SQLITE_OK else { throw fault() }
        // A file that was not finished is of no use: no journal has to bring it back.
        try run("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
        try run("PRAGMA application_id = 0x47504B47; PRAGMA user_version = 10300")
        try run("BEGIN")
        for statement in GeoPackageSchema.statements { try run(statement) }
        guard system.code != System.wgs84.code else { return }
        try run(
            "INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, 'EPSG', ?, ?, NULL)",
            [
                .text(system.name), .integer(Int64(system.code)), .integer(Int64(system.code)),
                .text(system.definition),
            ])
    }

    deinit {
        for table in tables.values { sqlite3_finalize(table.insert) }
        sqlite3_close_v2(handle)
    }

    /// Adds a table.
    ///
    /// - Parameters:
    ///   - name: name of the table; with the names of columns it goes into statements, and must not come from outside.
    ///   - title: what people see.
    ///   - about: what is in it.
    ///   - instant: when its data changed last, milliseconds since 1970.
    public func addTable(
        _ name: String, title: String, about: String, hasGeometry: Bool, columns: [Column], changed instant: Int64
    ) throws {
        let geometry = hasGeometry ? ["geom GEOMETRY"] : []
        let all = ["fid INTEGER PRIMARY KEY NOT NULL"] + geometry + columns.map { "\"\($0.name)\" \($0.kind.rawValue)" }
        try run("CREATE TABLE \"\(name)\" (\(all.joined(separator: ", ")))")
        let insert = try prepare(
            "INSERT INTO \"\(name)\" VALUES (\(Array(repeating: "?", count: all.count).joined(separator: ", ")))")
        tables[name] = Table(name: name, hasGeometry: hasGeometry, insert: insert)
        try run(
            """
            INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change, srs_id)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            [
                .text(name), .text(hasGeometry ? "features" : "attributes"), .text(title), .text(about),
                .instant(instant), hasGeometry ? .integer(Int64(system.code)) : .null,
            ])
        guard hasGeometry else { return }
        try run(
            "INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', 'GEOMETRY', ?, 2, 0)",
            [.text(name), .integer(Int64(system.code))])
    }

    /// Adds a row.
    ///
    /// - Parameters:
    ///   - wkb: its geometry as well-known binary, little endian, in the system of the file.
    ///   - values: one for each column of the table.
    /// - Throws: ``FormatError`` `unwritable`, also for a row that does not fit.
    public func insert(into name: String, id: Int64, wkb: [UInt8]? = nil, _ values: [Value]) throws {
        guard var table = tables[name] else { throw fault("there is no table \(name)") }
        var position: Int32 = 1
        try check(sqlite3_bind_int64(table.insert, position, id))
        if table.hasGeometry {
            position += 1
            if let wkb, let box = try WKB.boundingBox(wkb[...]) {
                let blob = GeoPackageBinary.header(srsID: system.code, box: box) + wkb
                try check(sqlite3_bind_blob(table.insert, position, blob, Int32(blob.count), Self.copies))
                if table.box == nil { table.box = box } else { table.box?.formUnion(box) }
                tables[name] = table
            } else {
                try check(sqlite3_bind_null(table.insert, position))
            }
        }
        for value in values {
            position += 1
            try bind(value, to: table.insert, at: position)
        }
        try step(table.insert)
    }

    /// Writes a text about the whole file: licence, source, how it was chosen.
    public func describe(_ text: String, mediaType: String, at instant: Int64) throws {
        for statement in GeoPackageSchema.metadata { try run(statement) }
        try run(
            "INSERT INTO gpkg_metadata VALUES (1, 'dataset', 'https://schema.org/Dataset', ?, ?)",
            [.text(mediaType), .text(text)])
        try run(
            "INSERT INTO gpkg_metadata_reference VALUES ('geopackage', NULL, NULL, NULL, ?, 1, NULL)",
            [.instant(instant)])
    }

    /// Writes the boxes of the tables and closes the file.
    public func finish() throws {
        for table in tables.values.sorted(by: { $0.name < $1.name }) {
            guard let box = table.box else { continue }
            let statement = try prepare(
                "UPDATE gpkg_contents SET min_x = ?, min_y = ?, max_x = ?, max_y = ? WHERE table_name = ?")
            defer { sqlite3_finalize(statement) }
            for (index, value) in [box.minX, box.minY, box.maxX, box.maxY].enumerated() {
                try check(sqlite3_bind_double(statement, Int32(index + 1), value))
            }
            try bind(.text(table.name), to: statement, at: 5)
            try step(statement)
        }
        try run("COMMIT")
        for table in tables.values { sqlite3_finalize(table.insert) }
        tables = [:]
        try check(sqlite3_close(handle))
        handle = nil
    }

    private static let copies = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    private func run(_ text: String) throws { try check(sqlite3_exec(handle, text, nil, nil, nil)) }

    private func run(_ text: String, _ values: [Value]) throws {
        let statement = try prepare(text)
        defer { sqlite3_finalize(statement) }
        for (index, value) in values.enumerated() { try bind(value, to: statement, at: Int32(index + 1)) }
        try step(statement)
    }

    private func prepare(_ text: String) throws -> OpaquePointer {
        var statement: OpaquePointer?
        try check(sqlite3_prepare_v2(handle, text, -1, &statement, nil))
        guard let statement else { throw fault() }
        return statement
    }

    private func bind(_ value: Value, to statement: OpaquePointer, at position: Int32) throws {
        switch value {
        case .null: try check(sqlite3_bind_null(statement, position))
        case .integer(let number): try check(sqlite3_bind_int64(statement, position, number))
        case .text(let text):
            try check(sqlite3_bind_text(statement, position, text, Int32(text.utf8.count), Self.copies))
        case .instant(let milliseconds):
            try bind(.text(GeoPackageSchema.instant(milliseconds)), to: statement, at: position)
        }
    }

    private func step(_ statement: OpaquePointer) throws {
        let code = sqlite3_step(statement)
        sqlite3_reset(statement)
        sqlite3_clear_bindings(statement)
        guard code == SQLITE_DONE else { throw fault() }
    }

    private func check(_ code: Int32) throws {
        guard code == SQLITE_OK else { throw fault() }
    }

    private func fault(_ text: String? = nil) -> FormatError {
        let reason = text ?? handle.map { String(cString: sqlite3_errmsg($0)) } ?? "no memory"
        return FormatError(code: "unwritable", message: "The GeoPackage cannot be written: \(reason)")
    }
}
