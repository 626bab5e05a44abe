import GeoCore
import OutboundHTTP
import Participation
import SignedTokens

/// Why the keys of an issuer could not be had, for the operator.
public struct IssuerFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong, in a sentence without anything secret.
    public let description: String
}

/// The keys of an issuer as it gave them.
struct FetchedKeys: Sendable {
    let keys: KeySet
    /// Where they were found.
    let url: String
    /// For how long they are fresh, in milliseconds.
    let lifetime: Int64
}

/// Asks issuers for their keys, within the policy on other machines and closer bounds: 256 KiB and 5 seconds a request.
///
/// Sources: OpenID Connect Discovery 1.0, section 4; RFC 7517, section 5.
struct IssuerKeySource: Sendable {
    private let client: OutboundClient

    /// Makes a source.
    init(policy: OutboundPolicy) {
        var policy = policy
        policy.connectTimeout = min(policy.connectTimeout, .seconds(3))
        policy.totalTimeout = min(policy.totalTimeout, .seconds(5))
        policy.maximumBytes = min(policy.maximumBytes, 256 << 10)
        client = OutboundClient(policy: policy)
    }

    /// Fetches the keys of an issuer, from the address that it has, or that its own description names.
    ///
    /// - Throws: ``IssuerFault``.
    func keys(of issuer: Issuer) async throws -> FetchedKeys {
        let url: String
        if let known = issuer.keysURL { url = known } else { url = try await discover(issuer) }
        let answer = try await get(url)
        guard let keys = try? await KeySet(json: answer.body, algorithms: issuer.algorithms) else {
            throw IssuerFault(description: "\(url) is no set of keys (RFC 7517) of at most \(KeySet.mostEntries)")
        }
        return FetchedKeys(keys: keys, url: url, lifetime: Self.lifetime(answer.fields["cache-control"]))
    }

    /// Where an issuer says that its keys are; it must say that it is the one that was meant.
    private func discover(_ issuer: Issuer) async throws -> String {
        let base = issuer.url.hasSuffix("/") ? String(issuer.url.dropLast()) : issuer.url
        let url = base + "/.well-known/openid-configuration"
        let answer = try await get(url)
        guard let document = try? JSONValue.parse(answer.body) else {
            throw IssuerFault(description: "\(url) is no JSON object")
        }
        guard document["issuer"]?.string?.isExactly(issuer.url) == true else {
            throw IssuerFault(description: "\(url) names another issuer than \(issuer.url)")
        }
        guard let keys = document["jwks_uri"]?.string, AddressRule.isAddress(keys) else {
            throw IssuerFault(description: "\(url) names no address of keys in jwks_uri")
        }
        return keys
    }

    private func get(_ url: String) async throws -> OutboundAnswer {
        do {
            let answer = try await client.get(url, fields: [.init("Accept", "application/json")])
            guard answer.status == 200 else {
                throw IssuerFault(
                    description: "\(url) answered \(answer.status)"
                        + ((300...399).contains(answer.status) ? "; redirects are not followed" : ""))
            }
            return answer
        } catch let error as OutboundError {
            throw IssuerFault(description: "\(url): \(error)")
        }
    }

    /// For how long an answer is fresh, in milliseconds: its `max-age` (RFC 9111, section 5.2.2.1), at least 5 minutes;
    /// 10 minutes where it says nothing, and at most, since a key that was taken back holds for as long.
    static func lifetime(_ cacheControl: String?) -> Int64 {
        guard let cacheControl else { return 600_000 }
        for part in cacheControl.lowercased().split(separator: ",") {
            let words = part.split(separator: "=", maxSplits: 1).map { $0.filter { $0 != " " && $0 != "\"" } }
            if words.first == "no-store" || words.first == "no-cache" { return 300_000 }
            guard words.count == 2, words[0] == "max-age", let seconds = Int64(words[1]) else { continue }
            return min(max(seconds, 300), 600) * 1000
        }
        return 600_000
    }
}
