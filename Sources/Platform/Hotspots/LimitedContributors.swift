import Analysis
import GeoCore
import Storage

extension HotspotQuestion {
    /// Contributions of one participant that count in full in a cell, for those who may know who wrote more than once.
    private static let fullContributions = 3

    /// The same question, whose hot spots nobody can make alone by writing often.
    func limitedByDefault() -> HotspotQuestion {
        guard method == .auto, perPerson == nil else { return self }
        var question = self
        (question.perPerson, question.limitsByDefault) = (Self.fullContributions, true)
        return question
    }
}

extension HotspotComputation {
    /// Counts in cells under the limit that the question sets for one participant, lines and areas spread over them.
    ///
    /// - Parameter points: afterwards with what each weighs under the limit.
    mutating func counted(_ points: inout Points) async throws -> (counts: GridAggregation, area: [Double]) {
        var (plain, area) = try await aggregate(points, in: question.cells)
        if let limit = question.perPerson {
            tell(
                "perPerson", .number(Double(limit)), "contributions",
                question.limitsByDefault ? .standard : .given)
            let limited = try limited(points, grid: plain.grid, cells: plain.cells)
            summarize("limitedContributions", Double(zip(points.weight, limited.weight).count { $0 != $1 }))
            points = limited
            tellEffectiveNumberAnew(of: points.weight)
            plain = try await GridAggregation.parallel(points, grid: plain.grid, cells: plain.cells)
        }
        return (try spread(plain, points), area)
    }

    /// What contributions weigh in some cells under the limit for one participant.
    func limited(_ points: Points, grid: Grid, cells: CellSet) throws -> Points {
        guard let limit = question.perPerson else { return points }
        var numbers: [UInt64: Int32] = [0: -1]
        var limited = points
        limited.weight = try limitedWeights(
            points.weight,
            cells: (0..<points.count).map { row in
                let place = grid.cell(x: points.x[row], y: points.y[row]).flatMap { cells.place(of: $0) }
                return place.map { Int32(truncatingIfNeeded: $0) } ?? -1
            },
            contributors: (0..<points.count).map { row in
                let author = columns.author[usedRows[row]]
                let number = numbers[author] ?? Int32(truncatingIfNeeded: numbers.count)
                numbers[author] = number
                return number
            }, limit: limit)
        return limited
    }
}
