/// How a contribution came in.
public enum ContributionChannel: String, Sendable, Hashable, CaseIterable {
    /// Written in a form or a program.
    case online
    /// A letter or a form on paper.
    case paper
    /// Told by telephone.
    case telephone
    /// An e-mail.
    case mail
    /// A workshop, or talks on the spot.
    case event
    /// From a file that does not tell.
    case `import`

    /// The channel in words: German and English.
    public var words: (german: String, english: String) {
        switch self {
        case .online: ("online", "online")
        case .paper: ("Papier", "paper")
        case .telephone: ("Telefon", "telephone")
        case .mail: ("E-Mail", "e-mail")
        case .event: ("Veranstaltung", "event")
        case .import: ("Import", "import")
        }
    }

    /// Those of what is written here or entered for its author; what comes from a file is imported.
    public static let entered = allCases.filter { $0 != .import }

    /// The word for people who read a language, such as `de`.
    public func label(_ language: String) -> String { language.hasPrefix("de") ? words.german : words.english }

    /// The channel of a name or of a word of either language, whatever its case and punctuation; `nil` for another word.
    public init?(word: String) {
        guard let found = Self.byLetters[Self.letters(word)] else { return nil }
        self = found
    }

    /// Channels by the letters of their words, for imports of many rows.
    private static let byLetters = Dictionary(
        allCases.flatMap { channel in
            [channel.rawValue, channel.words.german, channel.words.english].map { (letters($0), channel) }
        }, uniquingKeysWith: { first, _ in first })

    private static func letters(_ text: String) -> String { text.lowercased().filter(\.isLetter) }
}
