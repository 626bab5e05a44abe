/// Mean and squared deviations of values, so that large equal parts of them cost no digits.
///
/// Values are taken relative to `offset`, their rounded mean: subtracting a number near the mean is exact enough and
/// keeps later differences of large numbers from happening. Sums are made in blocks whose size is fixed and added up in
/// their order, so parts worked on at once give the same bits as one after the other.
/// Source: the corrected two-pass algorithm of Chan, Golub & LeVeque 1983, doi:10.1080/00031305.1983.10483115.
struct ValueMoments: Sendable {
    /// Number of values.
    let count: Int
    /// A whole number near the mean.
    let offset: Double
    /// Mean of the values less `offset`.
    let mean: Double
    /// Sum of squared deviations from the mean.
    let squares: Double
    /// Variance of noise in each value, which tests add to that of the values.
    var noiseVariance = 0.0

    /// - Complexity: linear, two passes.
    init(_ values: [Double]) {
        let blocks = Chunks.blocks(values.count, size: Self.blockSize)
        let differences = blocks.map { Self.sum(values, $0) }
        let center = Center(values, differences)
        self.init(center, blocks.map { Self.deviations(values, $0, center) })
    }

    /// The same bits, worked on by all cores.
    static func parallel(_ values: [Double]) async throws(AnalysisError) -> ValueMoments {
        let blocks = Chunks.blocks(values.count, size: Self.blockSize)
        guard blocks.count >= 2 * Self.blocksOfPart else { return ValueMoments(values) }
        let differences = try await Chunks.map(blocks.count, smallest: Self.blocksOfPart) { range in
            blocks[range].map { Self.sum(values, $0) }
        }
        let center = Center(values, differences.flatMap { $0 })
        let deviations = try await Chunks.map(blocks.count, smallest: Self.blocksOfPart) { range in
            blocks[range].map { Self.deviations(values, $0, center) }
        }
        return ValueMoments(center, deviations.flatMap { $0 })
    }

    private init(_ center: Center, _ blocks: [(sum: Double, squares: Double)]) {
        var (sum, squares) = (CompensatedSum(), CompensatedSum())
        for block in blocks {
            sum.add(block.sum)
            squares.add(block.squares)
        }
        let n = Double(center.count)
        count = center.count
        offset = center.offset
        mean = center.count == 0 ? 0 : center.mean + sum.value / n
        // What the mean of the first pass was off by; nothing but rounding.
        self.squares = center.count == 0 ? 0 : max(0, squares.value - sum.value * sum.value / n)
    }

    private static let blockSize = 1024
    /// Fewest blocks that are worth a thread of their own.
    private static let blocksOfPart = 32

    /// The mean as the first pass finds it.
    ///
    /// Differences from the first value are summed, so that equal values have no deviations at all.
    private struct Center {
        let count: Int
        let offset: Double
        let mean: Double

        init(_ values: [Double], _ differences: [Double]) {
            count = values.count
            let first = values.first ?? 0
            let step = count == 0 ? 0 : differences.compensatedSum / Double(count)
            offset = (first + step).rounded()
            mean = (first - offset) + step
        }
    }

    /// Σ (x − first) of a block, in eight sums that do not wait for each other.
    private static func sum(_ values: [Double], _ block: Range<Int>) -> Double {
        let values = values.span
        let first = values[0]
        let block = values.extracting(block)
        var (low, high) = (SIMD4<Double>.zero, SIMD4<Double>.zero)
        var index = 0
        while index &+ 8 <= block.count {
            low += SIMD4(block[index], block[index &+ 1], block[index &+ 2], block[index &+ 3]) - first
            high += SIMD4(block[index &+ 4], block[index &+ 5], block[index &+ 6], block[index &+ 7]) - first
            index &+= 8
        }
        var rest = 0.0
        while index < block.count {
            rest += block[index] - first
            index &+= 1
        }
        return (low + high).sum() + rest
    }

    /// Σ e and Σ e² of a block, e = (x − offset) − mean.
    private static func deviations(
        _ values: [Double], _ block: Range<Int>, _ center: Center
    ) -> (sum: Double, squares: Double) {
        let block = values.span.extracting(block)
        var (sum, squares) = (SIMD4<Double>.zero, SIMD4<Double>.zero)
        var index = 0
        while index &+ 4 <= block.count {
            let four = SIMD4(block[index], block[index &+ 1], block[index &+ 2], block[index &+ 3])
            let e = (four - center.offset) - center.mean
            sum += e
            squares += e * e
            index &+= 4
        }
        var rest = (sum: 0.0, squares: 0.0)
        while index < block.count {
            let e = (block[index] - center.offset) - center.mean
            rest.sum += e
            rest.squares += e * e
            index &+= 1
        }
        return (sum.sum() + rest.sum, squares.sum() + rest.squares)
    }
}
