import Analysis
import GeoCore

/// The cells of an answer with their figures in columns: shapes of their own are made of them only where somebody asks.
struct CellTable: Sendable {
    /// A column of figures, one for each cell of the set.
    enum Figures: Sendable {
        case integers([Int])
        case bins([Int8])
        case numbers([Double])
        case known(OptionalColumn)
        case flags([Bool])
        case names([String?])
        case values([JSONValue])
    }

    /// The tiling.
    let grid: Grid
    /// The cells of the study area.
    let cells: CellSet
    /// Places of the cells that are told, in the order of the answer.
    let places: [Int]
    /// Their names and outlines in longitude and latitude.
    let outlines: CellOutlines
    /// Figures in a fixed order.
    var columns: [(name: String, values: Figures)]
    /// What the map colours.
    var colour: Figures
    /// Who stands behind the count of each cell, where that matters.
    var contributors: [Contributors] = []
    /// Who stands behind the class of each cell, where that matters.
    var surroundings: [Contributors] = []
    /// How many are of each category in each cell, where that is told.
    var mixes: [CategoryMix] = []

    /// Bytes in memory, about.
    var size: Int { 8 * places.count + 8 * cells.count * (columns.count + 4) + 200 * mixes.count + outlines.size }

    /// The cells as shapes.
    var features: [AnalysisFeature] {
        places.map { place in
            AnalysisFeature(
                id: CellOutlines.name(cells[place]),
                shape: MetricGeometry(metres: .polygon([grid.ring(of: cells[place])])),
                properties: columns.map { ($0.name, $0.values.json(place)) }, value: colour.number(place),
                contributors: contributors.isEmpty ? nil : contributors[place],
                surroundings: surroundings.isEmpty ? nil : surroundings[place],
                mix: mixes.isEmpty ? nil : mixes[place])
        }
    }
}

extension CellTable.Figures {
    /// The figure of a cell.
    func json(_ place: Int) -> JSONValue {
        switch self {
        case .integers(let values): .integer(Int64(values[place]))
        case .bins(let values): .integer(Int64(values[place]))
        case .numbers(let values): .number(values[place])
        case .known(let values): values[place].map { .number($0) } ?? .null
        case .flags(let values): .bool(values[place])
        case .names(let values): values[place].map { .string($0) } ?? .null
        case .values(let values): values[place]
        }
    }

    /// The figure of a cell as a number, where it is one.
    func number(_ place: Int) -> Double? {
        switch self {
        case .integers(let values): Double(values[place])
        case .bins(let values): Double(values[place])
        case .numbers(let values): values[place]
        case .known(let values): values[place]
        case .flags, .names, .values: nil
        }
    }
}

/// Writes the figures of a column as members of JSON objects.
struct CellFigureText {
    private let values: CellTable.Figures
    /// The name with its quotes and colon.
    private let name: [UInt8]
    /// The number written last and its text: neighbouring cells often have the same.
    private var last: (bits: UInt64, text: [UInt8]) = (0, [0x30])

    init(_ name: String, _ values: CellTable.Figures) {
        self.values = values
        var bytes: [UInt8] = []
        JSONWriter.append(name, to: &bytes)
        self.name = bytes + [0x3A]
    }

    /// Appends the member of a cell.
    mutating func append(_ place: Int, to out: inout [UInt8]) {
        out.append(contentsOf: name)
        switch values {
        case .integers(let values): JSONWriter.append(values[place], to: &out)
        case .bins(let values): JSONWriter.append(values[place], to: &out)
        case .numbers(let values): append(values[place], to: &out)
        case .known(let values):
            if let number = values[place] {
                append(number, to: &out)
            } else {
                JSONWriter.append(literal: "null", to: &out)
            }
        case .flags, .names, .values: values.json(place).append(to: &out)
        }
    }

    private mutating func append(_ number: Double, to out: inout [UInt8]) {
        if number.bitPattern != last.bits {
            last.bits = number.bitPattern
            last.text.removeAll(keepingCapacity: true)
            JSONWriter.append(number, to: &last.text)
        }
        out.append(contentsOf: last.text)
    }
}
