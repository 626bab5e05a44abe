import Testing

@testable import Analysis

struct PhiloxTests {
    @Test func equalsThePublishedVectors() {
        let none: UInt32 = 0
        let all = UInt32.max
        #expect(
            Philox.block(key: 0, SIMD4(none, none, none, none))
                == SIMD4(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8))
        #expect(
            Philox.block(key: .max, SIMD4(all, all, all, all))
                == SIMD4(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd))
        #expect(
            Philox.block(
                key: 0x299f_31d0_a409_3822, SIMD4(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344))
                == SIMD4(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1))
    }

    @Test func drawsAllIndicesAlike() {
        var random = CounterRandom(seed: 7, .globalPermutation, permutation: 3)
        var seen = [Int](repeating: 0, count: 10)
        for _ in 0..<10_000 { seen[random.index(below: 10)] += 1 }
        #expect(seen.allSatisfy { abs($0 - 1000) < 150 })
    }

    @Test func methodsWithOneSeedShareNoNumbers() {
        var first = CounterRandom(seed: 1, .poissonScan, permutation: 0)
        var second = CounterRandom(seed: 1, .bernoulliScan, permutation: 0)
        #expect(first.next() != second.next())
    }
}
