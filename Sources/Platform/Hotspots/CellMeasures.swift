import Analysis
import GeoCore
import Storage

extension HotspotComputation {
    /// Adds to cells what the question wants beside their counts: participants, votes and comments, and the categories.
    ///
    /// - Parameter points: all that was counted, where each lies.
    mutating func addMeasures(to table: inout CellTable, _ counts: GridAggregation, _ points: Points) throws {
        guard question.hasMeasures || question.division != nil else { return }
        let rows = try rows(of: points, in: counts)
        if question.hasMeasures {
            tell("measures", .text("true"), nil, .given)
            func sums(_ figures: NarrowColumn<Int64>) -> CellTable.Figures {
                .integers(rows.map { rows in rows.reduce(0) { $0 + Int(figures[usedRows[$1]]) } })
            }
            table.columns += [
                (
                    "contributors",
                    .values(rows.map { told(people: ground.knownPeople($0)).map { .integer(Int64($0)) } ?? .null })
                ),
                ("votesUp", sums(columns.votesUp)), ("votesDown", sums(columns.votesDown)),
                ("comments", sums(columns.comments)),
            ]
            let scores = rows.map { rows in
                rows.map { columns.votesUp[usedRows[$0]] - columns.votesDown[usedRows[$0]] }
            }
            let described = scores.map { $0.isEmpty ? nil : Description(counts: $0) }
            func figures(_ figure: (Description) -> Double?) -> CellTable.Figures {
                .values(described.map { $0.flatMap(figure).map { .number($0) } ?? .null })
            }
            table.columns += [
                ("scoreMean", figures(\.mean)), ("scoreMedian", figures(\.median)),
                ("scoreMinimum", figures(\.minimum)), ("scoreMaximum", figures(\.maximum)),
            ]
            if ground.tellsContributors {
                let others = try self.rows(of: ground.filteredOut.points, in: counts)
                table.dominatedSums = rows.indices.map { dominatedSums(rows[$0], leavingOut: others[$0]) }
            }
        }
        if let division = question.division {
            tell("by", .text(division.rawValue), nil, .given)
            let mixes = rows.map(ground.categoryMix)
            table.columns.append(("categories", .values(mixes.map(\.told))))
            // What a filter leaves out of a private category is its count without the filter less that with it.
            table.mixes = ground.filteredOut.points.count > 0 ? mixes.map(\.withoutPrivate) : mixes
        }
    }

    /// Rows of points by the place of the cell that they lie in.
    private func rows(of points: Points, in counts: GridAggregation) throws -> [[Int]] {
        var rows = [[Int]](repeating: [], count: counts.cells.count)
        for row in 0..<points.count {
            if row & 0xFFF == 0 { try Task.checkCancellation() }
            guard let cell = counts.grid.cell(x: points.x[row], y: points.y[row]),
                let place = counts.cells.place(of: cell)
            else { continue }
            rows[place].append(row)
        }
        return rows
    }
}
