public import Participation

/// The conceptions of one proceeding or several in sums.
public struct ConceptionSums: Sendable, Hashable {
    /// How many there are.
    public var count: Int64 = 0
    /// Published comments on them.
    public var comments: Int64 = 0
    /// Votes for.
    public var votesUp: Int64 = 0
    /// Votes against.
    public var votesDown: Int64 = 0

    /// Makes sums of nothing.
    public init() {}

    /// Adds other sums.
    public static func += (sums: inout ConceptionSums, other: ConceptionSums) {
        sums.count += other.count
        sums.comments += other.comments
        sums.votesUp += other.votesUp
        sums.votesDown += other.votesDown
    }
}

extension ScopedReader {
    /// Sums by the keys of proceedings over the conceptions the viewer may count; those without are left out.
    public func conceptionSums(of proceedings: [Proceeding]) throws -> [Int64: ConceptionSums] {
        let rows = try connection.rows(
            """
            SELECT d.proceeding, count(*), sum(d.comments), sum(d.votes_up), sum(d.votes_down) FROM conception d
            WHERE d.tenant = \(tenant) AND \(isCounted(across: proceedings, "d")) GROUP BY d.proceeding
            """
        ) { row in
            var sums = ConceptionSums()
            (sums.count, sums.comments) = (row.integer(1), row.integer(2))
            (sums.votesUp, sums.votesDown) = (row.integer(3), row.integer(4))
            return (row.integer(0), sums)
        }
        return Dictionary(rows, uniquingKeysWith: { first, _ in first })
    }
}
