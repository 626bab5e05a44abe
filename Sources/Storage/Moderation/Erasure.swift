public import Participation

extension ScopedWriter {
    /// Who writes, as events name it.
    public var account: String? { scope.viewer.account }

    /// Removes an item for good.
    ///
    /// Texts, place, images, authorship, earlier texts, votes and reports on it, notes of moderators, what is kept of
    /// the request that made it, and its entries in the indexes go. A row with its number, state and time remains, so that
    /// harvesters learn of it and a repeated import does not bring it back.
    ///
    /// The words are gone from the files of the store after ``SQLEngine/purge()``.
    ///
    /// - Throws: ``StorageError``.
    public func erase(_ item: ItemReference, in proceeding: Proceeding, now: Int64) throws {
        let key = proceeding.key
        switch item.kind {
        case .contribution:
            try blankContribution(item.id, in: proceeding, now: now)
            try removeAttachments(of: item, in: proceeding)
        case .conception:
            try connection.execute(
                """
                UPDATE conception SET title = '', text = '', image = NULL, wkb = NULL, votes_up = 0, votes_down = 0,
                    base_up = 0, base_down = 0, redacted = 0, attachments = 0,
                    state = \(Contribution.State.erased.rawValue),
                    version = version + 1, changed = \(now)
                WHERE tenant = \(tenant) AND proceeding = \(key) AND id = \(item.id)
                """)
            try removeAttachments(of: item, in: proceeding)
        case .comment:
            try connection.execute(
                """
                UPDATE comment SET subject = NULL, text = '', author = NULL, receipt = NULL, edited = NULL,
                    votes_up = 0, votes_down = 0, redacted = 0, state = \(Contribution.State.erased.rawValue),
                    version = version + 1, changed = \(now)
                WHERE tenant = \(tenant) AND proceeding = \(key) AND id = \(item.id)
                """)
            try recountComments(of: item.root, in: proceeding)
        }
        try forgetTexts(of: item.id, in: proceeding)
        try connection.execute(
            """
            DELETE FROM moderation_queue
            WHERE tenant = \(tenant) AND proceeding = \(key) AND item = \(item.id)
            """)
        try connection.execute(
            "DELETE FROM answer WHERE tenant = \(tenant) AND proceeding = \(key) AND contribution = \(item.id)")
        // Keywords and a link that came with it; the names of comments stay, so that they are not imported again.
        try connection.execute(
            "DELETE FROM pds_contribution WHERE tenant = \(tenant) AND proceeding = \(key) AND id = \(item.id)")
        for table in ["vote", "report"] {
            try connection.execute(
                """
                DELETE FROM \(raw: table) WHERE tenant = \(tenant) AND proceeding = \(key)
                    AND kind = \(item.kind.rawValue) AND item = \(item.id)
                """)
        }
        try connection.execute("DELETE FROM idempotency WHERE tenant = \(tenant) AND item = \(item.id)")
        try connection.execute(
            """
            UPDATE moderation_event SET note = NULL
            WHERE tenant = \(tenant) AND proceeding = \(key) AND item = \(item.id)
            """)
    }

    private func blankContribution(_ id: Int64, in proceeding: Proceeding, now: Int64) throws {
        guard let old = try reader.contributionInAnyState(id, of: proceeding) else { return }
        try removeFromIndexes(old)
        // The index of words does without the row until it is entered empty, as every row has its entry.
        try replaceWords(of: id, old: nil, new: ("", ""))
        try connection.execute(
            """
            UPDATE contribution SET title = '', text = '', category = NULL, type = NULL, wkb = NULL, exact = NULL, exact_x = NULL, exact_y = NULL, minx = NULL,
                miny = NULL, maxx = NULL, maxy = NULL, x = NULL, y = NULL,
                quality = \(Contribution.LocationQuality.unlocated.rawValue), author = NULL, language = NULL,
                tags = NULL, receipt = NULL, fingerprint = NULL, edited = NULL, votes_up = 0, votes_down = 0, base_up = 0,
                base_down = 0, redacted = 0, status = 0, attachments = 0, told = NULL,
                state = \(Contribution.State.erased.rawValue), version = version + 1,
                changed = \(now)
            WHERE tenant = \(tenant) AND proceeding = \(proceeding.key) AND id = \(id)
            """)
    }
}
