import Dispatch
import Synchronization

/// A small provider of OpenID Connect on loopback: it describes itself, gives its public keys and signs with its own.
public final class TokenProvider: Sendable {
    /// What it does, as tests set it.
    public struct Conduct: Sendable {
        /// Its keys, the first of which signs.
        public var keys: [SigningKey]
        /// `Cache-Control` of its keys.
        public var cacheControl: String?
        /// Whether it closes connections without an answer.
        public var isAway = false
        /// What it answers instead of its keys.
        public var answer: LoopbackServer.Answer?
        /// The issuer its description names; its own when `nil`.
        public var named: String?
        /// Where its description says that its keys are; at its own place when `nil`.
        public var keysAddress: String?
        /// Whether answers wait until ``TokenProvider/open()``.
        public var isShut = false
    }

    private let server: LoopbackServer
    private let state: State

    /// Starts a provider with these keys.
    public init(keys: [SigningKey]) throws {
        let state = State(Conduct(keys: keys))
        self.state = state
        server = try LoopbackServer { request in state.answer(request) }
    }

    deinit {
        open()
        server.stop()
    }

    /// Its origin.
    public var origin: String { server.origin }
    /// What its tokens name as their issuer.
    public var url: String { server.origin + "/realms/city" }
    /// How often its keys were asked for.
    public var keyRequests: Int { server.requests.count { $0.path == "/realms/city/certs" } }
    /// How often its description was asked for.
    public var descriptionRequests: Int {
        server.requests.count { $0.path == "/realms/city/.well-known/openid-configuration" }
    }

    /// Changes what it does.
    public func change(_ body: (inout Conduct) -> Void) { state.conduct.withLock { body(&$0) } }

    /// Lets go the answers that wait, and those that come.
    public func open() {
        change { $0.isShut = false }
        for _ in 0..<100 { state.gate.signal() }
    }

    /// Claims that hold at an instant, with some of them changed.
    ///
    /// - Parameter changes: values as JSON, by name; `nil` takes a claim away.
    public func claims(at now: Int64, _ changes: [String: String?] = [:]) -> String {
        var members: [String: String?] = [
            "iss": "\"\(url)\"", "aud": #""mitplan""#, "sub": #""4711""#, "iat": "\(now / 1000 - 60)",
            "exp": "\(now / 1000 + 240)",
        ]
        members.merge(changes) { $1 }
        return "{"
            + members.compactMap { name, value in value.map { "\"\(name)\":\($0)" } }.sorted().joined(separator: ",")
            + "}"
    }

    /// A token that holds at an instant, signed with its first key or another one.
    public func token(
        at now: Int64, _ changes: [String: String?] = [:], by key: SigningKey? = nil, header: String? = nil
    ) throws -> String {
        let first = state.conduct.withLock { $0.keys.first }
        guard let key = key ?? first else { return "" }
        return try key.token(claims(at: now, changes), header: header)
    }
}

private final class State: Sendable {
    let conduct: Mutex<TokenProvider.Conduct>
    let gate = DispatchSemaphore(value: 0)

    init(_ conduct: TokenProvider.Conduct) { self.conduct = Mutex(conduct) }

    func answer(_ request: LoopbackServer.Request) -> LoopbackServer.Answer? {
        var now = conduct.withLock { $0 }
        if now.isShut {
            gate.wait()
            now = conduct.withLock { $0 }
        }
        if now.isAway { return nil }
        let url = "http://\(request.fields["host"] ?? "")/realms/city"
        switch request.path {
        case "/realms/city/.well-known/openid-configuration":
            return .init(body: #"{"issuer":"\#(now.named ?? url)","jwks_uri":"\#(now.keysAddress ?? url + "/certs")"}"#)
        case "/realms/city/certs":
            if let answer = now.answer { return answer }
            let entries = now.keys.compactMap { try? $0.entry(algorithm: $0.algorithm) }
            return .init(
                fields: now.cacheControl.map { ["Cache-Control": $0] } ?? [:],
                body: #"{"keys":[\#(entries.joined(separator: ","))]}"#)
        default: return .init(status: 404)
        }
    }
}
