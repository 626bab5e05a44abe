import Participation

extension ItemKind {
    /// The table that holds such things.
    var table: SQL {
        switch self {
        case .contribution: "contribution"
        case .comment: "comment"
        case .conception: "conception"
        }
    }
}

extension CommentRoot {
    /// The conception where there is one, else the contribution: a row has one of the two.
    init(contribution: Int64, conception: Int64?) {
        self = conception.map { .conception($0) } ?? .contribution(contribution)
    }

    /// The column of a comment that names it.
    var column: SQL {
        switch self {
        case .contribution: "contribution"
        case .conception: "conception"
        }
    }
}

extension ScopedReader {
    /// Whether a row of comments `m` stands on a root.
    func isOn(_ root: CommentRoot, _ proceeding: Proceeding) -> SQL {
        "m.tenant = \(tenant) AND m.proceeding = \(proceeding.key) AND m.\(root.column) = \(root.id)"
    }
}
