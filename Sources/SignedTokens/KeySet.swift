import GeoCore
public import Participation

/// The public keys of an issuer at a time: a JWK Set.
///
/// Entries that are not understood, or are for something else, are passed over. Source: RFC 7517, section 5.
public struct KeySet: Sendable {
    /// Most entries of a set.
    public static let mostEntries = 100

    private var keys: [String: [SigningAlgorithm: VerificationKey]] = [:]

    /// Reads a set, and keeps the keys for these algorithms.
    ///
    /// - Throws: ``TokenFault`` `keySet` for what is no set, or has more than ``mostEntries`` entries.
    public init(json: [UInt8], algorithms: [SigningAlgorithm]) async throws(TokenFault) {
        guard let value = try? JSONValue.parse(json), let entries = value["keys"]?.array,
            entries.count <= Self.mostEntries
        else { throw .keySet }
        for entry in entries {
            guard let name = entry["kid"]?.string, IssuerRule.isText(name) else { continue }
            for algorithm in algorithms where keys[name]?[algorithm] == nil {
                if let key = await VerificationKey(entry, for: algorithm) { keys[name, default: [:]][algorithm] = key }
            }
        }
    }

    /// The key of a name for an algorithm.
    public func key(_ name: String, for algorithm: SigningAlgorithm) -> VerificationKey? { keys[name]?[algorithm] }

    /// Whether there is a key of a name, for whatever algorithm.
    public func has(_ name: String) -> Bool { keys[name] != nil }

    /// Names of the keys that can be used, in order.
    public var names: [String] { keys.keys.sorted() }
}
