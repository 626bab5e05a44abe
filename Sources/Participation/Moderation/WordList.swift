/// Words that hold a text back until a person has looked at it.
///
/// Words are compared as whole words, without case and accents, `ß` as `ss` and `ä` as `ae`; digits and signs in the
/// place of letters (`1d10t`) and letters set apart (`i d i o t`) are seen through. A word that ends with `*` stands for
/// all words that begin so.
public struct WordList: Sendable, Hashable {
    private var whole: Set<String> = []
    private var beginnings: Set<String> = []
    private var longest = 0

    /// Most words of a list.
    public static let maximumCount = 2000

    /// Makes a list; entries without a letter or digit are left out.
    public init(_ words: some Sequence<String>) {
        for word in words {
            let isBeginning = word.hasSuffix("*")
            let folded = Self.words(of: word).map(\.text).joined()
            guard !folded.isEmpty else { continue }
            if isBeginning { beginnings.insert(folded) } else { whole.insert(folded) }
            if isBeginning { longest = max(longest, folded.utf8.count) }
        }
    }

    /// Whether the list has no word.
    public var isEmpty: Bool { whole.isEmpty && beginnings.isEmpty }

    /// Whether a text holds a word of the list.
    ///
    /// - Complexity: linear in the text, times the length of the longest beginning at most.
    public func matches(_ text: String) -> Bool {
        guard !isEmpty else { return false }
        var spelled = ""
        for (word, isLetter) in Self.words(of: text) {
            let bare = word.first.map { "!|".contains($0) } == true ? String(word.dropFirst()) : word
            if holds(bare) || holds(Self.plain(word)) { return true }
            // Letters set apart are joined as long as they follow each other.
            if isLetter {
                spelled += word
                continue
            }
            if spelled.utf8.count > 2, holdsPart(of: spelled) { return true }
            spelled = ""
        }
        return spelled.utf8.count > 2 && holdsPart(of: spelled)
    }

    private func holds(_ word: String) -> Bool {
        if whole.contains(word) { return true }
        guard longest > 0 else { return false }
        var beginning = ""
        for character in word.unicodeScalars.prefix(longest) {
            beginning.unicodeScalars.append(character)
            if beginnings.contains(beginning) { return true }
        }
        return false
    }

    /// Whether a row of single letters holds a word: it may begin and end anywhere in it.
    private func holdsPart(of letters: String) -> Bool {
        let scalars = Array(letters.unicodeScalars.prefix(Self.longestRow))
        for start in scalars.indices {
            var word = ""
            for scalar in scalars[start...].prefix(Self.longestSpelled) {
                word.unicodeScalars.append(scalar)
                if word.utf8.count > 2, whole.contains(word) || beginnings.contains(word) { return true }
            }
        }
        return false
    }

    private static let longestRow = 200
    private static let longestSpelled = 30

    /// The words of a text in plain small letters, each with whether it is a single letter.
    private static func words(of text: String) -> [(text: String, isLetter: Bool)] {
        var words: [(text: String, isLetter: Bool)] = []
        var word = ""
        var length = 0
        func finish() {
            defer { (word, length) = ("", 0) }
            while let last = word.last, "!|@$".contains(last) { word.removeLast() }
            // Signs in a row are no letter in disguise.
            while word.hasPrefix("!!") || word.hasPrefix("||") { word.removeFirst() }
            if !word.isEmpty { words.append((word, length == 1)) }
        }
        for element in FoldedText(text).elements {
            let scalar = element.scalar
            guard element.isWord || "@$!|".unicodeScalars.contains(scalar) else {
                finish()
                continue
            }
            length += 1
            switch scalar {
            case "ä": word += "ae"
            case "ö": word += "oe"
            case "ü": word += "ue"
            case "ß": word += "ss"
            default: word.unicodeScalars.append(base(scalar))
            }
        }
        finish()
        return words
    }

    /// A letter without its accent.
    private static func base(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        guard !scalar.isASCII else { return scalar }
        return accents[scalar] ?? scalar
    }

    private static let accents: [Unicode.Scalar: Unicode.Scalar] = [
        "á": "a", "à": "a", "â": "a", "å": "a", "ã": "a", "ç": "c", "é": "e", "è": "e", "ê": "e", "ë": "e", "í": "i",
        "ì": "i", "î": "i", "ï": "i", "ñ": "n", "ó": "o", "ò": "o", "ô": "o", "õ": "o", "ø": "o", "ú": "u", "ù": "u",
        "û": "u", "ý": "y", "ş": "s", "ğ": "g", "ı": "i", "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "х": "x",
    ]

    private static let signs: [Unicode.Scalar: Unicode.Scalar] = [
        "0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i", "|": "i",
    ]

    /// A word with letters in the place of the digits and signs that look like them.
    private static func plain(_ word: String) -> String {
        var view = String.UnicodeScalarView()
        for scalar in word.unicodeScalars { view.append(signs[scalar] ?? scalar) }
        return String(view)
    }
}
