import Participation
import SignedTokens

/// What is known of the keys of an issuer, for the operator.
public struct IssuerKeyReport: Sendable, Hashable {
    /// Names of the keys that can be used.
    public var names: [String]
    /// When they were fetched, milliseconds since 1970; `nil` before the first time.
    public var fetched: Int64?
    /// When they were last asked for, milliseconds since 1970.
    public var asked: Int64?
    /// Why the last attempt failed.
    public var fault: String?
}

/// The keys of all issuers, in memory.
///
/// A set that is fresh is used without asking. An issuer is asked once a minute at most: when its set is no longer
/// fresh, and when a token names a key that is not in it. One request serves all who wait for it, and who names a key of
/// the last set meanwhile need not wait. While it cannot be had, the last set holds for another day; a key that a new set
/// leaves out is gone at once.
actor IssuerKeys {
    /// Shortest time between two requests to one issuer, in milliseconds.
    static let pause: Int64 = 60_000
    /// For how long a set that is no longer fresh still holds while its issuer is away, in milliseconds.
    static let grace: Int64 = 86_400_000
    /// Most requests that wait for issuers at once; their slowness must not fill the server.
    static let mostWaiting = 64

    private struct State {
        /// The issuer as it was when its keys were fetched: those of another are worth nothing.
        var issuer: Issuer
        var found: FetchedKeys?
        var fetched: Int64?
        var asked: Int64?
        var fault: String?
        var request: Task<Void, Never>?

        func age(_ now: Int64) -> Int64? { fetched.map { now - $0 } }
    }

    private var states: [String: State] = [:]
    private var waiting = 0

    /// The key of a name for an algorithm; `nil` when the issuer, asked for it, has none.
    ///
    /// - Parameters:
    ///   - now: milliseconds since 1970.
    ///   - fetch: asks the issuer; throws ``IssuerFault``.
    /// - Throws: ``PlatformError`` `unavailable` when it cannot be known at present, and ``Installation/unknownKey`` for
    ///   a key that the issuer may have since it was last asked.
    func key(
        _ name: String, for algorithm: SigningAlgorithm, of issuer: Issuer, now: @Sendable () -> Int64,
        fetch: @escaping @Sendable (Issuer) async throws -> FetchedKeys
    ) async throws -> VerificationKey? {
        let state = state(of: issuer)
        if let found = state.found, isWithin(found.lifetime, state.age(now())),
            let key = found.keys.key(name, for: algorithm)
        {
            return key
        }
        if state.request != nil, let key = held(of: issuer, now: now())?.key(name, for: algorithm) { return key }
        let mayAsk = state.request != nil || !isWithin(Self.pause, state.asked.map { now() - $0 })
        if mayAsk { await ask(issuer, now: now(), fetch: fetch) }
        guard let keys = held(of: issuer, now: now()) else { throw Self.unavailable }
        if let key = keys.key(name, for: algorithm) { return key }
        // A request that is under way may bring it, and so might have the one that failed.
        let later = self.state(of: issuer)
        if later.request != nil || later.fault != nil { throw Self.unavailable }
        if mayAsk || keys.has(name) { return nil }
        throw Installation.unknownKey
    }

    /// The keys of an issuer that still hold; nobody is asked for them.
    func held(of issuer: Issuer, now: Int64) -> KeySet? {
        guard let state = states[issuer.id], state.issuer == issuer, let found = state.found,
            isWithin(found.lifetime + Self.grace, state.age(now))
        else { return nil }
        return found.keys
    }

    /// Asks an issuer for its keys where it was not asked yet.
    func prepare(
        _ issuer: Issuer, now: Int64, fetch: @escaping @Sendable (Issuer) async throws -> FetchedKeys
    ) async -> IssuerKeyReport? {
        if state(of: issuer).asked == nil { await ask(issuer, now: now, fetch: fetch) }
        return report(of: issuer)
    }

    /// What is known of the keys of an issuer; `nil` where it was not asked yet.
    func report(of issuer: Issuer) -> IssuerKeyReport? {
        guard let state = states[issuer.id], state.issuer == issuer else { return nil }
        return IssuerKeyReport(
            names: state.found?.keys.names ?? [], fetched: state.fetched, asked: state.asked, fault: state.fault)
    }

    private static let unavailable = PlatformError(
        .unavailable, "the credentials cannot be checked at present; please try again")

    /// Whether an age lies within a time; a clock that was set back makes nothing younger.
    private func isWithin(_ time: Int64, _ age: Int64?) -> Bool { age.map { $0 >= 0 && $0 < time } ?? false }

    private func state(of issuer: Issuer) -> State {
        if let state = states[issuer.id], state.issuer == issuer { return state }
        let state = State(issuer: issuer)
        states[issuer.id] = state
        return state
    }

    /// Asks an issuer, or joins those who wait for its answer; where too many wait, it is asked all the same.
    private func ask(
        _ issuer: Issuer, now: Int64, fetch: @escaping @Sendable (Issuer) async throws -> FetchedKeys
    ) async {
        var state = state(of: issuer)
        let request: Task<Void, Never>
        if let running = state.request {
            request = running
        } else {
            // A task of its own: one who gives up must not end it for the others.
            request = Task {
                let result: Result<FetchedKeys, any Error>
                do { result = .success(try await fetch(issuer)) } catch { result = .failure(error) }
                self.take(result, of: issuer, now: now)
            }
            (state.request, state.asked) = (request, now)
            states[issuer.id] = state
        }
        guard waiting < Self.mostWaiting else { return }
        waiting += 1
        await request.value
        waiting -= 1
    }

    private func take(_ result: Result<FetchedKeys, any Error>, of issuer: Issuer, now: Int64) {
        guard var state = states[issuer.id], state.issuer == issuer else { return }
        state.request = nil
        switch result {
        case .success(let found): (state.found, state.fetched, state.fault) = (found, now, nil)
        case .failure(let error): state.fault = "\(error)"
        }
        states[issuer.id] = state
    }
}
