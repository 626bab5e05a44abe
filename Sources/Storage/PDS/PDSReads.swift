public import Participation

/// A contribution with what PDS tells of it.
public struct PDSContribution: Sendable {
    /// Number in the store.
    public var id: Int64
    /// Whether it came from another system, where its time stands public to the second.
    public var isExternal: Bool
    /// Short title.
    public var title: String
    /// The text.
    public var text: String
    /// Slug of the category.
    public var category: String?
    /// Id of the type, or its name where the proceeding has no such type.
    public var type: String?
    /// The geometry.
    public var wkb: [UInt8]?
    /// Milliseconds since 1970.
    public var created: Int64
    /// Votes for.
    public var votesUp: Int64
    /// Votes against.
    public var votesDown: Int64
    /// What its source told; `nil` for contributions made here.
    public var details: PDSContributionDetails?

    /// Its number for readers of PDS.
    public var number: Int64 { details?.number ?? id }
}

/// A comment with its name in the system it comes from.
public struct PDSComment: Sendable {
    /// Number in the store.
    public var id: Int64
    /// The contribution or conception it stands on, by number in the store.
    public var root: Int64
    /// The comment it answers, by number in the store.
    public var parent: Int64?
    /// Its id there; `nil` for comments made here.
    public var name: String?
    /// Subject line.
    public var subject: String?
    /// The text.
    public var text: String
    /// Milliseconds since 1970.
    public var created: Int64
}

extension ScopedReader {
    /// What PDS tells of a project; `nil` for proceedings made here.
    public func pdsDetails(of proceeding: Proceeding) throws -> PDSProjectDetails? {
        try connection.first(
            """
            SELECT id, publisher, state, dipas, clusters FROM pds_project
            WHERE tenant = \(tenant) AND proceeding = \(proceeding.key)
            """
        ) { row in
            PDSProjectDetails(
                id: row.text(0), publisher: row.text(1), state: row.optionalText(2),
                isDIPAS: row.optionalInteger(3).map { $0 != 0 },
                clusters: row.optionalText(4).map {
                    $0.isEmpty ? [] : $0.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
                })
        }
    }

    /// The proceeding that PDS knows under an id: that of its source, or its slug.
    public func proceeding(pdsID: String) throws -> Proceeding? {
        let slug = try connection.first(
            """
            SELECT q.id FROM pds_project p JOIN proceeding q ON q.tenant = p.tenant AND q.proceeding = p.proceeding
            WHERE p.tenant = \(tenant) AND p.id = \(pdsID)
            """
        ) { $0.text(0) }
        return try proceeding(id: slug ?? pdsID)
    }

    /// What the source of a project said last of the fields that proceedings have; `nil` where nothing is known.
    public func pdsMarks(of proceeding: Proceeding) throws -> SourceMarks? {
        try connection.first(
            """
            SELECT told FROM pds_project
            WHERE tenant = \(tenant) AND proceeding = \(proceeding.key) AND told IS NOT NULL
            """
        ) { SourceMarks($0.blob(0)) } ?? nil
    }

    /// The terms of a proceeding by list, weight and id.
    public func terms(of proceeding: Proceeding) throws -> [ProceedingTerm] {
        try connection.rows(
            """
            SELECT kind, id, name, description, weight, color, category FROM proceeding_term
            WHERE tenant = \(tenant) AND proceeding = \(proceeding.key) ORDER BY kind, weight, id
            """
        ) { row in
            ProceedingTerm(
                kind: ProceedingTerm.Kind(rawValue: row.text(0)) ?? .topic, id: row.text(1), name: row.text(2),
                description: row.optionalText(3), weight: row.integer(4), color: row.optionalText(5),
                slug: row.optionalText(6))
        }
    }

    /// The numbers under which PDS knows the visible contributions, in the order of the store.
    public func pdsNumbers(of proceeding: Proceeding) throws -> [Int64] {
        try connection.rows(
            """
            SELECT coalesce(p.number, c.id) FROM contribution c LEFT JOIN pds_contribution p
                ON p.tenant = c.tenant AND p.proceeding = c.proceeding AND p.id = c.id
            WHERE c.tenant = \(tenant) AND c.proceeding = \(proceeding.key) AND \(isVisible("c", in: proceeding))
            ORDER BY c.id
            """
        ) { $0.integer(0) }
    }

    /// The number in the store of the contribution that PDS knows under a number; `nil` when there is none.
    public func contribution(pdsNumber number: Int64, of proceeding: Proceeding) throws -> Int64? {
        try connection.first(
            """
            SELECT c.id FROM contribution c LEFT JOIN pds_contribution p
                ON p.tenant = c.tenant AND p.proceeding = c.proceeding AND p.id = c.id
            WHERE c.tenant = \(tenant) AND c.proceeding = \(proceeding.key) AND \(isVisible("c", in: proceeding))
                AND (c.id = \(number) AND p.number IS NULL OR c.id IN (
                    SELECT id FROM pds_contribution
                    WHERE tenant = \(tenant) AND proceeding = \(proceeding.key) AND number = \(number)))
            """
        ) { $0.integer(0) }
    }

    /// The number in the store of what came from a source under an id, whatever its state: for repeated imports.
    public func contribution(source: String, externalID: String, of proceeding: Proceeding) throws -> Int64? {
        try connection.first(
            """
            SELECT id FROM contribution WHERE tenant = \(tenant) AND proceeding = \(proceeding.key)
                AND source = \(source) AND external_id = \(externalID)
            """
        ) { $0.integer(0) }
    }

    /// One page of visible contributions in order of number, at most `limit`, beginning after `id`.
    public func pdsContributions(
        of proceeding: Proceeding, filter: ContributionFilter = ContributionFilter(), after id: Int64, limit: Int
    ) throws -> [PDSContribution] {
        try connection.rows(
            """
            SELECT c.id, c.source, c.title, c.text, c.category, c.type, c.wkb, c.created, c.votes_up, c.votes_down,
                p.id, p.number, p.link, p.suggested, p.picked, p.content, p.relevance, p.response, p.mutuality,
                p.sentiment
            FROM contribution c LEFT JOIN pds_contribution p
                ON p.tenant = c.tenant AND p.proceeding = c.proceeding AND p.id = c.id
            WHERE \(conditions(filter, proceeding)) AND c.id > \(id) ORDER BY c.id LIMIT \(limit)
            """
        ) { row in
            PDSContribution(
                id: row.integer(0), isExternal: !row.isNull(1), title: row.text(2), text: row.text(3),
                category: row.optionalText(4), type: row.optionalText(5), wkb: row.isNull(6) ? nil : row.blob(6),
                created: row.integer(7), votesUp: row.integer(8), votesDown: row.integer(9),
                details: row.isNull(10)
                    ? nil
                    : PDSContributionDetails(
                        number: row.optionalInteger(11), link: row.optionalText(12), suggestedKeywords: row.text(13),
                        pickedKeywords: row.text(14), scores: (15...19).map { row.optionalReal($0) }))
        }
    }

    /// The comments on contributions or conceptions of a range of numbers, answers after what they answer; a hidden
    /// comment hides the tree below it.
    public func pdsComments(
        on roots: ClosedRange<Int64>, kind: ItemKind = .contribution, of proceeding: Proceeding
    ) throws -> [PDSComment] {
        let column = (kind == .conception ? CommentRoot.conception(0) : .contribution(0)).column
        var shown: Set<Int64> = []
        var result: [PDSComment] = []
        try connection.query(
            """
            SELECT m.id, m.\(column), m.parent, p.name, m.subject, m.text, m.created
            FROM comment m LEFT JOIN pds_comment p
                ON p.tenant = m.tenant AND p.proceeding = m.proceeding AND p.id = m.id
            WHERE m.tenant = \(tenant) AND m.proceeding = \(proceeding.key)
                AND m.\(column) BETWEEN \(roots.lowerBound) AND \(roots.upperBound)
                AND \(isVisible("m", in: proceeding))
            ORDER BY m.id
            """
        ) { row in
            let comment = PDSComment(
                id: row.integer(0), root: row.integer(1), parent: row.optionalInteger(2),
                name: row.optionalText(3), subject: row.optionalText(4), text: row.text(5), created: row.integer(6))
            // Numbers rise with time of entry, so that a comment always comes after the one it answers.
            guard comment.parent.map(shown.contains) ?? true else { return true }
            shown.insert(comment.id)
            result.append(comment)
            return true
        }
        return result
    }
}
