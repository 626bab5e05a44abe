import Analysis
import GeoCore
import PROJCoordinates
import Participation
import Storage

/// Contributions on the plane, asked for those near a feature.
struct NearContributions {
    let columns: ContributionColumns
    /// Rows with a place on the plane, in order.
    let placed: [Int]
    /// Rows without a place, in order.
    let unlocated: [Int]
    /// Rows whose place cannot be right, in order.
    let suspect: [Int]
    private let near: PointsNear
    private let shapes: ExtendedShapes
    private let hidden: PrivateCodes
    private let readable: Set<Contribution.State>

    /// Places contributions.
    ///
    /// - Parameters:
    ///   - shapes: lines and areas in longitude/latitude by the number of their contribution, where these count by them.
    ///   - told: numbers of contributions that are looked at elsewhere, and not here.
    ///   - features: how many features will be asked for.
    ///   - hidden: the private categories.
    ///   - readable: states of contributions that whoever asks may read one by one.
    /// - Throws: ``PlatformError`` `invalidInput` for more shapes than can be compared with so many features.
    init(
        _ columns: ContributionColumns, _ shapes: [Int64: Geometry], besides told: Set<Int64>, features: Int,
        _ transform: CoordinateTransform, hidden: PrivateCategories, readable: Set<Contribution.State>
    ) throws {
        self.columns = columns
        self.readable = readable
        self.hidden = columns.codes(of: hidden)
        var points = Points(capacity: columns.count)
        var rows: [Int] = []
        var (unlocated, suspect): ([Int], [Int]) = ([], [])
        for row in 0..<columns.count where !told.contains(columns.id[row]) {
            guard columns.longitude[row].isFinite else {
                unlocated.append(row)
                continue
            }
            guard columns.quality[row] != .suspect else {
                suspect.append(row)
                continue
            }
            points.append(x: columns.longitude[row], y: columns.latitude[row])
            rows.append(row)
        }
        transform.forwardLeavingGaps(&points.x, &points.y)
        let isPlaced = points.x.indices.map { points.x[$0].isFinite && points.y[$0].isFinite }
        suspect += rows.indices.filter { !isPlaced[$0] }.map { rows[$0] }
        placed = rows.indices.filter { isPlaced[$0] }.map { rows[$0] }
        (self.unlocated, self.suspect) = (unlocated, suspect.sorted())
        near = try PointsNear(points.rows { isPlaced[$0] })
        self.shapes = try ExtendedShapes(
            shapes.filter { !told.contains($0.key) }, of: columns, features: features, transform)
    }

    /// Rows of the contributions at most `distance` metres from a feature in metres, rising.
    func rows(within distance: Double, of feature: Geometry) throws -> [Int] {
        let found = try near.rows(within: distance, of: feature).map { placed[$0] }
        let extended = try shapes.rows(within: distance, of: feature)
        return extended.isEmpty ? found : Set(found).union(extended).sorted()
    }

    /// The numbers of those of some of them that whoever asks may read, rising.
    func readableNumbers(_ rows: [Int]) -> [Int64] {
        rows.filter { readable.contains(columns.state[$0]) }.map { columns.id[$0] }.sorted()
    }

    /// Who wrote some of them, or the private ones of these where they are fewer.
    func people(_ rows: [Int]) -> Contributors { Contributors(behind: rows, in: columns, hidden: hidden) }

    /// Sums of some of them that are mostly those of one or two people.
    func dominatedSums(_ rows: [Int]) -> Set<VotedSum> {
        guard !hidden.all.isEmpty else { return [] }
        return rows.map { AnalysisGround.Person($0, of: columns, hidden: hidden) }.dominatedSums
    }
}
