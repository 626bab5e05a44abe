import Analysis
import TestSupport
import Testing

struct NaturalBreaksTests {
    /// The smallest sum over all ways to divide sorted values.
    private static func best(_ sorted: ArraySlice<Double>, _ classes: Int) -> Double {
        func squares(_ part: ArraySlice<Double>) -> Double {
            let mean = part.reduce(0, +) / Double(part.count)
            return part.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        }
        guard classes > 1, sorted.count > 1 else { return squares(sorted) }
        return (sorted.startIndex + 1..<sorted.endIndex).map {
            squares(sorted[..<$0]) + best(sorted[$0...], classes - 1)
        }.min() ?? 0
    }

    @Test(arguments: 1...4)
    func isTheBestOfAllPartitions(classes: Int) throws {
        var random = SeededGenerator(seed: UInt64(classes))
        for _ in 0..<20 {
            let values = (0..<12).map { _ in Double(Int.random(in: 0...30, using: &random)) }
            let made = try NaturalBreaks(values, classes: classes)
            let distinct = Set(values).count
            #expect(
                isClose(made.squaredDeviations, Self.best(values.sorted()[...], min(classes, distinct)), absolute: 1e-9)
            )
            #expect(made.upperLimits.count == min(classes, distinct))
            #expect(made.upperLimits.last == values.max())
        }
    }

    @Test func doesNotPartEqualValues() throws {
        let made = try NaturalBreaks([1, 1, 1, 1, 9, 9, 9, 9], classes: 4)
        #expect(made.upperLimits == [1, 9])
        #expect(made.squaredDeviations == 0)
    }

    @Test func keepsDigitsFarFromZero() throws {
        let made = try NaturalBreaks([1e9, 1e9 + 1, 1e9 + 5, 1e9 + 6], classes: 2)
        #expect(made.upperLimits == [1e9 + 1, 1e9 + 6])
        #expect(isClose(made.squaredDeviations, 1, relative: 1e-9))
    }

    @Test func refusesWhatItCannotDivide() {
        #expect(throws: AnalysisError.self) { try NaturalBreaks([], classes: 3) }
        #expect(throws: AnalysisError.self) { try NaturalBreaks([1, .nan], classes: 3) }
        #expect(throws: AnalysisError.self) { try NaturalBreaks([1, 2], classes: 0) }
        #expect(throws: AnalysisError.self) { try NaturalBreaks([1, 2], classes: 21) }
    }
}
