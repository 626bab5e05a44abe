import Participation
import Storage

/// A random secret that an author gets once with the answer to a contribution or comment, and that proves authorship
/// later, also without a participant token; the store has only its digest.
struct Receipt: Sendable {
    /// The secret: 64 hexadecimal digits.
    let text: String
    /// Random bytes to keep beside an idempotency key, so that a repeated request gets the same receipt.
    let salt: [UInt8]

    /// Makes a receipt; with `salt`, the one that a request with the same key got.
    init(key: IdempotencyKey?, salt: [UInt8]? = nil) {
        let bytes = salt ?? Self.random()
        self.salt = bytes
        var digest = SHA256()
        digest.update(key?.secret(salt: bytes) ?? bytes)
        text = digest.hexadecimal()
    }

    /// What the store keeps of it.
    var digest: [UInt8] { Self.digest(text) }

    static func digest(_ text: String) -> [UInt8] { SHA256.digest(Array("receipt:\(text)".utf8)) }

    private static func random() -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }
}

extension Authored {
    /// Whether a receipt is the one that was given for this item.
    func isProven(by receipt: String?) -> Bool {
        guard let receipt, !self.receipt.isEmpty else { return false }
        return Receipt.digest(receipt) == self.receipt
    }
}
