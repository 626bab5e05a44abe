/// The three passes of DBSCAN over points in squares; all columns are in sorted order.
///
/// Each pass can be made for ranges of cells apart from each other; what it finds does not depend on the ranges.
struct DensitySearch: Sendable {
    private let buckets: PointBuckets
    private let squaredRadius: Double
    private let minimum: Double
    /// Weights of the sorted points; `nil` counts each as 1.
    private let weights: [Double]?
    private var isCore: [Bool]
    /// Number of cores in each cell.
    private var cores: [Int32]
    private var sets: UnionFind
    /// Cluster of the cores of each cell; −1 without any.
    private var clusterOfCell: [Int32] = []
    /// Number of clusters.
    private(set) var clusterCount = 0
    /// Box of each cell's points: minX, minY, maxX, maxY.
    private var boxes: [SIMD4<Double>]

    init(_ buckets: PointBuckets, squaredRadius: Double, minimum: Double, weights: [Double]?) {
        self.buckets = buckets
        self.squaredRadius = squaredRadius
        self.minimum = minimum
        self.weights = weights
        isCore = Array(repeating: false, count: buckets.order.count)
        cores = Array(repeating: 0, count: buckets.count)
        sets = UnionFind(count: buckets.count)
        boxes = []
        boxes.reserveCapacity(buckets.count)
        for cell in 0..<buckets.count {
            var (minX, minY) = (Double.infinity, Double.infinity)
            var (maxX, maxY) = (-Double.infinity, -Double.infinity)
            for place in buckets.range(cell) {
                let (x, y) = (buckets.x[place], buckets.y[place])
                (minX, minY) = (min(minX, x), min(minY, y))
                (maxX, maxY) = (max(maxX, x), max(maxY, y))
            }
            boxes.append(SIMD4(minX, minY, maxX, maxY))
        }
    }

    @inline(__always)
    private func isBeyond(_ x: Double, _ y: Double, _ box: SIMD4<Double>) -> Bool {
        let dx = max(max(box[0] - x, x - box[2]), 0)
        let dy = max(max(box[1] - y, y - box[3]), 0)
        return dx * dx + dy * dy > squaredRadius
    }

    @inline(__always)
    private func squaredDistance(_ first: Int, _ second: Int) -> Double {
        let dx = buckets.x[first] - buckets.x[second]
        let dy = buckets.y[first] - buckets.y[second]
        return dx * dx + dy * dy
    }

    /// Cells that are worked on together.
    var parts: [Range<Int>] { Chunks.ranges(buckets.count, smallest: 512, limit: 32) }

    /// Which points of some cells have a neighbourhood that is full enough.
    func cores(_ cells: Range<Int>) throws(AnalysisError) -> [Bool] {
        var found: [Bool] = []
        for cell in cells {
            if cell & 0xFF == 0 { try AnalysisError.checkCancellation() }
            let range = buckets.range(cell)
            let inside = weights.map { weights in range.reduce(0) { $0 + weights[$1] } } ?? Double(range.count)
            for place in range { found.append(inside >= minimum || isFull(place, cell, inside)) }
        }
        return found
    }

    /// Takes over the cores of all cells.
    mutating func setCores(_ parts: [[Bool]]) {
        isCore = parts.flatMap { $0 }
        for cell in 0..<buckets.count {
            cores[cell] = Int32(truncatingIfNeeded: buckets.range(cell).count { isCore[$0] })
        }
    }

    private func isFull(_ place: Int, _ cell: Int, _ inside: Double) -> Bool {
        var found = inside
        let (x, y) = (buckets.x[place], buckets.y[place])
        buckets.forEachNear(cell) { near in
            guard near != cell, !isBeyond(x, y, boxes[near]) else { return true }
            for other in buckets.range(near) where squaredDistance(place, other) <= squaredRadius {
                found += weights?[other] ?? 1
                if found >= minimum { return false }
            }
            return true
        }
        return found >= minimum
    }

    /// Pairs of cells, the first among those given, that hold cores within the radius of each other; enough of them to
    /// join all that belong together.
    func links(_ cells: Range<Int>) throws(AnalysisError) -> [(Int32, Int32)] {
        var joined = sets
        var links: [(Int32, Int32)] = []
        for cell in cells where cores[cell] > 0 {
            if cell & 0xFF == 0 { try AnalysisError.checkCancellation() }
            buckets.forEachNear(cell) { near in
                guard near > cell, cores[near] > 0, joined.find(cell) != joined.find(near), touch(cell, near) else {
                    return true
                }
                joined.unite(cell, near)
                links.append((Int32(truncatingIfNeeded: cell), Int32(truncatingIfNeeded: near)))
                return true
            }
        }
        return links
    }

    /// Joins cells and numbers the clusters by their smallest core index.
    mutating func setClusters(_ parts: [[(Int32, Int32)]]) {
        for links in parts {
            for (cell, near) in links { sets.unite(Int(cell), Int(near)) }
        }
        var firstCore = [Int32](repeating: .max, count: buckets.count)
        for cell in 0..<buckets.count where cores[cell] > 0 {
            let root = sets.find(cell)
            for place in buckets.range(cell) where isCore[place] {
                firstCore[root] = min(firstCore[root], buckets.order[place])
            }
        }
        let roots = firstCore.indices.filter { firstCore[$0] != .max }.sorted { firstCore[$0] < firstCore[$1] }
        var number = [Int32](repeating: -1, count: buckets.count)
        for (cluster, root) in roots.enumerated() { number[root] = Int32(truncatingIfNeeded: cluster) }
        clusterOfCell = (0..<buckets.count).map { cores[$0] > 0 ? number[sets.find($0)] : -1 }
        clusterCount = roots.count
    }

    private func touch(_ first: Int, _ second: Int) -> Bool {
        let (small, large) = cores[first] <= cores[second] ? (first, second) : (second, first)
        for place in buckets.range(small) where isCore[place] {
            if isBeyond(buckets.x[place], buckets.y[place], boxes[large]) { continue }
            for other in buckets.range(large) where isCore[other] && squaredDistance(place, other) <= squaredRadius {
                return true
            }
        }
        return false
    }

    /// The clusters of the points of some cells, in sorted order.
    func labels(_ cells: Range<Int>) throws(AnalysisError) -> [Int32] {
        var labels: [Int32] = []
        for cell in cells {
            if cell & 0xFF == 0 { try AnalysisError.checkCancellation() }
            for place in buckets.range(cell) {
                let home = isCore[place] ? cell : nearestCoreCell(place, cell)
                labels.append(home.map { clusterOfCell[$0] } ?? -1)
            }
        }
        return labels
    }

    /// The labels of all points and whether they are cores, in the order of the input.
    func inOrder(_ parts: [[Int32]]) -> (labels: [Int32], isCore: [Bool]) {
        var labels = [Int32](repeating: -1, count: buckets.order.count)
        var flags = [Bool](repeating: false, count: buckets.order.count)
        var place = 0
        for part in parts {
            for label in part {
                let index = Int(buckets.order[place])
                labels[index] = label
                flags[index] = isCore[place]
                place += 1
            }
        }
        return (labels, flags)
    }

    /// The cell of the nearest core within the radius, the smallest input index among equals.
    private func nearestCoreCell(_ place: Int, _ cell: Int) -> Int? {
        var best: (distance: Double, index: Int32, cell: Int)?
        let (x, y) = (buckets.x[place], buckets.y[place])
        buckets.forEachNear(cell) { near in
            guard cores[near] > 0, !isBeyond(x, y, boxes[near]) else { return true }
            for other in buckets.range(near) where isCore[other] {
                let distance = squaredDistance(place, other)
                guard distance <= squaredRadius else { continue }
                if let held = best, (held.distance, held.index) <= (distance, buckets.order[other]) { continue }
                best = (distance, buckets.order[other], near)
            }
            return true
        }
        return best?.cell
    }
}
