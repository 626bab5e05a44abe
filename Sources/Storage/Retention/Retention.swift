public import Participation

/// What is due in one proceeding, or was done: numbers of rows.
public struct RetentionCounts: Sendable, Hashable {
    /// Contributions, comments, votes and reports whose link to a participant is cut.
    public var participantLinks: Int64 = 0
    /// Contributions, conceptions and comments that nobody sees any more and that are erased.
    public var items: Int64 = 0
    /// Earlier texts that are deleted.
    public var earlierTexts: Int64 = 0
    /// Settled reports that are deleted.
    public var reports: Int64 = 0

    /// Makes counts of zero.
    public init() {}

    /// Whether nothing is due.
    public var isEmpty: Bool { self == RetentionCounts() }
}

/// The instants before which things are too old, milliseconds since 1970.
public struct RetentionLimits: Sendable, Hashable {
    /// Whether links to participants are cut.
    public var cutsParticipants: Bool
    /// What was last changed before, and is not shown, is erased.
    public var unpublished: Int64
    /// Texts redacted before are deleted.
    public var redacted: Int64

    /// The limits of a proceeding at an instant.
    public init(of proceeding: Proceeding, now: Int64) {
        let times = proceeding.settings.retention
        let day: Int64 = 86_400_000
        cutsParticipants = proceeding.end.map { $0 + Int64(times.participantDays) * day <= now } ?? false
        unpublished = now - Int64(times.unpublishedDays) * day
        redacted = now - Int64(times.redactedDays) * day
    }
}

extension ScopedReader {
    private static var unseen: SQL {
        SQL.list([Contribution.State.pending, .hidden, .rejected, .withdrawn].map(\.rawValue))
    }

    private func links(_ proceeding: Proceeding) -> [(table: SQL, condition: SQL)] {
        [
            ("contribution", "(author IS NOT NULL OR receipt IS NOT NULL)"),
            ("comment", "(author IS NOT NULL OR receipt IS NOT NULL)"), ("vote", "TRUE"),
            ("report", "participant IS NOT NULL"),
        ]
    }

    /// Items nobody sees that were last changed before an instant, and comments on what was erased before it.
    public func overdueItems(of proceeding: Proceeding, before limit: Int64, count: Int) throws -> [ItemReference] {
        let erased = Contribution.State.erased.rawValue
        let isOverdue: SQL = """
            tenant = \(tenant) AND proceeding = \(proceeding.key) AND changed < \(limit) AND state IN \(Self.unseen)
            """
        let below = [CommentRoot.contribution(0), .conception(0)].map { root -> SQL in
            """
            SELECT m.id, m.contribution, m.conception FROM comment m JOIN \(root.kind.table) r
                ON r.tenant = m.tenant AND r.proceeding = m.proceeding AND r.id = m.\(root.column)
            WHERE m.tenant = \(tenant) AND m.proceeding = \(proceeding.key) AND m.state <> \(erased)
                AND r.state = \(erased) AND r.changed < \(limit)
            """
        }
        return try connection.rows(
            """
            SELECT NULL, id, NULL FROM contribution WHERE \(isOverdue)
            UNION
            SELECT NULL, NULL, id FROM conception WHERE \(isOverdue)
            UNION
            SELECT id, contribution, conception FROM comment WHERE \(isOverdue)
            UNION
            \(SQL.joined(below, separator: "\nUNION\n"))
            LIMIT \(count)
            """, reference)
    }

    /// What is due in a proceeding.
    public func retentionCounts(of proceeding: Proceeding, _ limits: RetentionLimits) throws -> RetentionCounts {
        func count(_ statement: SQL) throws -> Int64 { try connection.first(statement) { $0.integer(0) } ?? 0 }
        let place: SQL = "tenant = \(tenant) AND proceeding = \(proceeding.key)"
        var counts = RetentionCounts()
        if limits.cutsParticipants {
            for (table, condition) in links(proceeding) {
                counts.participantLinks += try count("SELECT count(*) FROM \(table) WHERE \(place) AND \(condition)")
            }
        }
        counts.items = Int64(try overdueItems(of: proceeding, before: limits.unpublished, count: .max).count)
        counts.earlierTexts = try count(
            "SELECT count(*) FROM earlier_text WHERE \(place) AND \(oldText(limits))")
        counts.reports = try count(
            "SELECT count(*) FROM report WHERE \(place) AND settled < \(limits.unpublished)")
        return counts
    }

    func oldText(_ limits: RetentionLimits) -> SQL {
        "(replaced < \(limits.unpublished) OR (cause = 'redacted' AND replaced < \(limits.redacted)))"
    }
}

extension ScopedWriter {
    /// Cuts the links to participants and deletes old texts and reports where that is due.
    ///
    /// - Throws: ``StorageError``.
    public func applyRetention(to proceeding: Proceeding, _ limits: RetentionLimits) throws {
        let place: SQL = "tenant = \(tenant) AND proceeding = \(proceeding.key)"
        if limits.cutsParticipants {
            for table: SQL in ["contribution", "comment"] {
                try connection.execute(
                    """
                    UPDATE \(table) SET author = NULL, receipt = NULL
                    WHERE \(place) AND (author IS NOT NULL OR receipt IS NOT NULL)
                    """)
            }
            try connection.execute("DELETE FROM vote WHERE \(place)")
            try connection.execute(
                "UPDATE report SET participant = NULL WHERE \(place) AND participant IS NOT NULL")
        }
        try connection.execute("DELETE FROM earlier_text WHERE \(place) AND \(reader.oldText(limits))")
        try connection.execute("DELETE FROM report WHERE \(place) AND settled < \(limits.unpublished)")
    }

    /// Forgets which requests made what, where that is older than a day.
    public func forgetRequests(now: Int64) throws {
        try connection.execute("DELETE FROM idempotency WHERE tenant = \(tenant) AND created < \(now - 86_400_000)")
    }
}
