/// What a circle of each size may hold in each span without being a cluster: what is expected, and fewer than the fewest.
///
/// A simulation raises these numbers as it finds what is no higher ratio than the best: the same is none in any other
/// circle of that size, so that most circles are done with whole numbers alone.
struct CylinderFloors: Sendable {
    /// Most numbers of all sizes and spans, 16 MB.
    private static let limit = 4_000_000

    /// Spans of one size of circle stand together, from size 0 on.
    let counts: [Int32]

    /// - Parameters:
    ///   - totals: contributions in each span.
    ///   - largest: contributions in the largest circle.
    ///   - minimum: fewest contributions of a cluster.
    ///   - all: contributions.
    /// - Returns: `nil` where there would be too many numbers.
    init?(_ totals: [Double], largest: Int, minimum: Int, all: Int) {
        guard all > 0, !totals.isEmpty, largest < Self.limit / totals.count else { return nil }
        var counts: [Int32] = []
        counts.reserveCapacity((largest + 1) * totals.count)
        let fewer = Int32(clamping: minimum - 1)
        for size in 0...largest {
            let share = Double(size) / Double(all)
            for total in totals {
                counts.append(max(fewer, Int32(clamping: NearestInteger.integer((total * share).rounded(.down)))))
            }
        }
        self.counts = counts
    }
}

extension Cylinders {
    /// The highest ratio of more than expected, when contributions have these steps.
    ///
    /// - Complexity: O(entries of circles + circles · spans), with few logarithms.
    func highest(_ steps: [Int], _ floors: CylinderFloors) throws(AnalysisError) -> Double {
        let (first, ends) = (spans.first, spans.last.map { $0 + 1 })
        var held = [Int32](repeating: 0, count: spans.holding.count)
        // Contributions before each step.
        var sums = [Int32](repeating: 0, count: held.count + 1)
        var known = floors.counts
        let total = Double(steps.count)
        var best = 0.0
        for center in steps.indices {
            if center & 0xF == 0 { try AnalysisError.checkCancellation() }
            let (start, end) = (zones.offsets[center], zones.offsets[center + 1])
            guard start < end else { continue }
            for step in held.indices { held[step] = 0 }
            for index in start..<end {
                let entry = zones.entries[index]
                held[steps[Int(entry < 0 ? ~entry : entry)]] &+= 1
                guard entry >= 0 else { continue }
                var sum: Int32 = 0
                for step in held.indices {
                    sum &+= held[step]
                    sums[step + 1] = sum
                }
                let size = index + 1 - start
                let (row, share) = (size * first.count, Double(size) / total)
                for span in first.indices {
                    let whole = sums[ends[span]] &- sums[first[span]]
                    guard whole > known[row + span] else { continue }
                    known[row + span] = whole
                    let (count, expected) = (Double(whole), spanTotals[span] * share)
                    let excess = count - expected
                    // The bound of ScanModel, to spare logarithms.
                    guard excess * excess * total > best * expected * (total - expected) else { continue }
                    best = max(best, ratio(count, expected))
                }
            }
        }
        return best
    }
}
