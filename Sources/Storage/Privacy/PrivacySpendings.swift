public import Participation

/// A question that was answered with noise, and what that spent of the privacy budget.
public struct PrivacySpending: Sendable, Hashable {
    /// Number.
    public var id: Int64 = 0
    /// When it was answered first, milliseconds since 1970.
    public var time: Int64
    /// The calendar year whose budget it was spent of.
    public var year: Int
    /// What the one who asked is, never who.
    public var role: String
    /// Epsilon in thousandths.
    public var epsilon: Int
    /// Digest of the question with its filter.
    public var question: [UInt8]
    /// Version of the data that it was asked of.
    public var version: Int64

    /// Makes one that is not stored yet.
    public init(time: Int64, year: Int, role: String, epsilon: Int, question: [UInt8], version: Int64) {
        (self.time, self.year, self.role) = (time, year, role)
        (self.epsilon, self.question, self.version) = (epsilon, question, version)
    }
}

/// A budget that does not bear a spending.
public struct ExceededPrivacyBudget: Sendable, Hashable {
    /// Whether it is the part of the budget that the public may spend.
    public var isOfPublic: Bool
    /// Thousandths of epsilon that may be spent in the year.
    public var budget: Int
    /// Thousandths that were spent before.
    public var spent: Int
}

extension ScopedReader {
    /// Thousandths of epsilon that were spent in a year.
    ///
    /// - Parameter byPublic: whether only what was spent by those without a role counts.
    public func privacySpent(of proceeding: Proceeding, in year: Int, byPublic: Bool = false) throws -> Int {
        let roles: SQL = byPublic ? "AND role IN \(SQL.list(Viewer.publicRoleNames))" : ""
        return try connection.first(
            """
            SELECT CAST(coalesce(sum(epsilon), 0) AS BIGINT) FROM privacy_spending
            WHERE tenant = \(tenant) AND proceeding = \(proceeding.key) AND year = \(Int64(year)) \(roles)
            """
        ) { Int($0.integer(0)) } ?? 0
    }

    /// Whether a question was answered on a version of the data before.
    public func isPrivacySpent(on question: [UInt8], version: Int64, of proceeding: Proceeding) throws -> Bool {
        try connection.first(
            """
            SELECT 1 FROM privacy_spending WHERE tenant = \(tenant) AND proceeding = \(proceeding.key)
                AND question = \(question) AND version = \(version)
            """
        ) { _ in true } ?? false
    }

    /// What was spent, newest first, one page.
    public func privacySpendings(
        of proceeding: Proceeding, limit: Int, after cursor: Cursor?
    ) throws -> Page<PrivacySpending> {
        var items = try connection.rows(
            """
            SELECT id, time, year, role, epsilon, question, version FROM privacy_spending
            WHERE tenant = \(tenant) AND proceeding = \(proceeding.key) AND id < \(cursor?.minor ?? .max)
            ORDER BY id DESC LIMIT \(Int64(limit) + 1)
            """
        ) { row in
            var spending = PrivacySpending(
                time: row.integer(1), year: Int(row.integer(2)), role: row.text(3), epsilon: Int(row.integer(4)),
                question: row.blob(5), version: row.integer(6))
            spending.id = row.integer(0)
            return spending
        }
        guard items.count > limit else { return Page(items: items, next: nil) }
        items.removeLast(items.count - limit)
        return Page(items: items, next: items.last.map { Cursor(major: 0, minor: $0.id) })
    }
}

extension ScopedWriter {
    /// Notes that a question is answered, where the year's budget bears it; the same question on the same data is free.
    ///
    /// - Parameter budget: thousandths of epsilon that may be spent in the year, of which the public may spend half.
    /// - Returns: what does not bear it, and else `nil`.
    public func spend(
        _ spending: PrivacySpending, of budget: Int, for proceeding: Proceeding
    ) throws -> ExceededPrivacyBudget? {
        guard try !reader.isPrivacySpent(on: spending.question, version: spending.version, of: proceeding) else {
            return nil
        }
        let isOfPublic = Viewer.publicRoleNames.contains(spending.role)
        let limits = try (isOfPublic ? [true, false] : [false]).map { byPublic in
            let spent = try reader.privacySpent(of: proceeding, in: spending.year, byPublic: byPublic)
            return ExceededPrivacyBudget(isOfPublic: byPublic, budget: byPublic ? budget / 2 : budget, spent: spent)
        }
        // That which has least left tells what can be done.
        if let least = limits.min(by: { $0.budget - $0.spent < $1.budget - $1.spent }),
            least.spent + spending.epsilon > least.budget
        {
            return least
        }
        try connection.execute(
            """
            INSERT INTO privacy_spending (tenant, proceeding, id, time, year, role, epsilon, question, version)
            VALUES (\(tenant), \(proceeding.key), \(try take(from: "item")), \(spending.time), \(Int64(spending.year)),
                \(spending.role), \(Int64(spending.epsilon)), \(spending.question), \(spending.version))
            """)
        return nil
    }
}
