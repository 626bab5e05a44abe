import Foundation
import Participation
import Platform
import Storage
import TestSupport
import Testing

/// Two requests with one key that come at once do the work once.
struct ImportOnceTests {
    private static let key = "import-1"

    @Test func aSecondImportOfPDSIsToldToComeAgainWhileTheFirstIsUnderWay() async throws {
        let sample = try await PDSSample()
        let (installation, scope) = (sample.installation, sample.staff)
        let key = try IdempotencyKey(key: Self.key, body: [1])
        let path = try sample.file("project.json", PDSSample.project)
        func take(_ key: IdempotencyKey?) async throws -> PDSImportReport {
            try await installation.importPDS(files: [PDSFile(path)], scope: scope, idempotency: key)
        }
        let first = try await installation.pdsImport(once: key, scope: scope) {
            let refused = await #expect(throws: PlatformError.self) {
                try await installation.pdsImport(once: key, scope: scope) { try await take(key) }
            }
            #expect(refused?.code == .conflict && refused?.retryAfter == 5)
            // Another key, and none, are others.
            let other = try IdempotencyKey(key: "import-2", body: [1])
            #expect(try await !installation.pdsImport(once: other, scope: scope) { try await take(other) }.isReplay)
            #expect(try await !installation.pdsImport(once: nil, scope: scope) { try await take(nil) }.isReplay)
            return try await take(key)
        }
        #expect(!first.isReplay)
        let again = try await installation.pdsImport(once: key, scope: scope) {
            Issue.record("it was done already")
            return try await take(key)
        }
        #expect(again.isReplay)
    }

    @Test func whatFailedMayBeSentAgain() async throws {
        let sample = try await PDSSample()
        let key = try IdempotencyKey(key: Self.key, body: [1])
        await #expect(throws: CancellationError.self) {
            try await sample.installation.pdsImport(once: key, scope: sample.staff) { throw CancellationError() }
        }
        let path = try sample.file("project.json", PDSSample.project)
        let done = try await sample.installation.pdsImport(once: key, scope: sample.staff) {
            try await sample.installation.importPDS(files: [PDSFile(path)], scope: sample.staff, idempotency: key)
        }
        #expect(!done.isReplay)
    }

    @Test func ofManyUploadsOfALayerWithOneKeyOneIsDone() async throws {
        let city = try await TestCity()
        let proceeding = try await city.proceeding()
        let url = TestCity.geodata.appendingPathComponent("gruenflaechen.geojson")
        var options = LayerImportOptions()
        options.id = "gruen"
        let wanted = options
        let outcomes = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    do {
                        let answer = try await city.installation.importLayer(
                            path: url.path, fileName: url.lastPathComponent, options: wanted, to: proceeding,
                            idempotencyKey: Self.key, scope: city.staff)
                        return answer.isReplay ? "replay" : "done"
                    } catch let error as PlatformError {
                        return error.retryAfter == 5 ? "later" : "\(error)"
                    }
                }
            }
            return try await group.reduce(into: [String]()) { $0.append($1) }
        }
        #expect(outcomes.count { $0 == "done" } == 1)
        #expect(outcomes.allSatisfy { ["done", "replay", "later"].contains($0) }, "\(outcomes)")
        let layer = try await city.installation.layer("gruen", of: proceeding, scope: city.staff)
        #expect(layer.featureCount == 34)
    }
}
