import Analysis
import GeoCore

/// Which cells of a map a test of neighbourhoods is made of: those whose middle lies in the study area.
///
/// What the border cuts off holds less for that alone. Counted as they are, such cells would agree with each other, and
/// evenly random points would be cold along the border; they are told, and not tested.
struct TestedCells {
    /// What is counted in them.
    let counts: GridAggregation
    /// For each cell that is told its place among those tested, −1 where it is not; `nil` where all are.
    private let places: [Int32]?

    /// Tests all cells.
    init(all counts: GridAggregation) { (self.counts, places) = (counts, nil) }

    /// Tests some of the cells.
    ///
    /// - Parameter places: for each cell of `counts` its place in `cells`, −1 where it is not among them.
    init(_ cells: CellSet, of counts: GridAggregation, at places: [Int32]) {
        (self.counts, self.places) = (counts.chosen(cells, at: places), places)
    }

    /// How many cells are told and not tested.
    var untested: Int { places?.count { $0 < 0 } ?? 0 }

    /// The place among those tested of a cell that is told; `nil` where it is not tested.
    func place(_ told: Int) -> Int? {
        guard let places else { return told }
        return places[told] < 0 ? nil : Int(places[told])
    }

    /// A figure of the tested cells for a cell that is told.
    func figure(_ figures: [Double?], _ told: Int) -> JSONValue {
        place(told).flatMap { figures[$0] }.map { .number($0) } ?? .null
    }

    /// Named figures of the tested cells for a cell that is told, undefined and nothing that holds where it is not tested;
    /// none where there are none.
    func figures(
        _ figures: [[(name: String, value: JSONValue)]], _ told: Int
    ) -> [(name: String, value: JSONValue)] {
        guard let first = figures.first else { return [] }
        return place(told).map { figures[$0] }
            ?? first.map { name, value in
                if case .bool = value { (name, .bool(false)) } else { (name, .null) }
            }
    }

    /// A column of the tested cells for all that are told: undefined for the others, and of no class.
    func told(_ figures: CellTable.Figures) -> CellTable.Figures {
        guard let places else { return figures }
        return switch figures {
        case .bins(let values): .bins(told(values, untested: 0))
        case .numbers(let values): .known(OptionalColumn(values.map(Double?.some)).taken(from: places))
        case .known(let values): .known(values.taken(from: places))
        case .flags(let values): .flags(told(values, untested: false))
        case .names(let values): .names(told(values, untested: nil))
        case .values(let values): .values(told(values, untested: .null))
        case .integers(let values): .values(told(values.map { .integer(Int64($0)) }, untested: .null))
        }
    }

    /// Figures of the tested cells for all that are told, with what is told of the others.
    func told<Figure>(_ figures: [Figure], untested: Figure) -> [Figure] {
        guard let places else { return figures }
        return places.map { $0 < 0 ? untested : figures[Int($0)] }
    }
}

extension HotspotComputation {
    /// The cells whose neighbourhoods are tested, of all that were counted in.
    ///
    /// - Throws: ``PlatformError`` `invalidInput` for too many cells.
    mutating func tested(_ counts: GridAggregation) throws -> TestedCells {
        guard let area, area.isGiven else { return TestedCells(all: counts) }
        let unmoved = KnownCells.Shift(x: 0, y: 0)
        let cells = try area.cells(of: counts.grid, movedBy: unmoved)
        // Cells as large as the area may have their middle anywhere.
        guard cells.count > 0 else { return TestedCells(all: counts) }
        let told = ground.cellKey ?? KnownCells.Key(grid: counts.grid)
        let key = KnownCells.Key(grid: counts.grid, shift: unmoved)
        let places = area.known.match(told, key) {
            counts.cells.q.indices.map { place in
                Int32(truncatingIfNeeded: cells.place(of: counts.cells[place]) ?? -1)
            }
        }
        ground.testedKey = key
        let tested = TestedCells(cells, of: counts, at: places)
        ground.occupiedCells = tested.counts.count.count { $0 > 0 }
        if tested.untested > 0 { summarize("untestedCells", Double(tested.untested)) }
        return tested
    }

    /// Who stands behind the class of each cell that is told: nobody where it is not tested.
    func surroundings(_ tested: TestedCells, _ points: Points, _ weights: SpatialWeights) -> [Contributors] {
        let around = surroundings(tested.counts, points, weights)
        return around.isEmpty ? [] : tested.told(around, untested: Contributors())
    }
}
