import HTTPTypes
import Hummingbird
import Participation
import Platform
import Storage

extension Call {
    /// The network the request comes from, as a name that is worth nothing after a day.
    var network: NetworkPrefix.Name? { services.networks.name(of: request, channel: context.channel) }

    /// Takes one from the limits of the route, in the name of who asks.
    ///
    /// Staff is not counted: its credentials are given one by one, and can be taken away.
    ///
    /// - Throws: ``Problem`` 429.
    func takeOne(of rateClass: RateClass?, scope: Scope) throws -> RateLimiter.Standing? {
        let factor = services.settings.rateFactor * scope.tenant.settings.rateFactor
        guard let rateClass, factor > 0, scope.viewer.grants.isEmpty else { return nil }
        return try services.limiter.take(
            rateClass, tenant: scope.tenant.key, caller: scope.viewer.participant ?? scope.viewer.account,
            network: network, factor: factor)
    }

    /// Runs a look at credentials, and counts wrong ones against the network they come from, at this tenant alone.
    ///
    /// What is refused without being a guess is counted more loosely, and never keeps good credentials waiting: one who
    /// sends ended tokens, or an issuer that is away, must not lock out all who share the address.
    ///
    /// - Throws: what `body` throws; ``Problem`` 429 after too many wrong ones.
    func guardingCredentials(
        of tenant: Tenant, _ body: () async throws -> Viewer
    ) async throws -> Viewer {
        let factor = services.settings.rateFactor * tenant.settings.rateFactor
        guard factor > 0, let network else { return try await body() }
        let door = RateLimiter.Door(tenant: tenant.key, network: network)
        try services.limiter.checkCredentials(at: door)
        do {
            return try await body()
        } catch let error as PlatformError {
            if error.code != .unauthenticated || Installation.noGuesses.contains(error) {
                try services.limiter.noteRefusal(at: door, factor: factor)
            } else if services.limiter.noteFailure(at: door, factor: factor) {
                try? await installation.noteCredentialBurst(
                    scope: Scope(tenant: tenant, viewer: .anonymous, request: context.requestID))
            }
            throw error
        }
    }
}
