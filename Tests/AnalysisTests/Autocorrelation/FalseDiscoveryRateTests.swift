import TestSupport
import Testing

@testable import Analysis

struct FalseDiscoveryRateTests {
    @Test func leavesUndefinedTestsOut() {
        #expect(FalseDiscoveryRate.benjaminiHochberg.adjusted([nil, 0.04, nil]) == [nil, 0.04, nil])
        #expect(FalseDiscoveryRate.benjaminiYekutieli.adjusted([]).isEmpty)
    }

    /// Tests with the same probability are ranked as one; the adjusted ones are those of the definition, to the bit.
    @Test func isThatOfTheDefinitionWhereManyTestsAreAlike() {
        var random = SeededGenerator(seed: 5)
        for number in [1, 2, 50, 700] {
            let p = (0..<number).map { _ in
                Int.random(in: 0...9, using: &random) == 0 ? nil : Double(Int.random(in: 0...60, using: &random)) / 60
            }
            let sorted = p.compactMap(\.self).sorted()
            let least = sorted.indices.map { Double(sorted.count) * sorted[$0] / Double($0 + 1) }
            let q = p.map { p in
                p.map { p in
                    sorted.indices.filter { sorted[$0] >= p }.map { least[$0] }.reduce(1, min)
                }
            }
            #expect(FalseDiscoveryRate.benjaminiHochberg.adjusted(p) == q)
        }
    }
}

/// Places with the same number share what it decides.
struct DistinctNumbersTests {
    @Test func countsEachNumberOnceAndLeavesOutWhatIsUndefined() {
        let distinct = DistinctNumbers([2, .nan, -1, 2, 0, .nan, 2])
        #expect(distinct.numbers == [2, -1, 0])
        #expect(distinct.counts == [3, 1, 1])
        #expect(distinct.indices == [0, -1, 1, 0, 2, -1, 0])
        #expect(distinct.column([5, 6, 7]) == [5, nil, 6, 5, 7, nil, 5])
    }

    @Test func findsAllOfManyNumbers() {
        var random = SeededGenerator(seed: 3)
        let column = (0..<20_000).map { _ in Double(Int.random(in: -4000...4000, using: &random)) / 8 }
        let distinct = DistinctNumbers(column)
        #expect(Set(distinct.numbers).count == distinct.numbers.count)
        #expect(distinct.indices.map { distinct.numbers[Int($0)] } == column)
        #expect(distinct.counts.reduce(0, +) == column.count)
    }
}
