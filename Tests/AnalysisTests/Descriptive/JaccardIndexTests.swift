import Analysis
import Testing

struct JaccardIndexTests {
    @Test func isWhatSetsShareOfWhatEitherHolds() {
        let set = [true, true, false, false]
        #expect(jaccardIndex(set, set) == 1)
        #expect(jaccardIndex(set, [false, true, true, false]) == 1.0 / 3)
        #expect(jaccardIndex(set, [false, false, true, true]) == 0)
        #expect(jaccardIndex(set, [false, false, false, false]) == 0)
        #expect(jaccardIndex([false], [false]) == nil)
        #expect(jaccardIndex([], []) == nil)
    }
}
