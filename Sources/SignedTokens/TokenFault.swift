/// Why a token or a set of keys is worth nothing; for tests and for operators, never for who sent the token.
public enum TokenFault: Error, Sendable, Hashable, CaseIterable {
    /// No three parts of base64url with JSON objects in them, or too long.
    case malformed
    /// Another kind of token, or one with extensions that must be understood.
    case kind
    /// An algorithm that is not allowed, or not the one of the key.
    case algorithm
    /// No name of a key.
    case keyID
    /// The signature is not by the key.
    case signature
    /// Of another issuer.
    case issuer
    /// For others.
    case audience
    /// Ended, or without an end.
    case expired
    /// Holds later only.
    case notYet
    /// Nobody is named.
    case subject
    /// No JWK Set.
    case keySet
}
