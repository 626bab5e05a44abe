import Foundation
import Participation
import Platform
import Storage
import Synchronization
import TestSupport
import Testing

struct AddDownloadTests {
    private let city: TestCity
    private let proceeding: Proceeding
    private let path: String

    init() async throws {
        city = try await TestCity()
        proceeding = try await city.proceeding()
        path = city.folder.path("plan.pdf")
        // Three parts, so that others come in between.
        let bytes = Data("%PDF-1.7\n".utf8) + Data(repeating: 65, count: 600_000)
        try bytes.write(to: URL(fileURLWithPath: path))
    }

    private func rows() async throws -> Int64 {
        try await city.installation.engine.read { connection in
            try connection.first("SELECT count(*) FROM download") { $0.integer(0) } ?? 0
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func requestsOfOneKeyAtTheSameTimeOfferOneFile() async throws {
        let (city, proceeding, path) = (city, proceeding, path)
        let results = try await withThrowingTaskGroup(of: (id: Int64, isReplay: Bool).self) { group in
            for _ in 0..<8 {
                group.addTask {
                    let (download, isReplay) = try await city.installation.addDownload(
                        Download(title: "Rahmenplan"), path: path, name: "plan.pdf", to: proceeding,
                        idempotencyKey: "plan-1", scope: city.staff)
                    return (download.id, isReplay)
                }
            }
            var results: [(id: Int64, isReplay: Bool)] = []
            for try await result in group { results.append(result) }
            return results
        }
        #expect(Set(results.map(\.id)).count == 1)
        #expect(results.count { !$0.isReplay } == 1)
        #expect(try await rows() == 1)
    }

    @Test(arguments: [
        Download(title: "Rahmenplan", description: "Anders"), Download(title: "Rahmenplan", language: "de"),
        Download(title: "Rahmenplan", isDocumentation: true), Download(title: "Rahmenplan", weight: 1),
        Download(title: "Rahmenplan", isArchived: true), Download(title: "Rahmen", description: "plan"),
    ])
    func theSameKeyWithOtherWordsIsRefused(_ other: Download) async throws {
        func add(_ download: Download) async throws -> Bool {
            try await city.installation.addDownload(
                download, path: path, name: "plan.pdf", to: proceeding, idempotencyKey: "plan-1", scope: city.staff
            ).isReplay
        }
        #expect(try await !add(Download(title: "Rahmenplan")))
        #expect(try await add(Download(title: "Rahmenplan")))
        let error = await #expect(throws: PlatformError.self) { _ = try await add(other) }
        #expect(error?.code == .invalidInput)
    }

    @Test(.timeLimit(.minutes(5)))
    func whoLeavesInTheMiddleLeavesNothing() async throws {
        let engine = CancellingEngine(city.installation.engine, at: 2)
        let installation = Installation(engine: engine, now: { 1_777_593_600_000 })
        let (city, proceeding, path) = (city, proceeding, path)
        let task = Task {
            try await installation.addDownload(
                Download(title: "Rahmenplan"), path: path, name: "plan.pdf", to: proceeding, scope: city.staff)
        }
        await #expect(throws: CancellationError.self) { _ = try await task.value }
        #expect(try await rows() == 0)
    }

    @Test func whatNeverCameInIsSweptWithTheOldData() async throws {
        let (scope, proceeding, begun) = (city.staff, proceeding, Download(title: "Rahmenplan"))
        _ = try await city.installation.engine.write { try scope.writer($0).begin(begun, of: proceeding) }
        #expect(try await rows() == 1)
        _ = try await city.installation.retain(isTrial: false, scope: scope)
        #expect(try await rows() == 0)
    }
}

/// Cancels the task that writes for a certain time.
private final class CancellingEngine: SQLEngine {
    private let base: any SQLEngine
    private let last: Int
    private let count = Mutex(0)

    init(_ base: any SQLEngine, at last: Int) {
        self.base = base
        self.last = last
    }

    var dialect: any Dialect { base.dialect }

    func read<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value { try await base.read(body) }

    func glance<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value { try await base.glance(body) }

    func write<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value {
        let number = count.withLock { count in
            count += 1
            return count
        }
        if number == last { withUnsafeCurrentTask { $0?.cancel() } }
        return try await base.write(body)
    }

    func writeAlone<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value { try await base.writeAlone(body) }

    func purge() async throws { try await base.purge() }
    func integrityFaults() async throws -> [String] { try await base.integrityFaults() }
    func backup(to path: String) async throws { try await base.backup(to: path) }
    func close() async throws { try await base.close() }
}
