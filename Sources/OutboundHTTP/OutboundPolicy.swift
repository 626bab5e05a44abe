/// Where requests may go, and how much they may cost.
///
/// Requests to other machines are the way into an internal network for whoever can name an address, so what is not
/// allowed here is refused: only `https`, only public addresses, and by default only origins on the list.
public struct OutboundPolicy: Sendable, Hashable {
    /// Origins that may be asked whatever their address and scheme, such as `https://sso.intern:8443` or
    /// `http://127.0.0.1:9000`; in lower case, the port left out where it is the scheme's own.
    public var origins: Set<String>
    /// Whether any other host may be asked too, over `https` and at public addresses.
    public var allowsPublicHosts: Bool
    /// Time to resolve the name and to connect, TLS included.
    public var connectTimeout = Duration.seconds(5)
    /// Time for the whole exchange.
    public var totalTimeout = Duration.seconds(30)
    /// Most bytes of an answer.
    public var maximumBytes = 100 << 20

    /// Makes a policy; by default nothing is allowed.
    public init(origins: Set<String> = [], allowsPublicHosts: Bool = false) {
        self.origins = Set(origins.map { $0.lowercased() })
        self.allowsPublicHosts = allowsPublicHosts
    }

    /// Any public host over `https`, for the operator's own commands.
    public static let publicHosts = OutboundPolicy(allowsPublicHosts: true)
}
