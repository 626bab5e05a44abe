import GeoCore
public import Participation
import TextSearch

extension ScopedReader {
    /// The columns of a contribution; its true geometry, or the one that everybody sees.
    private static func contributionColumns(exact: Bool) -> String {
        """
        c.id, c.title, c.text, c.category, c.type, \(exact ? "coalesce(c.exact, c.wkb)" : "c.wkb"), c.quality, c.state, c.created, c.changed, c.votes_up,
        c.votes_down, c.comments, c.source, c.external_id
        """
    }

    /// All columns of one contribution; an export reads less, so that it never holds an author.
    private static func wholeContribution(exact: Bool) -> String {
        """
        \(contributionColumns(exact: exact)), c.author, c.channel, c.language, c.version, c.edited, c.base_up, c.base_down,
        c.redacted, c.status, \(labelColumns)
        """
    }

    /// All columns of one contribution with its true geometry: for its author, and for what writes it anew.
    static var trueContribution: String { wholeContribution(exact: true) }

    /// All columns of one contribution as the viewer may see it: the true geometry is for those who moderate.
    func shownContribution(in proceeding: Proceeding) -> String {
        Self.wholeContribution(exact: scope.viewer.may(.readUnpublished, in: proceeding.key))
    }

    /// Where the next column after these stands.
    static var contributionColumnCount: Int { 27 }

    func contribution(_ row: any SQLRow) throws -> Contribution {
        var result = Contribution(
            id: row.integer(0), title: row.text(1), text: row.text(2), category: row.optionalText(3),
            type: row.optionalText(4), geometry: row.isNull(5) ? nil : try WKB.decode(row.blob(5)),
            quality: Contribution.LocationQuality(rawValue: row.integer(6)) ?? .suspect,
            state: Contribution.State(rawValue: row.integer(7)) ?? .hidden, created: row.integer(8),
            changed: row.integer(9), votesUp: row.integer(10), votesDown: row.integer(11),
            commentCount: row.integer(12), source: row.optionalText(13), externalID: row.optionalText(14),
            author: row.optionalText(15), channel: ContributionChannel(rawValue: row.text(16)) ?? .import,
            language: row.optionalText(17),
            version: row.integer(18), edited: row.optionalInteger(19))
        result.importedVotesUp = row.integer(20)
        result.importedVotesDown = row.integer(21)
        result.isRedacted = row.integer(22) != 0
        result.status = OfficialStatus(rawValue: row.integer(23)) ?? .received
        result.tags = StoredTags.list(row.optionalText(24))
        result.suggestedKeywords = StoredKeywords.list(row.optionalText(25))
        result.pickedKeywords = StoredKeywords.list(row.optionalText(26))
        return result
    }

    /// The conditions of a filter on the table `c`.
    func conditions(
        _ filter: ContributionFilter, _ proceeding: Proceeding
    ) -> SQL {
        var parts: [SQL] = [
            "c.tenant = \(tenant)", "c.proceeding = \(proceeding.key)", isVisible("c", in: proceeding),
        ]
        if let from = filter.from { parts.append("c.created >= \(from)") }
        if let until = filter.until { parts.append("c.created <= \(until)") }
        if !filter.categories.isEmpty { parts.append("c.category IN \(SQL.list(filter.categories))") }
        if !filter.keywords.isEmpty {
            parts.append(KeywordCondition(oneOf: filter.keywords).condition(connection.dialect))
        }
        if !filter.statuses.isEmpty { parts.append("c.status IN \(SQL.list(filter.statuses.map(\.rawValue)))") }
        if !filter.states.isEmpty { parts.append("c.state IN \(SQL.list(filter.states.map(\.rawValue)))") }
        if !filter.tags.isEmpty { parts.append(StoredTags.condition(oneOf: filter.tags, connection.dialect)) }
        if let located = filter.located { parts.append(located ? "c.x IS NOT NULL" : "c.x IS NULL") }
        if !filter.types.isEmpty { parts.append("c.type IN \(SQL.list(filter.types))") }
        if !filter.geometryKinds.isEmpty {
            let tests = filter.geometryKinds.flatMap(WKB.codes(of:)).map { "substr(c.wkb, 2, 2) = \($0)" as SQL }
            parts.append("(\(SQL.joined(tests, separator: " OR ")))")
        }
        if let insideArea = filter.insideArea {
            let inside = Contribution.LocationQuality.inside.rawValue
            parts.append("c.x IS NOT NULL")
            parts.append(insideArea ? "c.quality = \(inside)" : "c.quality <> \(inside)")
        }
        if let votes = filter.minimumVotes { parts.append("c.votes_up + c.votes_down >= \(votes)") }
        if let selection = filter.selection {
            parts.append("c.id IN (\(connection.dialect.numbers(selection)))")
        } else if !filter.places.isEmpty {
            parts.append("FALSE")
        }
        if let expression = filter.expression { parts.append(expression.condition(connection.dialect)) }
        if let words = filter.words {
            var stemmer = GermanStemmer()
            let stems = stemmer.words(of: words, maximum: 10)
            parts.append(stems.isEmpty ? "FALSE" : "c.id IN (\(connection.dialect.textMatches(stems)))")
        }
        if !filter.boxes.isEmpty {
            let boxes = filter.boxes.map { box -> SQL in
                """
                (c.minx <= \(box.maxX) AND c.maxx >= \(box.minX) AND c.miny <= \(box.maxY) AND c.maxy >= \(box.minY))
                """
            }
            parts.append("(\(SQL.joined(boxes, separator: " OR ")))")
        }
        return SQL.joined(parts, separator: " AND ")
    }

    /// One page of contributions in an order, newest first unless said; at most `limit`.
    ///
    /// A small box is answered from the spatial index, a large one by walking the list and looking at each box: both
    /// give the same rows in the same order.
    ///
    /// - Complexity: what the page holds and, for a box, some thousand index rows. Linear in the contributions, from one
    ///   index, for orders by votes or comments with a filter, and for those by controversy and distance.
    public func contributions(
        of proceeding: Proceeding, filter: ContributionFilter, order: ContributionOrder = .newestFirst, limit: Int,
        after cursor: Cursor?
    ) throws -> Page<Contribution> {
        let direction: SQL = order.isDescending ? "DESC" : "ASC"
        var items = try connection.rows(
            """
            SELECT \(raw: shownContribution(in: proceeding)), k.major FROM (
                \(try page(of: proceeding, filter, order, limit: limit + 1, after: cursor))) AS k
            CROSS JOIN contribution c
                ON c.tenant = \(tenant) AND c.proceeding = \(proceeding.key) AND c.id = k.id
            ORDER BY k.major \(direction), k.id \(direction)
            """
        ) { row in (item: try contribution(row), major: row.integer(Self.contributionColumnCount)) }
        let hasMore = items.count > limit
        if hasMore { items.removeLast(items.count - limit) }
        let next = hasMore ? items.last.map { Cursor(major: $0.major, minor: $0.item.id) } : nil
        return Page(items: try withAttachments(items.map(\.item), in: proceeding.key), next: next)
    }

    /// The statement for the numbers of a page and what they are sorted by.
    func page(
        of proceeding: Proceeding, _ filter: ContributionFilter, _ order: ContributionOrder, limit: Int,
        after cursor: Cursor?
    ) throws -> SQL {
        let direction: SQL = order.isDescending ? "DESC" : "ASC"
        let source: SQL =
            try hasFewCandidates(filter, proceeding)
            ? """
            (\(candidates(filter, proceeding))) AS p CROSS JOIN contribution c
                ON c.tenant = \(tenant) AND c.proceeding = \(proceeding.key) AND c.id = p.id
            """ : "contribution c"
        var conditions = conditions(filter, proceeding)
        if case .distance = order.key { conditions = "\(conditions) AND c.x IS NOT NULL" }
        return """
            SELECT \(order.value(walks: filter.isEmpty)) AS major, c.id FROM \(source)
            WHERE \(conditions) AND \(order.follows(cursor, walks: filter.isEmpty))
            ORDER BY major \(direction), c.id \(direction) LIMIT \(limit)
            """
    }

    /// Number and WKB of the contributions that a filter lets through, one page in order of number; private places as
    /// everybody sees them, so that asking about places tells no more than the map.
    public func shapes(
        of proceeding: Proceeding, filter: ContributionFilter, after id: Int64, limit: Int
    ) throws -> [(id: Int64, wkb: [UInt8])] {
        try connection.rows(
            """
            SELECT c.id, c.wkb FROM contribution c
            WHERE \(conditions(filter, proceeding)) AND c.wkb IS NOT NULL AND c.id > \(id)
            ORDER BY c.id LIMIT \(limit)
            """
        ) { ($0.integer(0), $0.blob(1)) }
    }

    /// How many candidates of a box are worth being looked up one by one.
    private static var candidateLimit: Int { 500 }

    private func hasFewCandidates(_ filter: ContributionFilter, _ proceeding: Proceeding) throws -> Bool {
        guard !filter.boxes.isEmpty else { return false }
        let count = try connection.first(
            "SELECT count(*) FROM (\(candidates(filter, proceeding)) LIMIT \(Self.candidateLimit + 1)) AS p"
        ) { $0.integer(0) }
        return (count ?? 0) <= Self.candidateLimit
    }

    /// Ids of the contributions whose box meets one of the filter's.
    private func candidates(_ filter: ContributionFilter, _ proceeding: Proceeding) -> SQL {
        SQL.joined(
            filter.boxes.map {
                connection.dialect.candidates(index: .contributions, key: proceeding.key, box: $0)
            }, separator: " UNION ")
    }

    /// One contribution the viewer may see.
    public func contribution(_ id: Int64, of proceeding: Proceeding) throws -> Contribution? {
        let found = try connection.rows(
            """
            SELECT \(raw: shownContribution(in: proceeding)) FROM contribution c
            WHERE c.tenant = \(tenant) AND c.proceeding = \(proceeding.key) AND c.id = \(id) AND \(isVisible("c", in: proceeding))
            """, contribution)
        return try withAttachments(found, in: proceeding.key).first
    }

    /// One contribution whatever its state: for those who made it and for its removal, never for an answer to others.
    public func contributionInAnyState(_ id: Int64, of proceeding: Proceeding) throws -> Contribution? {
        try connection.first(
            """
            SELECT \(raw: Self.trueContribution) FROM contribution c
            WHERE c.tenant = \(tenant) AND c.proceeding = \(proceeding.key) AND c.id = \(id)
            """, contribution)
    }

    /// The contributions that came from a source under these names, whatever their state: for repeated imports.
    func contributions(source: String, externalIDs: [String], of proceeding: Proceeding) throws -> [Contribution] {
        var result: [Contribution] = []
        for start in stride(from: 0, to: externalIDs.count, by: 256) {
            let some = externalIDs[start..<min(start + 256, externalIDs.count)]
            result += try connection.rows(
                """
                SELECT \(raw: Self.trueContribution) FROM contribution c
                WHERE c.tenant = \(tenant) AND c.proceeding = \(proceeding.key) AND c.source = \(source)
                    AND c.external_id IN \(SQL.list(Array(some)))
                """, contribution)
        }
        return result
    }

    /// Hands the rows of an export to `body` in order of id, at most `limit`, beginning after `id`; returns the last
    /// id, or `nil` when there were none.
    ///
    /// Columns: 0 id, 1 title, 2 text, 3 category, 4 type, 5 WKB, 6 quality, 7 state, 8 created, 9 changed, 10 votes
    /// for, 11 votes against, 12 comments, 13 source, 14 external id, 15 official status, 16 whether redacted, 17 to 19
    /// labels as ``ExportedLabels`` reads them.
    public func exportPage(
        of proceeding: Proceeding, filter: ContributionFilter, after id: Int64, limit: Int,
        _ body: (any SQLRow) throws -> Void
    ) throws -> Int64? {
        let filter = filter.page(after: id, limit: limit)
        var last = filter.selection?.last
        try connection.query(
            """
            SELECT \(raw: Self.contributionColumns(exact: scope.viewer.may(.readUnpublished, in: proceeding.key))),
                c.status, c.redacted, \(raw: Self.labelColumns), c.channel FROM contribution c
            WHERE \(conditions(filter, proceeding)) AND c.id > \(id) ORDER BY c.id LIMIT \(limit)
            """
        ) { row in
            try body(row)
            last = row.integer(0)
            return true
        }
        return last
    }

    /// The lines and areas among the contributions a filter lets through, as WKB with their numbers, in order of time and
    /// id; at most `limit`.
    ///
    /// - Complexity: linear; reads one index, and the rows of lines and areas.
    public func extendedGeometries(
        of proceeding: Proceeding, filter: ContributionFilter, limit: Int
    ) throws -> [(id: Int64, wkb: [UInt8])] {
        try connection.rows(
            """
            SELECT g.id, g.wkb FROM (
                SELECT c.id, c.created FROM contribution c
                WHERE \(conditions(filter, proceeding)) AND (c.minx < c.maxx OR c.miny < c.maxy)
                ORDER BY c.created, c.id LIMIT \(limit)) AS k
            CROSS JOIN contribution g
                ON g.tenant = \(tenant) AND g.proceeding = \(proceeding.key) AND g.id = k.id
            ORDER BY k.created, k.id
            """
        ) { (id: $0.integer(0), wkb: $0.blob(1)) }
    }
}
