import GeoCore
import Participation
import Platform

/// Comments one by one, and as their authors read them.
extension CommentForest {
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
}
