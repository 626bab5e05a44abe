import Hummingbird
import Logging
import NIOCore
import Platform
import Synchronization

/// What handlers work with; one value for the whole server.
struct Services: Sendable {
    let installation: Installation
    let settings: ServerSettings
    let metrics: ServerMetrics
    let compute: ComputePool
    let state: ServerState
    /// Whether the store takes writes.
    let isStoreWritable: @Sendable () async -> Bool
    /// Counts requests against their limits.
    var limiter = RateLimiter()
    /// Makes images anew, one after the other: each may take some hundred megabytes while it is decoded.
    var images = ComputePool(threads: 1, bound: 16, allowsMore: false)
    /// Lets the files of participants in.
    var uploads = UploadEntrance()
    /// Counts the files made for downloads.
    var exportFiles = ExportFiles()
    /// Names networks without keeping addresses.
    var networks = NetworkPrefix(trustedProxies: [])
}

/// Whether the server is on its way out.
final class ServerState: Sendable {
    private let stopping = Atomic<Bool>(false)

    /// Whether a signal to stop has come.
    var isStopping: Bool { stopping.load(ordering: .acquiring) }

    /// From now on the server says that it is not ready.
    func stop() { stopping.store(true, ordering: .releasing) }
}

extension Services {
    /// Runs an analysis off the threads that serve requests; it is cancelled when the client leaves, when the deadline
    /// passes or when the server stops.
    ///
    /// - Throws: ``Problem`` 503 where it cannot begin soon, 422 past the deadline, 503 there where others took most of
    ///   the time, and what `work` throws.
    func analyse<Value: Sendable>(
        for context: WebContext, _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let departure = await ClientPresence.departure(of: context.channel)
        let (presence, end) = AsyncStream<Never>.makeStream()
        departure?.whenComplete { _ in end.finish() }
        let question = compute.question(of: context.tenant)
        defer { compute.close(question) }
        return try await withThrowingTaskGroup(of: Value.self) { group in
            group.addTask { [compute] in try await compute.run(.analysis, question, work) }
            if departure != nil {
                group.addTask {
                    for await _ in presence {}
                    throw CancellationError()
                }
            }
            group.addTask { [compute, settings] in
                let wait = min(settings.analysisWait, settings.analysisDeadline)
                try await Task.sleep(for: wait)
                guard compute.standing(of: question).hasBegun else {
                    throw Problem.overloaded("Too many analyses are before yours; please try again in a moment.")
                }
                try await Task.sleep(for: settings.analysisDeadline - wait)
                throw compute.standing(of: question).problem(past: settings.analysisDeadline)
            }
            defer { group.cancelAll() }
            guard let value = try await group.next() else { throw CancellationError() }
            return value
        }
    }
}
