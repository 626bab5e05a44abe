public import GeoCore
public import Participation

/// An item with the digest of the receipt its author got.
public struct Authored<Item: Sendable>: Sendable {
    /// The item, in whatever state but erased.
    public var item: Item
    /// SHA-256 of the receipt; empty where none was given.
    public var receipt: [UInt8]
}

/// A contribution with the proceeding it stands in.
public struct OwnContribution: Sendable {
    /// The contribution.
    public var contribution: Contribution
    /// The proceeding.
    public var proceeding: Proceeding
}

/// A contribution that says the same as a new one.
public struct SameText: Sendable, Hashable {
    /// Its number.
    public var id: Int64
    /// Where it stands in longitude/latitude.
    public var point: Position?
    /// When it was made, milliseconds since 1970.
    public var created: Int64
}

extension ScopedReader {
    /// One contribution whatever its state, but for erased ones: for those who prove to be its author, nobody else.
    public func authored(contribution id: Int64, of proceeding: Proceeding) throws -> Authored<Contribution>? {
        let found = try connection.first(
            """
            SELECT \(raw: Self.trueContribution), c.receipt FROM contribution c
            WHERE c.tenant = \(tenant) AND c.proceeding = \(proceeding.key) AND c.id = \(id)
                AND c.state <> \(Contribution.State.erased.rawValue)
            """
        ) { Authored(item: try contribution($0), receipt: $0.blob(Self.contributionColumnCount)) }
        guard var found else { return nil }
        found.item.attachments = try attachments(of: .contribution, [id], in: proceeding.key)[id] ?? []
        if found.item.state.hasReason {
            found.item.stateReason = try stateReasons(of: [id], in: proceeding.key)[id]
        }
        return found
    }

    /// Contributions of the participant who asks, in all proceedings the viewer may see, newest first, one page.
    public func ownContributions(limit: Int, after cursor: Cursor?) throws -> Page<OwnContribution> {
        guard let participant = scope.viewer.participant else { return Page(items: [], next: nil) }
        let after: SQL = cursor.map { "(c.created, c.id) < (\($0.major), \($0.minor))" } ?? "TRUE"
        let rows = try connection.rows(
            """
            SELECT \(raw: Self.trueContribution), c.receipt, c.proceeding FROM contribution c
            WHERE c.tenant = \(tenant) AND c.author = \(participant) AND \(after)
                AND c.state <> \(Contribution.State.erased.rawValue)
            ORDER BY c.created DESC, c.id DESC LIMIT \(limit + 1)
            """
        ) { (contribution: try contribution($0), key: $0.integer(Self.contributionColumnCount + 1)) }
        let proceedings = try self.proceedings(keys: Set(rows.map(\.key)))
        var attachments: [Int64: [Attachment]] = [:]
        var reasons: [Int64: ModerationReason] = [:]
        for (key, own) in Dictionary(grouping: rows, by: \.key) {
            attachments.merge(try self.attachments(of: .contribution, own.map(\.contribution.id), in: key)) { $1 }
            let refused = own.map(\.contribution).filter(\.state.hasReason).map(\.id)
            if !refused.isEmpty { reasons.merge(try stateReasons(of: refused, in: key)) { $1 } }
        }
        let items = rows.prefix(limit).compactMap { row in
            proceedings[row.key].map { proceeding in
                var contribution = row.contribution
                contribution.attachments = attachments[contribution.id] ?? []
                contribution.stateReason = reasons[contribution.id]
                return OwnContribution(contribution: contribution, proceeding: proceeding)
            }
        }
        let last = rows.count > limit ? rows[limit - 1].contribution : nil
        return Page(items: items, next: last.map { Cursor(major: $0.created, minor: $0.id) })
    }

    /// The first published or pending contribution of a participant at exactly these coordinates, but for one; `nil`
    /// where there is none or the participant is not known.
    public func contribution(
        by author: String?, at point: Position, in proceeding: Proceeding, except id: Int64
    ) throws -> Int64? {
        guard let author else { return nil }
        let states = [Contribution.State.pending, .published].map(\.rawValue)
        return try connection.first(
            """
            SELECT min(id) FROM contribution
            WHERE tenant = \(tenant) AND author = \(author) AND proceeding = \(proceeding.key) AND id <> \(id)
                AND coalesce(exact_x, x) = \(point.x) AND coalesce(exact_y, y) = \(point.y)
                AND state IN \(SQL.list(states))
            """
        ) { $0.optionalInteger(0) } ?? nil
    }

    /// Contributions of a participant with a fingerprint, published or pending, the newest first; at most 100.
    public func sameTexts(
        fingerprint: Int64, of author: String, in proceeding: Proceeding
    ) throws -> [SameText] {
        let states = [Contribution.State.pending, .published].map(\.rawValue)
        return try connection.rows(
            """
            SELECT id, x, y, created FROM contribution
            WHERE tenant = \(tenant) AND proceeding = \(proceeding.key) AND fingerprint = \(fingerprint)
                AND author = \(author) AND state IN \(SQL.list(states))
            ORDER BY id DESC LIMIT 100
            """
        ) { row in
            let point = row.optionalReal(1).flatMap { x in row.optionalReal(2).map { Position(x, $0) } }
            return SameText(id: row.integer(0), point: point, created: row.integer(3))
        }
    }
}

extension ScopedWriter {
    /// Keeps what proves authorship of a contribution, and what tells equal texts.
    public func keepMarks(of contribution: Int64, in proceeding: Proceeding, receipt: [UInt8], fingerprint: Int64)
        throws
    {
        try connection.execute(
            """
            UPDATE contribution SET receipt = \(receipt), fingerprint = \(fingerprint)
            WHERE tenant = \(tenant) AND proceeding = \(proceeding.key) AND id = \(contribution)
            """)
    }

    /// Writes a contribution anew where it stands, with its indexes; the version rises by one, and the old
    /// words are kept as history.
    ///
    /// - Parameter cause: `edited` or `redacted`; the latter marks it as redacted.
    /// - Returns: the contribution as stored.
    /// - Throws: ``StorageError``.
    public func replace(
        _ old: Contribution, with placed: PlacedContribution, fingerprint: Int64, cause: String = "edited",
        in proceeding: Proceeding
    ) throws -> Contribution {
        let isRedaction = cause == "redacted"
        var placed = placed
        placed.contribution.id = old.id
        placed.contribution.version = old.version + 1
        if isRedaction { placed.contribution.isRedacted = true }
        if (old.title, old.text) != (placed.contribution.title, placed.contribution.text) {
            try keepText(
                of: old.id, version: old.version, title: old.title, text: old.text, cause: cause, in: proceeding,
                now: placed.contribution.changed)
        }
        try removeFromIndexes(old)
        var insert = try ContributionInsert(connection)
        try insert.run(placed, id: old.id, tenant: tenant, proceeding: proceeding.key)
        try connection.execute(
            """
            UPDATE contribution SET fingerprint = \(fingerprint),
                redacted = CASE WHEN \(isRedaction) THEN 1 ELSE redacted END
            WHERE tenant = \(tenant) AND proceeding = \(proceeding.key) AND id = \(old.id)
            """)
        if isRedaction { try forgetToldTexts(ofContribution: old.id, in: proceeding) }
        return placed.contribution
    }
}
