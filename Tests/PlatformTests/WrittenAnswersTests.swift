import Testing

@testable import Platform

struct WrittenAnswersTests {
    private func key(
        _ question: String, tenant: Int64 = 1, version: Int64 = 1, viewers: String = ""
    ) -> WrittenAnswers.Key {
        WrittenAnswers.Key(
            tenant: tenant, proceeding: 1, dataVersion: version, viewers: viewers, question: question, tag: "same",
            form: "geojson")
    }

    private let bytes = [UInt8](repeating: 7, count: 10_000)

    @Test func bytesAreFoundByAllThatTheyDependOn() {
        let written = WrittenAnswers(limit: 1_000_000)
        written.keep(bytes, for: key("a"), since: written.generation)
        #expect(written.bytes(key("a")) == bytes)
        #expect(written.bytes(key("b")) == nil)
        #expect(written.bytes(key("a", tenant: 2)) == nil)
        #expect(written.bytes(key("a", version: 2)) == nil)
        #expect(written.bytes(key("a", viewers: "readUnpublished")) == nil)
    }

    @Test func newerDataPutAnswersOnOlderOnesOut() {
        let written = WrittenAnswers(limit: 1_000_000)
        written.keep(bytes, for: key("a"), since: written.generation)
        written.keep(bytes, for: key("a", tenant: 2), since: written.generation)
        written.keep(bytes, for: key("b", version: 2), since: written.generation)
        #expect(written.bytes(key("a")) == nil)
        #expect(written.bytes(key("a", tenant: 2)) != nil)
    }

    @Test func whatWasUsedLongestAgoGivesWay() {
        let written = WrittenAnswers(limit: 50_000)
        for question in ["a", "b"] { written.keep(bytes, for: key(question), since: written.generation) }
        #expect(written.bytes(key("a")) != nil)
        written.keep(bytes, for: key("c"), since: written.generation)
        #expect(written.bytes(key("a")) != nil)
        #expect(written.bytes(key("b")) == nil)
        #expect(written.size <= 50_000)
    }

    @Test func aTenantWithManyAnswersLeavesRoomForOthers() {
        let written = WrittenAnswers(limit: 50_000)
        written.keep(bytes, for: key("a", tenant: 2), since: written.generation)
        for number in 0..<20 { written.keep(bytes, for: key("\(number)"), since: written.generation) }
        #expect(written.bytes(key("a", tenant: 2)) != nil)
        #expect(written.bytes(key("19")) != nil)
        #expect(written.size <= 50_000)
    }

    @Test func anAnswerThatWouldFillMostOfTheRoomIsNotKept() {
        let written = WrittenAnswers(limit: 15_000)
        written.keep(bytes, for: key("a"), since: written.generation)
        #expect(written.size == 0)
    }

    @Test func whatWasComputedBeforeAllWasForgottenIsNotKept() {
        let written = WrittenAnswers(limit: 1_000_000)
        let generation = written.generation
        written.removeAll()
        written.keep(bytes, for: key("a"), since: generation)
        #expect(written.bytes(key("a")) == nil)
        written.keep(bytes, for: key("a"), since: written.generation)
        #expect(written.bytes(key("a")) != nil)
    }
}
