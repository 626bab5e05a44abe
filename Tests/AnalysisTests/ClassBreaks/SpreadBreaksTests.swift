import Analysis
import Testing

struct SpreadBreaksTests {
    private func expect(_ found: [Double], _ wanted: [Double]) {
        #expect(found.count == wanted.count)
        for (found, wanted) in zip(found, wanted) { #expect(abs(found - wanted) <= 1e-12 * abs(wanted)) }
    }

    @Test func limitsGrowByTheSameFactor() throws {
        // numpy.geomspace(2, 162, 5)[1:]
        expect(try geometricBreaks([162, 2, 9, 40], classes: 4), [6, 18, 54, 162])
        // Nothing is a class of its own: numpy.geomspace(1, 1000, 4)[1:] for the others.
        expect(try geometricBreaks([0, 1, 0, 1000, 30], classes: 4), [0, 10, 100, 1000])
        expect(try geometricBreaks([0, 0], classes: 4), [0])
        expect(try geometricBreaks([7, 7], classes: 2), [7, 7])
        #expect(throws: AnalysisError.self) { try geometricBreaks([-1, 2], classes: 3) }
        #expect(throws: AnalysisError.self) { try geometricBreaks([], classes: 3) }
    }

    @Test func classesAreADeviationWideAboutTheMean() throws {
        let values: [Double] = [2, 4, 4, 5, 7, 9, 12, 40]
        // numpy: mean 10.375, std(ddof=1) 12.385907891055636; nothing lies below the lower limits.
        expect(
            try standardDeviationBreaks(values, classes: 5),
            [4.182046054472182, 16.56795394552782, 28.953861836583453, 40])
        expect(try standardDeviationBreaks(values, classes: 4), [10.375, 22.760907891055638, 40])
        #expect(try standardDeviationBreaks([3, 3, 3], classes: 5) == [3])
        #expect(try standardDeviationBreaks([3], classes: 5) == [3])
        #expect(throws: AnalysisError.self) { try standardDeviationBreaks([.nan], classes: 5) }
    }
}
