import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Participation
import Synchronization

/// Names the network a request comes from without keeping its address: a keyed digest of its prefix, under a random key
/// that lives in memory and changes every day.
final class NetworkPrefix: Sendable {
    /// The name of a network; worth nothing after a day.
    struct Name: Sendable, Hashable {
        /// The first 16 bytes of the digest.
        let bytes: [UInt8]

        /// Its first 8 bytes as a number.
        var number: UInt64 { bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) } }
    }

    private struct State {
        var key = Secret.bytes(32)
        var made = ContinuousClock.now
    }

    private let state = Mutex(State())
    private let proxies: Set<[UInt8]>

    /// - Parameter trustedProxies: addresses whose `X-Forwarded-For` is believed.
    init(trustedProxies: [String]) {
        proxies = Set(trustedProxies.compactMap(Self.bytes))
    }

    /// The name of the network that a request comes from; `nil` where the connection has no address.
    func name(of request: Request, channel: any Channel) -> Name? {
        guard let peer = channel.remoteAddress.flatMap(Self.bytes) else { return nil }
        return name(client(peer, forwarded: request.headers[values: HTTPField.Name("X-Forwarded-For") ?? .via]))
    }

    /// Whether the other side of a connection is a trusted proxy.
    func isProxy(_ channel: any Channel) -> Bool {
        channel.remoteAddress.flatMap(Self.bytes).map(proxies.contains) ?? false
    }

    /// The name of an address.
    func name(_ address: [UInt8]) -> Name {
        // IPv4 by /32, IPv6 by /56.
        let prefix = address.count == 16 ? Array(address.prefix(7)) : address
        let key = state.withLock { state in
            if ContinuousClock.now - state.made > .seconds(86_400) { state = State() }
            return state.key
        }
        return Name(bytes: Array(HMAC.sha256(prefix, key: key).prefix(16)))
    }

    /// The rightmost hop that is no proxy of ours: what stands further left may be invented.
    func client(_ peer: [UInt8], forwarded: [String]) -> [UInt8] {
        guard proxies.contains(peer) else { return peer }
        let hops = forwarded.joined(separator: ",").prefix(4000).split(separator: ",").reversed().prefix(20)
        for hop in hops {
            guard let address = Self.bytes(String(hop.trimmingBlanks)) else { return peer }
            if !proxies.contains(address) { return address }
        }
        return peer
    }

    /// The bytes of an address as text: 4 for IPv4, 16 for IPv6, 4 for IPv4 inside IPv6.
    static func bytes(_ text: String) -> [UInt8]? {
        (try? SocketAddress(ipAddress: text, port: 0)).flatMap(bytes)
    }

    private static func bytes(_ address: SocketAddress) -> [UInt8]? {
        switch address {
        case .v4(let address): return withUnsafeBytes(of: address.address.sin_addr) { Array($0) }
        case .v6(let address):
            let bytes = withUnsafeBytes(of: address.address.sin6_addr) { Array($0) }
            let isMapped = bytes.prefix(10).allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
            return isMapped ? Array(bytes.suffix(4)) : bytes
        case .unixDomainSocket: return nil
        }
    }
}
