import GeoCore
import Participation

/// Comments as JSON: answers nested below what they answer, within a bound, since readers of JSON must not meet
/// nesting without end.
enum CommentForest {
    /// How deep answers nest.
    ///
    /// Deeper ones, and those whose parent stands on an earlier page, stand in the list itself with the number of their
    /// parent. Two levels of JSON for each and three around them stay below the 32 that we accept ourselves.
    static let deepest = 12

    /// The comments of a page, each behind the one it answers.
    static func value(_ comments: [Comment], isFlat: Bool) -> JSONValue {
        if isFlat { return .array(comments.map { value($0) }) }
        var level: [Int64: Int] = [:]
        var answers: [Int64: [Comment]] = [:]
        var tops: [Comment] = []
        for comment in comments {
            if let parent = comment.parent, let above = level[parent], above < deepest {
                level[comment.id] = above + 1
                answers[parent, default: []].append(comment)
            } else {
                level[comment.id] = 0
                tops.append(comment)
            }
        }
        return .array(tops.map { tree($0, answers) })
    }

    /// One comment alone.
    ///
    /// - Parameter isOwn: whether its author reads it, who is told why it is hidden or rejected.
    static func value(_ comment: Comment, isOwn: Bool = false) -> JSONValue {
        .object(members(comment) + (isOwn ? reason(of: comment) : []))
    }

    private static func reason(of comment: Comment) -> [JSONValue.Member] {
        comment.stateReason.map { [$0.member] } ?? []
    }

    /// One comment as its author lists it: with what it stands on.
    static func own(_ comment: Comment, in proceeding: Proceeding) -> JSONValue {
        .object(
            members(comment) + reason(of: comment) + [
                .init("\(comment.root.kind)", .string(String(comment.root.id))),
                .init("proceeding", .string(proceeding.id)),
            ])
    }

    /// Goes as deep as ``deepest``.
    private static func tree(_ comment: Comment, _ answers: [Int64: [Comment]]) -> JSONValue {
        .object(members(comment) + [.init("answers", .array((answers[comment.id] ?? []).map { tree($0, answers) }))])
    }

    private static func members(_ comment: Comment) -> [JSONValue.Member] {
        let marks: [JSONValue.Member] = comment.isRedacted ? [.init("redacted", .bool(true))] : []
        return [
            .init("id", .string(String(comment.id))),
            .init("parent", comment.parent.map { .string(String($0)) } ?? .null),
            .init("subject", comment.subject.map { .string($0) } ?? .null),
            .init("text", .string(comment.text)),
            .init("created", .string(Timestamp.rfc3339(Timestamp.minute(comment.created)))),
            .init("edited", comment.edited.map { .string(Timestamp.rfc3339(Timestamp.minute($0))) } ?? .null),
            .init("state", .string(comment.state.name)),
            .init("votesUp", .integer(comment.votesUp)),
            .init("votesDown", .integer(comment.votesDown)),
        ] + marks
    }
}
