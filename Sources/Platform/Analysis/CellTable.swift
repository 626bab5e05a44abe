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

    /// Figures with their name.
    typealias Column = (name: String, values: Figures)

    /// The tiling.
    let grid: Grid
    /// The cells of the study area.
    let cells: CellSet
    /// Places of the cells that are told, in the order of the answer.
    let places: [Int]
    /// Their names and outlines in longitude and latitude.
    let outlines: CellOutlines
    /// Figures in a fixed order.
    var columns: [Column]
    /// How many of them, from the first, tell what is counted in the cells: where few counts change, so do few of these.
    private let countedColumns: Int
    /// What the map colours.
    let colour: Figures
    /// Who stands behind the count of each cell, where that matters.
    let contributors: [Contributors]
    /// Who stands behind the class of each cell, where that matters.
    let surroundings: [Contributors]
    /// How many are of each category in each cell, where that is told.
    var mixes: [CategoryMix] = []
    /// Sums of each cell that are mostly those of one or two people, where such are told and it matters.
    var dominatedSums: [Set<VotedSum>] = []

    /// Makes a table of what is counted in cells.
    init(
        grid: Grid, cells: CellSet, places: [Int], outlines: CellOutlines, counted columns: [Column], colour: Figures,
        contributors: [Contributors] = [], surroundings: [Contributors] = []
    ) {
        (self.grid, self.cells, self.places, self.outlines) = (grid, cells, places, outlines)
        (self.columns, self.countedColumns, self.colour) = (columns, columns.count, colour)
        (self.contributors, self.surroundings) = (contributors, surroundings)
    }

    /// What is counted in the cells.
    var counted: ArraySlice<Column> { columns.prefix(countedColumns) }

    /// The other figures.
    var others: ArraySlice<Column> { columns.dropFirst(countedColumns) }

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
                dominatedSums: dominatedSums.isEmpty ? [] : dominatedSums[place],
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
