import Foundation
import Participation
import Storage
import Synchronization
import Testing

@testable import Platform

struct AnswerCacheTests {
    private let key = AnswerCache.Key(
        tenant: 1, proceeding: 1, dataVersion: 1, viewerStates: [1], filter: ContributionFilter(),
        question: HotspotQuestion(method: .grid), setting: [])

    private func answer(_ name: String) -> HotspotAnswer {
        HotspotAnswer(
            question: HotspotQuestion(method: .grid),
            analysis: AnalysisRecord(
                method: "grid", reference: "", crs: "EPSG:25832", studyArea: "", dataVersion: 1),
            shapes: AnswerShapes([]), area: nil, proceedingName: name)
    }

    @Test func equalQuestionsAtTheSameTimeAreComputedOnce() async throws {
        let cache = AnswerCache()
        let computations = Computations()
        let names = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    try await cache.answer(key) {
                        computations.count.add(1, ordering: .relaxed)
                        try await Task.sleep(for: .milliseconds(50))
                        return answer("once")
                    }.proceedingName
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(names == [String](repeating: "once", count: 20))
        #expect(computations.count.load(ordering: .relaxed) == 1)
    }

    @Test func whoWaitsIsNotToldOfTheCancellationOfAnother() async throws {
        let cache = AnswerCache()
        let (begun, begin) = AsyncStream<Void>.makeStream()
        let first = Task {
            try await cache.answer(key) {
                begin.finish()
                try await Task.sleep(for: .seconds(3600))
                return answer("first")
            }
        }
        for await _ in begun {}
        let second = Task { try await cache.answer(key) { answer("second") } }
        try await Task.sleep(for: .milliseconds(20))
        first.cancel()
        #expect(try await second.value.proceedingName == "second")
        await #expect(throws: CancellationError.self) { try await first.value }
    }

    @Test func writtenAnswersUnderWayAreShared() async throws {
        let written = WrittenAnswers(limit: 1 << 20)
        let key = WrittenAnswers.Key(
            tenant: 1, proceeding: 1, dataVersion: 1, viewers: "public", question: "/pattern", tag: "", form: "csv")
        let computations = Computations()
        let bytes = try await withThrowingTaskGroup(of: [UInt8].self) { group in
            for _ in 0..<20 {
                group.addTask {
                    try await written.bytes(key) {
                        computations.count.add(1, ordering: .relaxed)
                        try await Task.sleep(for: .milliseconds(50))
                        return [1, 2, 3]
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(bytes == [[UInt8]](repeating: [1, 2, 3], count: 20))
        #expect(computations.count.load(ordering: .relaxed) == 1)
    }

    @Test func aPatternIsKeptForThoseWhoSeeTheSame() async throws {
        let city = try await TestCity()
        _ = try await city.importContributions()
        let (proceeding, installation) = (try await city.proceeding(), city.installation)
        var question = PatternQuestion(method: .knox)
        question.permutations = 99
        let first = try await installation.findPattern(question, of: proceeding, scope: city.anonymous)
        #expect(
            try await installation.findPattern(question, of: proceeding, scope: city.anonymous).geoJSON()
                == first.geoJSON())
        // Whatever is there already is told, not computed.
        let key = KeptAnswers<PatternQuestion>.Key(
            tenant: city.anonymous.tenant.key, proceeding: proceeding.key, dataVersion: proceeding.dataVersion,
            viewerStates: installation.keptStates(of: proceeding, scope: city.anonymous), filter: ContributionFilter(),
            question: question,
            setting: installation.keptSetting(PrivateCategories(), scope: city.anonymous) + ["public"])
        let computations = Computations()
        _ = try await installation.patterns.answer(key) {
            computations.count.add(1, ordering: .relaxed)
            return first
        }
        #expect(computations.count.load(ordering: .relaxed) == 0)
    }

    @Test func aFailureIsNotKept() async throws {
        let cache = AnswerCache()
        await #expect(throws: PlatformError.self) {
            try await cache.answer(key) { throw PlatformError(.invalidInput, "no") }
        }
        #expect(try await cache.answer(key) { answer("yes") }.proceedingName == "yes")
    }
}

private final class Computations: Sendable {
    let count = Atomic<Int>(0)
}
