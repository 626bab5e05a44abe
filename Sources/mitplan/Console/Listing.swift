import Formats
import GeoCore

/// Rows of named values that are shown as a table, as CSV or as JSON: one description, three renderings.
struct Listing {
    /// One value.
    enum Value {
        case text(String?)
        case count(Int?)
        /// A number, with the decimals that people get to see.
        case number(Double?, decimals: Int = 3)
        case flag(Bool)
    }

    /// One column.
    struct Column {
        /// Name in CSV and JSON.
        var name: String
        /// Heading of the table.
        var title: String
        /// Columns of the terminal at most.
        var maximumWidth: Int

        /// Makes a column; the heading is the name unless given.
        init(_ name: String, title: String? = nil, maximumWidth: Int = 60) {
            self.name = name
            self.title = title ?? name
            self.maximumWidth = maximumWidth
        }
    }

    /// The columns.
    let columns: [Column]
    /// Values by row; as many as there are columns.
    private(set) var rows: [[Value]] = []
    /// The place of each row, for GeoJSON.
    private var geometries: [Geometry?] = []

    /// Makes an empty listing.
    init(_ columns: [Column]) { self.columns = columns }

    /// Adds a row; surplus values are left out.
    mutating func append(_ values: [Value], geometry: Geometry? = nil) {
        rows.append(Array(values.prefix(columns.count)))
        geometries.append(geometry)
    }

    /// The listing in a format; formats other than CSV, JSON and GeoJSON mean the table.
    func rendered(as format: OutputFormat) -> String {
        switch format {
        case .csv: commaSeparated
        case .json: json
        case .geojson: geoJSON
        default: table
        }
    }

    /// Aligned columns.
    var table: String {
        var table = TextTable(
            columns.indices.map { index in
                TextTable.Column(
                    title: columns[index].title, isNumeric: isNumeric(index), maximumWidth: columns[index].maximumWidth)
            })
        for row in rows { table.append(row.map(\.forPeople)) }
        return table.rendered()
    }

    /// A header and a record for each row.
    var commaSeparated: String {
        rows.reduce(into: CSVText.record(columns.map(\.name))) { text, row in
            text += CSVText.record(row.map(\.forPrograms))
        }
    }

    /// An array of objects, a row a line.
    var json: String {
        let objects = rows.map(object)
        return objects.isEmpty ? "[]\n" : "[\n  " + objects.joined(separator: ",\n  ") + "\n]\n"
    }

    /// A FeatureCollection (RFC 7946), a feature a line; the values are its properties.
    var geoJSON: String {
        let features = zip(rows, geometries).map { row, geometry in
            var place: [UInt8] = []
            if let geometry { GeoJSONGeometry.append(geometry, to: &place) }
            let text = geometry == nil ? "null" : String(decoding: place, as: UTF8.self)
            return "{\"type\": \"Feature\", \"geometry\": \(text), \"properties\": \(object(row))}"
        }
        return "{\"type\": \"FeatureCollection\", \"features\": [\n" + features.joined(separator: ",\n") + "\n]}\n"
    }

    private func object(_ row: [Value]) -> String {
        "{" + zip(columns, row).map { "\(JSONDocument.quoted($0.name)): \($1.json)" }.joined(separator: ", ") + "}"
    }

    private func isNumeric(_ index: Int) -> Bool {
        guard let first = rows.first, index < first.count else { return false }
        switch first[index] {
        case .count, .number: return true
        case .text, .flag: return false
        }
    }
}

extension Listing.Value {
    fileprivate var forPeople: String {
        switch self {
        case .text(let text): text ?? ""
        case .count(let count): count.map(NumberText.grouped) ?? "–"
        case .number(let number, let decimals): NumberText.decimal(number, decimals: decimals)
        case .flag(let flag): flag ? "yes" : "no"
        }
    }

    fileprivate var forPrograms: String {
        switch self {
        case .text(let text): text ?? ""
        case .count(let count): count.map(String.init) ?? ""
        case .number(let number, _): number.flatMap { $0.isFinite ? "\($0)" : nil } ?? ""
        case .flag(let flag): flag ? "true" : "false"
        }
    }

    fileprivate var json: String {
        switch self {
        case .text(let text): text.map(JSONDocument.quoted) ?? "null"
        case .count, .number: forPrograms.isEmpty ? "null" : forPrograms
        case .flag: forPrograms
        }
    }
}
