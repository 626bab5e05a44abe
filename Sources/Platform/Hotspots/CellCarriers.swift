import Analysis
import GeoCore

/// How many contributions carry what cells and their neighbours weigh, where contributions do not weigh alike.
struct CellCarriers {
    /// Below so many a hot place is carried by few.
    static let fewest = 10.0

    /// The effective number of contributions in each cell and its neighbours, (Σw)² / Σw² (Kish 1965); `nil` without any.
    let effectiveNumber: [Double?]
    /// The row of the heaviest contribution there; −1 without any.
    let heaviest: [Int]

    /// Whether the effective number of a cell is below ``fewest``.
    func areFew(_ place: Int) -> Bool { Self.areFew(effectiveNumber[place]) }

    /// Whether an effective number is below ``fewest``.
    static func areFew(_ effective: Double?) -> Bool { effective.map { $0 < fewest } ?? false }

    /// What is told of a cell.
    ///
    /// - Parameter isHot: whether it is named as one that holds much, or differs by that from its surroundings.
    func figures(_ place: Int, isHot: Bool) -> [(name: String, value: JSONValue)] {
        Self.figures(effectiveNumber[place], isHot: isHot)
    }

    /// What is told of a place.
    static func figures(_ effective: Double?, isHot: Bool) -> [(name: String, value: JSONValue)] {
        [
            ("effectiveNumber", effective.map { .number($0.rounded(toPlaces: 2)) } ?? .null),
            ("carriedByFew", .bool(isHot && areFew(effective))),
        ]
    }

    /// The same of all cells, as columns.
    func columns(isHot: [Bool]) -> [CellTable.Column] {
        [
            ownColumn, ("carriedByFew", .flags(isHot.indices.map { isHot[$0] && areFew($0) })),
        ]
    }

    /// The effective numbers alone.
    var ownColumn: CellTable.Column {
        (
            "effectiveNumber",
            .values(effectiveNumber.map { $0.map { .number($0.rounded(toPlaces: 2)) } ?? .null })
        )
    }
}

extension GroundedComputation {
    /// Tells how many contributions of equal weight would be as sure as those of some weights, in the place of what was told
    /// of it before.
    mutating func tellEffectiveNumber(of weights: [Double]) {
        let warning =
            "carried by few: the effective number of weights is below " + AnalysisParameter.text(CellCarriers.fewest)
        record.warnings.removeAll { $0 == warning }
        record.summary.removeAll { $0.name == "effectiveNumber" }
        guard let effective = effectiveNumber(weights) else { return }
        summarize("effectiveNumber", effective)
        if CellCarriers.areFew(effective) { record.warnings.append(warning) }
    }

    /// The same where fewer of the weights count than were told of.
    mutating func tellEffectiveNumberAnew(of weights: @autoclosure () -> [Double]) {
        if record.summary.contains(where: { $0.name == "effectiveNumber" }) { tellEffectiveNumber(of: weights()) }
    }
}

extension HotspotComputation {
    /// Who carries the cells of a test with their neighbours; `nil` where every contribution weighs the same.
    ///
    /// Lines and areas that are spread over cells count where their point lies.
    ///
    /// - Parameters:
    ///   - points: with what each weighs.
    ///   - weights: of the neighbours; `nil` looks at each cell alone.
    ///   - includesSelf: whether the cell itself counts, too.
    /// - Complexity: linear in contributions and neighbours.
    func carriers(
        _ points: Points, _ counts: GridAggregation, _ weights: @autoclosure () throws -> SpatialWeights?,
        includesSelf: Bool = true
    ) rethrows -> CellCarriers? {
        guard question.weight != .one else { return nil }
        let weights = try weights()
        let count = counts.cells.count
        var (sums, squares) = ([Double](repeating: 0, count: count), [Double](repeating: 0, count: count))
        var heaviest = [Int](repeating: -1, count: count)
        for row in 0..<points.count {
            guard let cell = counts.grid.cell(x: points.x[row], y: points.y[row]),
                let place = counts.cells.place(of: cell)
            else { continue }
            sums[place] += points.weight[row]
            squares[place] += points.weight[row] * points.weight[row]
            // Of equal ones the latest, in whatever order they come.
            let other = heaviest[place]
            if other < 0 || (points.weight[other], points.time[other]) < (points.weight[row], points.time[row]) {
                heaviest[place] = row
            }
        }
        var (effective, heavy) = ([Double?](repeating: nil, count: count), [Int](repeating: -1, count: count))
        for place in 0..<count {
            var (own, around): (Double?, [(Int, Double)]) = (nil, [])
            if let weights {
                for entry in weights.offsets[place]..<weights.offsets[place + 1] {
                    let other = Int(weights.neighbors[entry])
                    if other == place {
                        own = weights.weights[entry]
                    } else {
                        around.append((other, weights.weights[entry]))
                    }
                }
            }
            // The score of other tests than Gi* does not hang on the size of the weights: the cell counts as its nearest does.
            let largest = question.method == .gi ? 1 : around.map(\.1).max() ?? 1
            if includesSelf { around.append((place, own ?? largest)) }
            var (all, square) = (0.0, 0.0)
            for (other, weight) in around.sorted(by: { $0.0 < $1.0 }) {
                all += weight * sums[other]
                square += weight * weight * squares[other]
                let row = heaviest[other]
                guard row >= 0 else { continue }
                if heavy[place] < 0 || points.weight[row] > points.weight[heavy[place]] { heavy[place] = row }
            }
            effective[place] = square > 0 ? all * all / square : nil
        }
        return CellCarriers(effectiveNumber: effective, heaviest: heavy)
    }

    /// Tells how few carry what is hot, and how much of it hangs on one contribution.
    ///
    /// - Parameters:
    ///   - isHot: of each place that has carriers.
    ///   - rule: what the effective number is that of, and how it is found what is fragile.
    mutating func tell(_ carriers: CellCarriers, isHot: [Bool], fragile: [Bool]?, _ rule: String) {
        tell("fewestCarriers", .number(CellCarriers.fewest), "contributions", .standard, rule: rule)
        summarize("carriedByFew", Double(isHot.indices.count { isHot[$0] && carriers.areFew($0) }))
        if let fragile { summarize("fragile", Double(fragile.count { $0 })) }
    }

    /// Tells who carries the cells of local Moran's I or Geary's c.
    ///
    /// - Parameters:
    ///   - classes: of each cell, 0 where it is not significant.
    ///   - z: the scores of all cells.
    /// - Returns: what is told of each cell; nothing where every contribution weighs the same.
    mutating func tellCarriers(
        _ all: Points, _ counts: GridAggregation, _ neighbors: SpatialWeights, classes: [Int8], z: [Double?]
    ) async throws -> [[(name: String, value: JSONValue)]] {
        guard question.weight != .one else { return [] }
        let (points, weights) = (try limited(all, grid: counts.grid, cells: counts.cells), neighbors.withoutSelf())
        guard let carriers = carriers(points, counts, weights) else { return [] }
        let isHot = classes.map { $0 != 0 && $0 != Self.lowAmongLow }
        let fragile = try await fragileCells(
            carriers, points, counts, weights, question.method == .geary ? .geary : .moran, classes: classes,
            isHot: isHot, z: z)
        tell(carriers, isHot: isHot, fragile: fragile, Self.carriersOfCells)
        return classes.indices.map { place in
            carriers.figures(place, isHot: isHot[place]) + (fragile.map { [("fragile", .bool($0[place]))] } ?? [])
        }
    }

    /// Tells who carries the cells of Gi*.
    ///
    /// - Parameters:
    ///   - bins: the classes of all cells, as the answer tells them.
    ///   - isHot: which cells are hot by the level of the question.
    ///   - z: the scores of all cells.
    /// - Returns: what is told of the cells; nothing where every contribution weighs the same.
    mutating func tellCarriers(
        _ points: Points, _ counts: GridAggregation, _ neighbors: CellNeighbors, bins: [Int8], isHot: [Bool],
        z: [Double?]
    ) async throws -> [CellTable.Column] {
        guard question.weight != .one else { return [] }
        let weights = try neighbors.weights(counts)
        guard let carriers = carriers(points, counts, weights, includesSelf: question.isStar) else { return [] }
        let fragile = try await fragileCells(
            carriers, points, counts, weights, .gi(neighbors), classes: bins, isHot: isHot, z: z)
        tell(carriers, isHot: isHot, fragile: fragile, Self.carriersOfCells)
        let columns: [CellTable.Column] = fragile.map { [("fragile", .flags($0))] } ?? []
        return columns + carriers.columns(isHot: isHot)
    }

    /// The number of low among low, by local Moran's I and by Geary's c.
    private static let lowAmongLow: Int8 = 3

    /// What is told of a cluster that some contributions form; nothing where every contribution weighs the same.
    ///
    /// - Parameters:
    ///   - rows: of the contributions.
    ///   - weights: of all.
    func carriers(of rows: [Int], _ weights: [Double]) -> [(name: String, value: JSONValue)] {
        guard question.weight != .one else { return [] }
        return CellCarriers.figures(effectiveNumber(rows.map { weights[$0] }), isHot: true)
    }

    /// What of that is not told to those from whom few are withheld: it tells how what single ones weigh differs.
    static let maskedCarriers: [(name: String, value: JSONValue)] = [
        ("effectiveNumber", .null), ("carriedByFew", .null),
    ]

    /// How it is told of cells who carries them.
    static let carriersOfCells =
        "below this effective number of weights in a hot cell and its neighbours it is carried by few; fragile is one of "
        + "another class without the heaviest contribution there"
    /// How it is told of cells of a cube.
    static let carriersOfSteps =
        "below this effective number of weights in a hot cell and its neighbours over all steps it is carried by few; fragile "
        + "is one of another pattern, by the normal law, without the heaviest contribution there"
}
