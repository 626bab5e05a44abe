import CStemmer

/// Reduces German words to their stems, so that “Radwege” is found by “Radweg” (Snowball, algorithm “german”).
///
/// Stems of words met before are kept; a value belongs to one task.
public struct GermanStemmer: ~Copyable {
    private let handle: OpaquePointer?
    private var known: [[UInt8]: [UInt8]] = [:]
    /// Most stems kept.
    private static let memory = 20_000

    /// Makes a stemmer.
    public init() {
        handle = "german".withCString { name in "UTF_8".withCString { sb_stemmer_new(name, $0) } }
    }

    deinit { if let handle { sb_stemmer_delete(handle) } }

    /// The stem of a lower-case word in UTF-8; the word itself where it has none.
    public mutating func stem(_ word: [UInt8]) -> [UInt8] {
        if let stem = known[word] { return stem }
        let stem = reduce(word)
        if known.count >= Self.memory { known.removeAll(keepingCapacity: true) }
        known[word] = stem
        return stem
    }

    private func reduce(_ word: [UInt8]) -> [UInt8] {
        // The library returns no pointer when memory is short.
        guard let handle, let bytes = sb_stemmer_stem(handle, word, Int32(clamping: word.count)) else { return word }
        let count = Int(sb_stemmer_length(handle))
        return count > 0 ? Array(UnsafeBufferPointer(start: bytes, count: count)) : word
    }

    /// The stems of a text in their order, separated by blanks: what an index of words is fed with.
    ///
    /// - Complexity: linear in the bytes of the text.
    public mutating func stems(of text: String) -> String {
        var reader = WordReader(text)
        var word: [UInt8] = []
        var result: [UInt8] = []
        result.reserveCapacity(text.utf8.count)
        while reader.next(into: &word) {
            if !result.isEmpty { result.append(0x20) }
            result += stem(word)
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Hands each word of a text that may tell what it is about to `body`, with its stem: no numbers, no short words and none
    /// that every text has (``StopWords``).
    ///
    /// - Complexity: linear in the bytes of the text.
    public mutating func forEachTellingWord(of text: String, _ body: (_ stem: [UInt8], _ word: [UInt8]) -> Void) {
        var reader = WordReader(text)
        var word: [UInt8] = []
        while reader.next(into: &word) {
            guard word.count >= 4, !word.contains(where: { (0x30...0x39).contains($0) }), !StopWords.contains(word)
            else { continue }
            body(stem(word), word)
        }
    }

    /// The stems of a question, at most `maximum`.
    public mutating func words(of question: String, maximum: Int) -> [String] {
        var reader = WordReader(question.prefix(400))
        var word: [UInt8] = []
        var result: [String] = []
        while result.count < maximum, reader.next(into: &word) {
            result.append(String(decoding: stem(word), as: UTF8.self))
        }
        return result
    }
}
