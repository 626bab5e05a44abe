import GeoCore

extension Grid {
    /// The length of lines in each cell, in metres.
    func lengths(of lines: [[Position]], limit: Int) throws(AnalysisError) -> [CellIndex: Double] {
        var sums: [CellIndex: CompensatedSum] = [:]
        var steps = 0
        for line in lines {
            for (a, b) in zip(line, line.dropFirst()) {
                let (dx, dy) = (b.x - a.x, b.y - a.y)
                let length = (dx * dx + dy * dy).squareRoot()
                guard length > 0 else { continue }
                // Steps no longer than a cell is wide meet few cells.
                let wanted = (length / spacing).rounded(.up)
                guard wanted < Double(limit - steps), let count = Int(exactly: wanted) else {
                    throw AnalysisError(
                        .tooManyCells, "The line would pass more than \(limit) cells; choose larger cells.")
                }
                steps += count
                for step in 0..<count {
                    if step & 0xFFF == 0 { try AnalysisError.checkCancellation() }
                    let (t0, t1) = (Double(step) / Double(count), Double(step + 1) / Double(count))
                    try add(
                        (a.x + t0 * dx, a.y + t0 * dy), (a.x + t1 * dx, a.y + t1 * dy), length / Double(count), &sums)
                }
            }
        }
        return sums.mapValues(\.value)
    }

    /// Cuts a short step wherever it crosses the edge of a cell; each piece belongs to the cell of its middle.
    private func add(
        _ a: (x: Double, y: Double), _ b: (x: Double, y: Double), _ length: Double,
        _ sums: inout [CellIndex: CompensatedSum]
    ) throws(AnalysisError) {
        let (first, last) = (try soundCell(a.x, a.y), try soundCell(b.x, b.y))
        let (dx, dy) = (b.x - a.x, b.y - a.y)
        var cuts = [0.0, 1.0]
        // Cells are convex: a step between two that are the same crosses no edge.
        if first != last {
            let near = Set([first, last] + neighbors(of: first) + neighbors(of: last)).sorted()
            for cell in near {
                let ring = ring(of: cell)
                for (p, q) in zip(ring, ring.dropFirst()) {
                    let (ex, ey) = (q.x - p.x, q.y - p.y)
                    let cross = dx * ey - dy * ex
                    guard cross != 0 else { continue }
                    let (px, py) = (p.x - a.x, p.y - a.y)
                    let t = (px * ey - py * ex) / cross
                    let s = (px * dy - py * dx) / cross
                    if t > 0, t < 1, s > -1e-9, s < 1 + 1e-9 { cuts.append(t) }
                }
            }
            cuts.sort()
        }
        for (from, to) in zip(cuts, cuts.dropFirst()) where to > from {
            let middle = (from + to) / 2
            let cell = try soundCell(a.x + middle * dx, a.y + middle * dy)
            sums[cell, default: CompensatedSum()].add((to - from) * length)
        }
    }
}
