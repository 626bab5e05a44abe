import GeoCore
import Participation

/// Reads one feature of a source as a contribution with its comments.
struct ImportedRow {
    /// A comment with the index of the one it answers, which stands before it.
    typealias Entry = (comment: Comment, parent: Int?)

    var title: String
    var text: String
    var category: String?
    var type: String?
    var externalID: String?
    var created: Int64?
    var votesUp: Int64
    var votesDown: Int64
    var comments: [Entry]
    var isLocated: Bool
    /// The member whose number of votes is none; 0 votes are taken in its place.
    private(set) var wrongCount: String?
    /// How it came in; `nil` where the source does not tell.
    private(set) var channel: ContributionChannel?
    /// The member whose word is no channel.
    private(set) var wrongChannel: String?

    private static let commentLimit = 20_000
    private static let depthLimit = 60

    init(
        _ properties: JSONValue, names: [ContributionMapping.Field: String], identifier: String?,
        clock: SourceInstant
    ) {
        func member(_ field: ContributionMapping.Field) -> JSONValue? { names[field].flatMap { properties[$0] } }
        text = TextRule.cleaned(Self.text(member(.text)) ?? "")
        let given = Self.text(member(.title)).map(TextRule.cleaned) ?? ""
        title = given.isEmpty ? String(text.prefix(80)) : given
        category = Self.text(member(.category)).flatMap { $0 == "none" || $0.isEmpty ? nil : $0 }
        type = Self.text(member(.type)).flatMap { $0 == "none" || $0.isEmpty ? nil : $0 }
        externalID = Self.text(member(.identifier)) ?? identifier
        created = Self.text(member(.created)).flatMap(clock.milliseconds)
        let counts = [ContributionMapping.Field.votesUp, .votesDown].map { Self.count(member($0)) }
        (votesUp, votesDown) = (counts[0] ?? 0, counts[1] ?? 0)
        isLocated = if case .bool(false)? = member(.located) { false } else { true }
        if counts[1] == nil { wrongCount = names[.votesDown] }
        if counts[0] == nil { wrongCount = names[.votesUp] }
        switch member(.channel) {
        case .null?, nil: break
        case let value?:
            let word = Self.text(value).map(TextRule.cleaned)
            channel = word.flatMap(ContributionChannel.init(word:))
            if channel == nil, word != "" { wrongChannel = names[.channel] }
        }
        comments = []
        Self.collect(member(.comments), parent: nil, depth: 0, clock: clock, fallback: created ?? 0, into: &comments)
        comments = comments.map { entry in
            var entry = entry
            entry.comment.text = TextRule.cleaned(entry.comment.text)
            return entry
        }
    }

    /// A text, or a number as text; HTML entities of PDS stay as they are.
    private static func text(_ value: JSONValue?) -> String? {
        switch value {
        case .string(let text)?: text
        case .integer(let number)?: String(number)
        case .number(let number)?: String(number)
        default: nil
        }
    }

    /// A count given as a number or a numeric text, 0 where nothing is given; `nil` for what is no whole number from 0 to a
    /// billion.
    private static func count(_ value: JSONValue?) -> Int64? {
        let number: Double?
        switch value {
        case .string(let text)?:
            let text = TextRule.cleaned(text)
            if text.isEmpty { return 0 }
            number = isWholeDecimal(text) ? Double(text) : nil
        case .null?, nil: return 0
        case let value?: number = value.double
        }
        guard let number, (0...1e9).contains(number) else { return nil }
        return Int64(exactly: number)
    }

    /// Whether a text is digits alone, with `.0` or `.00` at most, as spreadsheets write whole numbers: `1.000` may be a
    /// thousand.
    private static func isWholeDecimal(_ text: String) -> Bool {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first, !whole.isEmpty, whole.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return false
        }
        return parts.count == 1 || parts[1] == "0" || parts[1] == "00"
    }

    private static func collect(
        _ value: JSONValue?, parent: Int?, depth: Int, clock: SourceInstant, fallback: Int64,
        into entries: inout [Entry]
    ) {
        guard depth < depthLimit, let list = value?.array else { return }
        for element in list {
            guard case .object = element, entries.count < commentLimit else { continue }
            func first(_ names: [String]) -> JSONValue? { names.lazy.compactMap { element[$0] }.first }
            let created = text(first(["dateCreated", "created", "date"])).flatMap(clock.milliseconds) ?? fallback
            let subject = text(first(["title", "subject"])).flatMap { $0.isEmpty ? nil : $0 }
            let comment = Comment(
                on: .contribution(0), subject: subject, text: text(first(["commentContent", "text", "content"])) ?? "",
                created: created)
            entries.append((comment, parent))
            collect(
                first(["commentedBy", "answers", "replies", "comments"]), parent: entries.count - 1, depth: depth + 1,
                clock: clock, fallback: created, into: &entries)
        }
    }
}
