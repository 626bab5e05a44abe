import Analysis
import Testing

struct EmergingPatternTests {
    @Test func knowsPatternsThatWereCold() {
        let bins: [Int8] = [-1, -1, -1, -1, -1, -1, -1, -1, -1, 0]
        #expect(EmergingPattern(bins: bins, trend: 0).description == "historical cold")
        #expect(EmergingPattern(bins: [], trend: 0).kind == .none)
    }
}
