import Analysis
import Testing

@testable import Platform

/// What is said of rings that are chosen from the data.
struct ChosenRingsTests {
    @Test func aScoreThatFallsFromTheFirstRingOnIsCalledSo() {
        let chosen = SuggestedRings(rings: 1, rule: .eightNeighbors, scores: [9, 7, 5, 4, 3])
        #expect(
            chosen.inWords.contains("at least 8 neighbours: the score of global Moran's I falls from the first ring on")
        )
    }

    @Test(arguments: [[1.0, 2, 3, 4, 5], [5, 4, 3, 4, 5], [nil, nil, nil, nil, nil]])
    func otherScoresWithoutAPeakHaveNone(_ scores: [Double?]) {
        let chosen = SuggestedRings(rings: 2, rule: .eightNeighbors, scores: scores)
        #expect(chosen.inWords.contains("has no peak over 1 to 5 rings") && !chosen.inWords.contains("falls"))
    }

    @Test(arguments: [
        SuggestedRings(rings: 2, rule: .firstPeak, scores: [1, 2, 1]),
        SuggestedRings(rings: 1, rule: .eightNeighbors, scores: [3, 2, 1]),
        SuggestedRings(rings: 2, rule: .eightNeighbors, scores: [1, 2, 3]),
    ])
    func everyReasonIsKnownInGerman(_ chosen: SuggestedRings) {
        #expect(GermanSentences.translation(of: chosen.inWords) != nil)
    }
}
