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
        votesUp = Self.count(member(.votesUp))
        votesDown = Self.count(member(.votesDown))
        isLocated = if case .bool(false)? = member(.located) { false } else { true }
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

    /// A count given as a number or a numeric text, never negative.
    private static func count(_ value: JSONValue?) -> Int64 {
        let number: Double? =
            switch value {
            case .string(let text)?: Double(text)
            case let value?: value.double
            case nil: nil
            }
        guard let number, number > 0, number < 1e12 else { return 0 }
        return Int64(exactly: number.rounded(.down)) ?? 0
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
