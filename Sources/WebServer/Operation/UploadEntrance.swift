import HTTPTypes
import Participation
import Storage

/// Lets the files of participants in: two of a network and four of a tenant at once, from their first byte until they
/// are stored.
///
/// Others wait a while before a byte of theirs is read, and are then told to come again: who sends slowly holds a place,
/// but nobody's disk.
struct UploadEntrance: Sendable {
    /// Files of a tenant at once.
    static let ofTenant = 4
    /// Files of a network at once.
    static let ofNetwork = 2

    private let networks = Entrance<NetworkPrefix.Name>(bound: 128)
    private let tenants = Entrance<Int64>(bound: 64)

    /// Runs `work` as soon as there is room for it.
    ///
    /// - Parameters:
    ///   - network: where it comes from; `nil` where networks are not counted.
    ///   - factor: what the number of a network is multiplied with.
    ///   - wait: longest time before it begins.
    /// - Throws: ``Problem`` 429 where the network and 503 where the tenant has too many, and what `work` throws.
    func pass<Value>(
        tenant: Int64, network: NetworkPrefix.Name?, factor: Double = 1, wait: Duration,
        _ work: () async throws -> Value
    ) async throws -> Value {
        if let network {
            let capacity = max(1, Int((Double(Self.ofNetwork) * min(factor, 100)).rounded()))
            try await networks.enter(network, capacity: capacity, within: wait) {
                Problem(
                    .tooManyRequests, "Your network sends \(capacity) files already; send one after the other.",
                    headers: [.retryAfter: "5"])
            }
        }
        defer { if let network { networks.leave(network) } }
        try await tenants.enter(tenant, capacity: Self.ofTenant, within: wait) {
            Problem.overloaded("Many send files at this moment; please try again in a moment.")
        }
        defer { tenants.leave(tenant) }
        return try await work()
    }
}

extension Call {
    /// Receives the file of a participant as soon as there is room for it, before a byte is read; that of staff at once.
    ///
    /// - Throws: ``Problem`` 429 and 503, and what `work` throws.
    func takingTurns<Value>(scope: Scope, _ work: () async throws -> Value) async throws -> Value {
        guard scope.viewer.grants.isEmpty else { return try await work() }
        let factor = services.settings.rateFactor * scope.tenant.settings.rateFactor
        return try await services.uploads.pass(
            tenant: scope.tenant.key, network: factor > 0 ? network : nil, factor: factor,
            wait: services.settings.uploadWait, work)
    }
}
