/// The three passes of DBSCAN over points in squares; all columns are in sorted order.
struct DensitySearch {
    private let buckets: PointBuckets
    private let squaredRadius: Double
    private let minimum: Double
    /// Weights of the sorted points; `nil` counts each as 1.
    private let weights: [Double]?
    private var isCore: [Bool]
    /// Number of cores in each cell.
    private var cores: [Int32]
    private var sets: UnionFind
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

    /// Marks the points whose neighbourhood is full enough.
    mutating func findCores() throws(AnalysisError) {
        for cell in 0..<buckets.count {
            if cell & 0xFF == 0 { try AnalysisError.checkCancellation() }
            let range = buckets.range(cell)
            let inside = weights.map { weights in range.reduce(0) { $0 + weights[$1] } } ?? Double(range.count)
            for place in range where inside >= minimum || isFull(place, cell, inside) {
                isCore[place] = true
                cores[cell] &+= 1
            }
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

    /// Joins cells that hold cores within the radius of each other.
    mutating func joinCores() throws(AnalysisError) {
        for cell in 0..<buckets.count where cores[cell] > 0 {
            if cell & 0xFF == 0 { try AnalysisError.checkCancellation() }
            var found: [Int] = []
            buckets.forEachNear(cell) { near in
                if near > cell, cores[near] > 0 { found.append(near) }
                return true
            }
            for near in found where sets.find(cell) != sets.find(near) && touch(cell, near) { sets.unite(cell, near) }
        }
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

    /// Numbers the clusters and gives every point its own, in the order of the input.
    mutating func label() throws(AnalysisError) -> (labels: [Int32], isCore: [Bool], count: Int) {
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
        var labels = [Int32](repeating: -1, count: buckets.order.count)
        var coreFlags = [Bool](repeating: false, count: buckets.order.count)
        for cell in 0..<buckets.count {
            if cell & 0xFF == 0 { try AnalysisError.checkCancellation() }
            let own = cores[cell] > 0 ? number[sets.find(cell)] : -1
            for place in buckets.range(cell) {
                let index = Int(buckets.order[place])
                if isCore[place] {
                    coreFlags[index] = true
                    labels[index] = own
                } else if let core = nearestCoreCell(place, cell) {
                    labels[index] = number[sets.find(core)]
                }
            }
        }
        return (labels, coreFlags, roots.count)
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
