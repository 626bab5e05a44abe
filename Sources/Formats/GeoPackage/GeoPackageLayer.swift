/// One table that a GeoPackage offers for reading.
struct GeoPackageLayer {
    /// Name of the table.
    var name: String
    /// The column with geometries; `nil` for tables of attributes alone.
    var geometryColumn: String?
    /// The coordinate reference system: authority code or WKT.
    var crs: String?
    /// The column that is the primary key, where it is one integer column.
    var keyColumn: String?
    /// The attribute columns with their types.
    var fields: [LayerField] = []

    /// The names of the tables in `gpkg_contents` that hold features or attributes, with their kind, in byte order.
    ///
    /// - Throws: ``FormatError`` when the file has no such list.
    static func list(in file: SQLiteFile) throws -> [(name: String, hasFeatures: Bool)] {
        let rows: SQLiteRows
        do {
            rows = try file.prepare(
                """
                SELECT c.table_name, c.data_type FROM gpkg_contents c JOIN sqlite_master m
                ON m.name = c.table_name AND m.type = 'table' AND m.sql NOT LIKE 'CREATE VIRTUAL%'
                WHERE c.data_type IN ('features', 'attributes') ORDER BY c.table_name
                """)
        } catch let error as FormatError where error.code == "unreadable" {
            throw FormatError(code: "notAGeoPackage", message: "The database is no GeoPackage: it lists no layers.")
        }
        var result: [(name: String, hasFeatures: Bool)] = []
        while try rows.step() {
            if let name = rows.text(0) { result.append((name, rows.text(1) == "features")) }
        }
        return result
    }

    /// Reads what the file says of one of its tables.
    init(name: String, hasFeatures: Bool, in file: SQLiteFile) throws {
        self.name = name
        if hasFeatures {
            let rows = try file.prepare(
                """
                SELECT g.column_name, s.organization, s.organization_coordsys_id, s.definition, g.srs_id
                FROM gpkg_geometry_columns g LEFT JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id
                WHERE g.table_name = ?1
                """)
            rows.bind(1, name)
            guard try rows.step(), let column = rows.text(0) else {
                throw FormatError(
                    code: "noGeometryColumn", message: "The layer \(Self.quoted(name)) names no geometry column.")
            }
            geometryColumn = column
            crs = Self.crs(
                organization: rows.text(1), code: rows.integer(2), definition: rows.text(3), id: rows.integer(4))
        }
        try readColumns(in: file)
    }

    /// The CRS as others can look it up; `nil` for the two systems that GeoPackage calls undefined (0 and −1).
    static func crs(organization: String?, code: Int64?, definition: String?, id: Int64?) -> String? {
        if let id, id == 0 || id == -1 { return nil }
        if let organization, let code, code > 0, !organization.isEmpty, organization.uppercased() != "NONE",
            organization.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        {
            return "\(organization.uppercased()):\(code)"
        }
        guard let definition, !definition.isEmpty, definition != "undefined" else { return nil }
        return definition
    }

    private mutating func readColumns(in file: SQLiteFile) throws {
        let rows = try file.prepare("PRAGMA table_xinfo(\(Self.identifier(name)))")
        var keys: [String] = []
        while try rows.step() {
            guard let column = rows.text(1) else { continue }
            let declared = (rows.text(2) ?? "").uppercased()
            if rows.integer(5).map({ $0 > 0 }) ?? false {
                keys.append(column)
                if declared.contains("INT") {
                    keyColumn = column
                    continue
                }
            }
            // Hidden columns belong to the file's own machinery.
            if column == geometryColumn || rows.integer(6) == 1 { continue }
            fields.append(LayerField(name: column, type: Self.fieldType(declared)))
        }
        if keys.count > 1, let key = keyColumn {
            keyColumn = nil
            fields.insert(LayerField(name: key, type: .integer), at: 0)
        }
    }

    /// The type of a column by its declaration.
    ///
    /// Source: OGC 12-128r18, table 1, "GeoPackage data types".
    static func fieldType(_ declared: String) -> FieldType {
        let name = declared.prefix { $0 != "(" }.uppercased()
        switch name {
        case "BOOLEAN", "BOOL": return .boolean
        case "DATE": return .date
        case "DATETIME", "TIMESTAMP": return .dateTime
        case "FLOAT", "DOUBLE", "REAL", "NUMERIC", "DECIMAL", "DOUBLE PRECISION": return .real
        case "BLOB": return .binary
        default: return name.contains("INT") ? .integer : .string
        }
    }

    /// A name as an SQL identifier, quotes doubled.
    static func identifier(_ name: String) -> String {
        "\"" + name.replacing("\"", with: "\"\"") + "\""
    }

    /// A name for messages: at most 60 characters, no control characters.
    static func quoted(_ name: String) -> String {
        "“" + String(String(name.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }).prefix(60)) + "”"
    }
}
