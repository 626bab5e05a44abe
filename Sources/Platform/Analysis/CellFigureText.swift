import Analysis
import GeoCore

/// Writes the figures of a column as members of JSON objects.
struct CellFigureText {
    private let values: CellTable.Figures
    /// The name with its quotes and colon.
    private let name: [UInt8]

    init(_ name: String, _ values: CellTable.Figures) {
        self.values = values
        var bytes: [UInt8] = []
        JSONWriter.append(name, to: &bytes)
        self.name = bytes + [0x3A]
    }

    /// Appends the member of a cell.
    func append(_ place: Int, to out: inout [UInt8]) {
        out.append(contentsOf: name)
        switch values {
        case .integers(let values): JSONWriter.append(values[place], to: &out)
        case .bins(let values): JSONWriter.append(values[place], to: &out)
        case .numbers(let values): JSONWriter.append(values[place], to: &out)
        case .known(let values):
            if let number = values[place] {
                JSONWriter.append(number, to: &out)
            } else {
                JSONWriter.append(literal: "null", to: &out)
            }
        case .flags, .names, .values: values.json(place).append(to: &out)
        }
    }
}

extension CellTable.Figures {
    /// For each of some cells a word: cells whose figures are written alike have the same, others have another.
    func words(_ places: [Int]) -> [UInt64] {
        switch self {
        case .integers(let values): return places.map { UInt64(bitPattern: Int64(values[$0])) }
        case .bins(let values): return places.map { UInt64(bitPattern: Int64(values[$0])) }
        case .numbers(let values): return places.map { values[$0].bitPattern }
        case .known(let values):
            // Gone through as it comes, which is faster than looking up each place.
            var words: [UInt64] = []
            words.reserveCapacity(values.count)
            for number in values { words.append((number ?? .nan).bitPattern) }
            return places.map { words[$0] }
        case .flags(let values): return places.map { values[$0] ? 1 : 0 }
        case .names(let values): return Self.numbers(places) { values[$0] }
        case .values(let values): return Self.numbers(places) { values[$0].encoded }
        }
    }

    /// For each place the number of its key, counted as keys come for the first time.
    private static func numbers<Key: Hashable>(_ places: [Int], _ key: (Int) -> Key) -> [UInt64] {
        var numbers: [Key: UInt64] = [:]
        return places.map { place in
            let (key, next) = (key(place), UInt64(numbers.count))
            if let number = numbers[key] { return number }
            numbers[key] = next
            return next
        }
    }
}
