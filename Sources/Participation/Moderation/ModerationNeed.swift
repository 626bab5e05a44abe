/// How much a contribution or comment needs a moderator's eyes.
///
/// Reports of people weigh most, then suspected personal data, words of the list, bursts of votes, and last what waits
/// only because the proceeding is moderated beforehand; equal needs are taken in order of entry.
public struct ModerationNeed: Sendable, Hashable {
    /// Signs of a need that machines found.
    public struct Signs: OptionSet, Sendable, Hashable {
        /// The signs as bits, as they are stored.
        public let rawValue: Int64
        /// Makes signs of bits.
        public init(rawValue: Int64) { self.rawValue = rawValue }

        /// Something in the text looks like personal data.
        public static let personalData = Signs(rawValue: 1)
        /// A word of the tenant's or the proceeding's list.
        public static let wordList = Signs(rawValue: 2)
        /// Many votes from one network in a short time.
        public static let voteBurst = Signs(rawValue: 4)
        /// The proceeding shows nothing before a moderator has seen it.
        public static let beforehand = Signs(rawValue: 8)
        /// Suspicious in another way.
        public static let suspicious = Signs(rawValue: 16)
        /// More links than a person needs.
        public static let links = Signs(rawValue: 32)
        /// The same participant has written the same before.
        public static let repeatedText = Signs(rawValue: 64)
        /// A field that people do not see was filled in.
        public static let trap = Signs(rawValue: 128)
        /// The form was sent sooner than anybody types, or its token is none.
        public static let haste = Signs(rawValue: 256)
        /// All that is suspicious in one way or another.
        public static let spam: Signs = [.suspicious, .links, .repeatedText, .trap, .haste]

        /// The words used in answers, in order of weight.
        public var names: [String] {
            [
                (Signs.personalData, "personalData"), (.wordList, "wordList"), (.voteBurst, "voteBurst"),
                (.suspicious, "suspicious"), (.links, "links"), (.repeatedText, "repeatedText"), (.trap, "trap"),
                (.haste, "haste"), (.beforehand, "beforehand"),
            ].filter { contains($0.0) }.map(\.1)
        }
    }

    /// Reports that nobody has settled yet.
    public var reports: Int64
    /// What machines found.
    public var signs: Signs

    /// Makes a need.
    public init(reports: Int64 = 0, signs: Signs = []) {
        self.reports = reports
        self.signs = signs
    }

    /// The weight that orders the queue; 0 where nothing is needed.
    public var weight: Int64 {
        min(max(reports, 0), 999) * 1000 + (signs.contains(.personalData) ? 400 : 0)
            + (signs.contains(.wordList) ? 200 : 0) + (signs.contains(.voteBurst) ? 100 : 0)
            + (signs.isDisjoint(with: .spam) ? 0 : 60) + (signs.contains(.beforehand) ? 20 : 0)
    }
}

extension ModerationNeed.Signs {
    /// The signs that hold a text back: what its words tell, and the policy of the proceeding.
    ///
    /// Staff who moderate are not held back.
    public static func holding(
        _ texts: [String], policy: ProceedingSettings.Moderation, words: WordList
    ) -> ModerationNeed.Signs {
        var signs: ModerationNeed.Signs = policy == .pre ? .beforehand : []
        if texts.contains(where: { PersonalData.isSuspected(in: $0) }) { signs.insert(.personalData) }
        if texts.contains(where: words.matches) { signs.insert(.wordList) }
        if texts.reduce(0, { $0 + LinkCount.count(in: $1) }) > LinkCount.most { signs.insert(.links) }
        return signs
    }
}
