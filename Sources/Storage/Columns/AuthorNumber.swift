/// A number that tells authors apart in columns, shorter than their pseudonyms and of no other use.
///
/// Pseudonyms are random or keyed digests: nobody chooses one so that its number meets another's. Among a million authors
/// two meet with a probability of 3 in 10⁸.
enum AuthorNumber {
    /// That of rows whose author is not known.
    static let nobody: UInt64 = 0

    /// The number of a pseudonym, never 0.
    ///
    /// Source: Fowler, Noll & Vo, FNV-1a with 64 bits (draft-eastlake-fnv).
    static func of(_ pseudonym: String) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in pseudonym.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return max(hash, 1)
    }
}
