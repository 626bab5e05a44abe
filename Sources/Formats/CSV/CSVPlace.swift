import GeoCore

/// Finds the place of a row in its cells.
struct CSVPlace: Sendable {
    /// A cell that holds no coordinate.
    struct Fault: Error {
        var column: Int
        var code: String
        var reason: String
    }

    private enum Form: Sendable {
        case none
        case columns(x: Int, y: Int)
        case pair(Int, latitudeFirst: Bool)
        case wkt(Int)
    }

    private let form: Form
    /// Columns that hold the place.
    let columns: Set<Int>
    /// The CRS the names of the columns tell; `nil` for eastings and northings.
    let crs: String?

    private static let longitudes = [
        "lon", "lng", "long", "longitude", "laenge", "längengrad", "laengengrad", "xgcswgs84",
    ]
    private static let latitudes = ["lat", "latitude", "breite", "breitengrad", "ygcswgs84"]
    private static let eastings = ["x", "e", "east", "easting", "ostwert", "rechtswert", "hw_ost"]
    private static let northings = ["y", "n", "north", "northing", "nordwert", "hochwert"]
    private static let geometries = ["wkt", "geom", "geometry", "geometrie", "the_geom", "shape"]
    private static let pairs = ["koordinaten", "coordinates", "koordinate", "location", "position", "latlon", "geo"]

    init(header: [String], mapping: CSVMapping) throws {
        let names = header.map { $0.lowercased() }
        func named(_ name: String?) throws -> Int? {
            guard let name else { return nil }
            guard let index = names.firstIndex(of: name.lowercased()) else {
                throw FormatError(
                    code: "unknownColumn", message: "The table has no column \"\(name.prefix(60))\".", row: 1)
            }
            return index
        }
        func first(_ wanted: [String]) -> Int? { wanted.lazy.compactMap { names.firstIndex(of: $0) }.first }
        if let column = try named(mapping.wkt) {
            (form, columns, crs) = (.wkt(column), [column], "OGC:CRS84")
        } else if let x = try named(mapping.x), let y = try named(mapping.y) {
            (form, columns, crs) = (.columns(x: x, y: y), [x, y], nil)
        } else if let x = first(Self.longitudes), let y = first(Self.latitudes) {
            (form, columns, crs) = (.columns(x: x, y: y), [x, y], "OGC:CRS84")
        } else if let column = first(Self.geometries) {
            (form, columns, crs) = (.wkt(column), [column], "OGC:CRS84")
        } else if let x = first(Self.eastings), let y = first(Self.northings) {
            (form, columns, crs) = (.columns(x: x, y: y), [x, y], nil)
        } else if let column = first(Self.pairs) {
            (form, columns, crs) = (.pair(column, latitudeFirst: true), [column], "OGC:CRS84")
        } else {
            (form, columns, crs) = (.none, [], "OGC:CRS84")
        }
    }

    func note(_ header: [String]) -> String {
        switch form {
        case .none: "no columns with coordinates"
        case .columns(let x, let y): "coordinates from \(header[x]) and \(header[y])"
        case .pair(let column, _): "coordinates from \(header[column]), latitude first"
        case .wkt(let column): "geometries from \(header[column])"
        }
    }

    func geometry(_ cells: [String]) throws(Fault) -> Geometry? {
        switch form {
        case .none: return nil
        case .columns(let x, let y):
            if isBlank(cells[x]) && isBlank(cells[y]) { return nil }
            return .point(Position(try number(cells[x], x), try number(cells[y], y)))
        case .wkt(let column):
            guard !isBlank(cells[column]) else { return nil }
            do {
                return try WKT.parse(cells[column])
            } catch {
                throw Fault(column: column, code: "wkt", reason: "this is no WKT: \(error.message)")
            }
        case .pair(let column, let latitudeFirst):
            let text = cells[column].filter { $0 != "(" && $0 != ")" }
            guard !isBlank(text) else { return nil }
            let separators: [Character] = text.contains(";") ? [";"] : text.contains(",") ? [","] : [" "]
            let parts = text.split { separators.contains($0) }
            guard parts.count == 2 else {
                throw Fault(column: column, code: "coordinates", reason: "two numbers were expected")
            }
            let (first, second) = (try number(String(parts[0]), column), try number(String(parts[1]), column))
            return .point(latitudeFirst ? Position(second, first) : Position(first, second))
        }
    }

    private func isBlank(_ cell: String) -> Bool {
        if let first = cell.utf8.first, first > 0x20, first < 0x80 { return false }
        return cell.allSatisfy(\.isWhitespace)
    }

    /// Whether a cell holds nothing but signs, digits and at most one point, as most do.
    private func isPlain(_ cell: String) -> Bool {
        var points = 0
        for byte in cell.utf8 {
            switch byte {
            case 0x30...0x39, 0x2B, 0x2D: break
            case 0x2E: points += 1
            default: return false
            }
        }
        return points <= 1
    }

    /// A number with point or comma, thousands set apart by points, blanks or apostrophes.
    private func number(_ cell: String, _ column: Int) throws(Fault) -> Double {
        if isPlain(cell), let value = Double(cell), value.isFinite { return value }
        var text = cell.filter { !$0.isWhitespace && $0 != "'" && $0 != "’" }
        let points = text.count { $0 == "." }
        let commas = text.count { $0 == "," }
        if commas == 1, points > 0, let comma = text.firstIndex(of: ","), let point = text.lastIndex(of: "."),
            point > comma
        {
            text.removeAll { $0 == "," }
        } else if commas == 1 {
            text = String(text.filter { $0 != "." }.map { $0 == "," ? "." : $0 })
        } else if points > 1 {
            text.removeAll { $0 == "." }
        }
        guard let value = Double(text), value.isFinite, text.allSatisfy({ $0.isNumber || "+-.eE".contains($0) }) else {
            throw Fault(column: column, code: "number", reason: "\"\(cell.prefix(40))\" is no number")
        }
        return value
    }
}
