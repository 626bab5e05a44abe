import Analysis
import Testing

struct TellingTermsTests {
    /// Texts by group with how many of them have term 0.
    private func terms(_ inside: Int, of size: Int, _ outside: Int, of rest: Int) -> TellingTerms {
        var terms = TellingTerms()
        for text in 0..<size { terms.add(text < inside ? [0] : [1], group: 3, person: UInt64(text + 1)) }
        for text in 0..<rest { terms.add(text < outside ? [0] : [1], group: nil, person: UInt64(1000 + text)) }
        return terms
    }

    // scipy.stats.chi2_contingency(table, correction=False, lambda_="log-likelihood") of scipy 1.17.
    @Test(arguments: [
        (8, 10, 3, 30, 17.54047531408461), (6, 6, 4, 24, 16.563912072106145), (5, 20, 5, 100, 6.644181479551715),
    ])
    func scoresAreLogLikelihoodRatios(_ inside: Int, _ size: Int, _ outside: Int, _ rest: Int, _ expected: Double)
        throws
    {
        let found = terms(inside, of: size, outside, of: rest).byGroup(most: 5, people: 5)
        let first = try #require(found[3]?.first)
        #expect(first.term == 0)
        #expect(abs(first.score - expected) < 1e-12 * expected)
    }

    @Test func termsOfFewPeopleOrLessFrequentInsideAreNotTold() {
        #expect(terms(4, of: 10, 0, of: 30).byGroup(most: 5, people: 5)[3]?.contains { $0.term == 0 } != true)
        #expect(terms(5, of: 20, 28, of: 30).byGroup(most: 5, people: 5)[3]?.contains { $0.term == 0 } != true)
        var ofOne = TellingTerms()
        for _ in 0..<9 { ofOne.add([0], group: 0, person: 7) }
        for text in 0..<9 { ofOne.add([1], group: nil, person: UInt64(10 + text)) }
        #expect(ofOne.byGroup(most: 5, people: 5).isEmpty)
    }

    @Test func theMostTellingComeFirst() throws {
        var terms = TellingTerms()
        for text in 0..<20 {
            var words: Set<Int32> = [2]
            if text < 12 { words.insert(1) }
            terms.add(words, group: 0, person: UInt64(text + 1))
        }
        for text in 0..<40 { terms.add([3], group: 1, person: UInt64(100 + text)) }
        let found = terms.byGroup(most: 1, people: 5)
        #expect(found[0]?.map(\.term) == [2])
        #expect(found[1]?.map(\.term) == [3])
    }
}
