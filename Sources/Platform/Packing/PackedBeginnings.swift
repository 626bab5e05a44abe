/// Beginnings of features as they are packed: what is repeated in them is found once for all answers.
struct PackedBeginnings: Sendable {
    /// What is repeated in them; pieces are features.
    let tokens: PackedTokens
    /// Checksums of the features.
    let checksums: [UInt32]
    /// How often each symbol of literals and lengths, and of distances comes, about.
    let counts: (literals: [Int], distances: [Int])

    /// Features back that text may be repeated from: so many lie within what deflate can reach.
    private static let reach = 48
    /// About how long the end of a feature is.
    private static let ending = 80

    /// - Parameters:
    ///   - bytes: of features one after the other.
    ///   - starts: where each begins, and the end of the last.
    init(_ bytes: [UInt8], starts: [Int]) {
        tokens = PackedTokens(bytes, pieces: starts, reach: Self.reach)
        checksums = zip(starts, starts.dropFirst()).map { CyclicRedundancy.of(bytes[$0..<$1]) }
        var counts = (
            literals: [Int](repeating: 0, count: DeflateSymbols.literals),
            distances: [Int](repeating: 0, count: DeflateSymbols.distances)
        )
        for piece in checksums.indices {
            var place = starts[piece]
            for token in tokens.tokens[tokens.starts[piece]..<tokens.starts[piece + 1]] {
                guard let (length, source, offset) = PackedTokens.repetition(token) else {
                    counts.literals[Int(token)] += 1
                    place += 1
                    continue
                }
                counts.literals[DeflateSymbols.length(length).symbol] += 1
                let distance = place - starts[source] - offset + (piece - source) * Self.ending
                counts.distances[DeflateSymbols.distance(min(distance, 32_768)).symbol] += 1
                place += length
            }
        }
        self.counts = counts
    }
}
