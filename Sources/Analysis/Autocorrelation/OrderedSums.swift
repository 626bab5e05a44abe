/// Numbers kept in order in blocks, for counting those below a bound while single ones are replaced.
struct OrderedSums {
    private static let blockSize = 256

    private var blocks: [[Double]] = []
    /// The largest number of each block.
    private var largest: [Double] = []
    /// How many numbers are in the blocks before.
    private var before: [Int] = []
    private let total: Int

    /// - Complexity: O(n log n).
    init(_ numbers: [Double]) {
        let sorted = numbers.sorted()
        total = sorted.count
        for start in stride(from: 0, to: sorted.count, by: Self.blockSize) {
            let block = Array(sorted[start..<min(sorted.count, start + Self.blockSize)])
            before.append(start)
            largest.append(block[block.count - 1])
            blocks.append(block)
        }
    }

    /// How many are less than one bound and how many at most another, which is not smaller.
    func counts(below low: Double, atMost high: Double) -> (below: Int, atMost: Int) {
        var block = Self.first(largest) { $0 >= low }
        guard block < blocks.count else { return (total, total) }
        let below = Self.first(blocks[block]) { $0 >= low }
        // Mostly the next number is above both.
        if blocks[block][below] > high { return (before[block] + below, before[block] + below) }
        let first = before[block] + below
        while block < blocks.count && largest[block] <= high { block += 1 }
        guard block < blocks.count else { return (first, total) }
        return (first, before[block] + Self.first(blocks[block]) { $0 > high })
    }

    /// Takes one number out and another in; nothing happens when the first is not there.
    ///
    /// - Complexity: O(√n) in practice.
    mutating func replace(_ old: Double, by new: Double) {
        let from = Self.first(largest) { $0 >= old }
        guard from < blocks.count else { return }
        let place = Self.first(blocks[from]) { $0 >= old }
        guard place < blocks[from].count, blocks[from][place] == old else { return }
        // Into the last block when it is the largest of all.
        let into = min(Self.first(largest) { $0 >= new }, blocks.count - 1)
        blocks[from].remove(at: place)
        blocks[into].insert(new, at: Self.first(blocks[into]) { $0 >= new })
        if from < into {
            for block in from + 1...into { before[block] -= 1 }
        } else if into < from {
            for block in into + 1...from { before[block] += 1 }
        }
        largest[into] = blocks[into][blocks[into].count - 1]
        if let last = blocks[from].last {
            largest[from] = last
            if blocks[into].count > 2 * Self.blockSize { split(into) }
        } else {
            blocks.remove(at: from)
            largest.remove(at: from)
            before.remove(at: from)
        }
    }

    private mutating func split(_ block: Int) {
        let upper = Array(blocks[block][Self.blockSize...])
        blocks[block].removeLast(upper.count)
        largest.insert(blocks[block][Self.blockSize - 1], at: block)
        before.insert(before[block] + Self.blockSize, at: block + 1)
        blocks.insert(upper, at: block + 1)
    }

    /// The first place that meets a condition which holds from some place on.
    ///
    /// Halves without a branch on the outcome, which nobody can predict.
    @inline(__always)
    private static func first(_ sorted: [Double], _ isMet: (Double) -> Bool) -> Int {
        let sorted = sorted.span
        var (first, length) = (0, sorted.count)
        while length > 0 {
            let half = (length &+ 1) &>> 1
            first &+= isMet(sorted[first &+ half &- 1]) ? 0 : half
            length = length &- half
        }
        return first
    }
}
