public import GeoCore
public import Participation

/// Comments as JSON: answers nested below what they answer, within a bound, since readers of JSON must not meet
/// nesting without end.
public enum CommentForest {
    /// How deep answers nest.
    ///
    /// Deeper ones, and those whose parent stands on an earlier page, stand in the list itself with the number of their
    /// parent. Two levels of JSON for each and three around them stay below the 32 that we accept ourselves.
    public static let deepest = 12

    /// The comments of a page, each behind the one it answers.
    ///
    /// - Parameter instant: an instant, in milliseconds since 1970, as the reader may know it.
    public static func value(
        _ comments: [Comment], isFlat: Bool, instant: (Int64) -> Int64 = Timestamp.minute
    ) -> JSONValue {
        if isFlat { return .array(comments.map { .object(members($0, instant: instant)) }) }
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
        return .array(tops.map { tree($0, answers, instant) })
    }

    /// Goes as deep as ``deepest``.
    private static func tree(
        _ comment: Comment, _ answers: [Int64: [Comment]], _ instant: (Int64) -> Int64
    ) -> JSONValue {
        .object(
            members(comment, instant: instant) + [
                .init("answers", .array((answers[comment.id] ?? []).map { tree($0, answers, instant) }))
            ])
    }

    /// What is told of one comment.
    ///
    /// - Parameter instant: an instant as the reader may know it.
    public static func members(
        _ comment: Comment, instant: (Int64) -> Int64 = Timestamp.minute
    ) -> [JSONValue.Member] {
        let marks: [JSONValue.Member] = comment.isRedacted ? [.init("redacted", .bool(true))] : []
        return [
            .init("id", .string(String(comment.id))),
            .init("parent", comment.parent.map { .string(String($0)) } ?? .null),
            .init("subject", comment.subject.map { .string($0) } ?? .null),
            .init("text", .string(comment.text)),
            .init("created", .string(Timestamp.rfc3339(instant(comment.created)))),
            .init("edited", comment.edited.map { .string(Timestamp.rfc3339(instant($0))) } ?? .null),
            .init("state", .string(comment.state.name)),
            .init("votesUp", .integer(comment.votesUp)),
            .init("votesDown", .integer(comment.votesDown)),
        ] + marks
    }
}
