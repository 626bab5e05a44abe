import Participation

/// Where a kind of thing stands: votes, reports, moderation and erasure have the same routes below each of them.
struct ItemAddress: Sendable {
    /// The path with its parameters in braces.
    let path: String
    /// What operations on it are named after.
    let operation: String
    /// What it is, for people.
    let words: String
    /// The thing that a request names.
    let item: @Sendable (Call) throws -> ItemReference

    /// What comments may stand on.
    static let roots = [
        root("contribution", operation: "Contribution") { .contribution($0) },
        root("conception", operation: "Conception") { .conception($0) },
    ]
    /// Comments, on contributions and on conceptions.
    static let comments = [
        comment(on: roots[0], operation: "Comment", words: "comment"),
        comment(on: roots[1], operation: "ConceptionComment", words: "comment on a conception"),
    ]
    /// What citizens write.
    static let written = [roots[0]] + comments
    /// Everything that is voted on, reported and moderated.
    static let all = roots + comments

    private static func root(
        _ name: String, operation: String, _ root: @escaping @Sendable (Int64) -> CommentRoot
    ) -> ItemAddress {
        ItemAddress(
            path: "/api/v1/proceedings/{proceeding}/\(name)s/{\(name)}", operation: operation, words: name
        ) { call in
            ItemReference(root(try call.number(name, of: name)))
        }
    }

    private static func comment(on root: ItemAddress, operation: String, words: String) -> ItemAddress {
        ItemAddress(path: root.path + "/comments/{comment}", operation: operation, words: words) { call in
            .comment(try call.number("comment", of: "comment"), on: try root.item(call).root)
        }
    }
}
