import Dispatch
import Synchronization

/// Asks other machines within a policy.
///
/// A request holds a thread of its own while it lasts, never an event loop or a thread of the cooperative pool. A
/// cancelled task ends its request within about a second. Redirects are not followed, cookies, credentials and proxies
/// of the environment are not used, and answers are not decompressed, so that the bound on bytes is one on memory.
public struct OutboundClient: Sendable {
    /// Where requests may go.
    public let policy: OutboundPolicy

    /// Makes a client.
    public init(policy: OutboundPolicy) { self.policy = policy }

    /// Sends a request and returns the answer with its body in memory, whatever its status.
    ///
    /// - Throws: ``OutboundError``, `CancellationError`.
    public func send(_ request: OutboundRequest) async throws -> OutboundAnswer {
        try await exchange(request, path: nil)
    }

    /// Sends a request and writes the body of the answer to a new file at `path`, whatever its status.
    ///
    /// - Throws: ``OutboundError``, `CancellationError`; what was written until then stays.
    public func download(_ request: OutboundRequest, to path: String) async throws -> OutboundAnswer {
        try await exchange(request, path: path)
    }

    /// The body of a `GET`.
    public func get(_ url: String, fields: [OutboundRequest.Field] = []) async throws -> OutboundAnswer {
        try await send(OutboundRequest(url, fields: fields))
    }

    private func exchange(_ request: OutboundRequest, path: String?) async throws -> OutboundAnswer {
        try Task.checkCancellation()
        let policy = policy
        let switchOff = CancellationSwitch()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                Self.threads.async {
                    continuation.resume(
                        with: Result { try Transfer(request, policy, switchOff, path: path).run() })
                }
            }
        } onCancel: {
            switchOff.throwOver()
        }
    }

    private static let threads = DispatchQueue(label: "mitplan.outbound", qos: .utility, attributes: .concurrent)
}

/// Tells a transfer on its thread that nobody waits for it any more.
final class CancellationSwitch: Sendable {
    private let flag = Atomic(false)

    var isOff: Bool { flag.load(ordering: .relaxed) }

    func throwOver() { flag.store(true, ordering: .relaxed) }
}
