import GeoCore
public import Participation

/// A comment of an import; ``parent`` is an index into the same list, before it.
public struct ImportedComment: Sendable, Hashable {
    /// Its id in its source; `nil` where it has none, and then it can not be recognised again.
    public var name: String?
    /// Index of the comment it answers.
    public var parent: Int?
    /// Subject line.
    public var subject: String?
    /// The text.
    public var text: String
    /// Milliseconds since 1970.
    public var created: Int64

    /// Makes a comment.
    public init(name: String?, parent: Int?, subject: String?, text: String, created: Int64) {
        self.name = name
        self.parent = parent
        self.subject = subject
        self.text = text
        self.created = created
    }
}

extension ScopedWriter {
    /// Numbers of other systems up to here are kept free of our own.
    private static var highestForeignNumber: Int64 { 1 << 40 }

    /// Lets what is made from now on have higher numbers than these of another system, so that no two contributions
    /// ever share one.
    public func keepFree(_ numbers: some Sequence<Int64>) throws {
        guard let highest = numbers.filter({ $0 <= Self.highestForeignNumber }).max() else { return }
        try connection.execute("UPDATE counter SET value = \(highest) WHERE name = 'item' AND value < \(highest)")
    }

    /// Keeps what PDS tells of a project, and its terms; answers whether anything is new.
    ///
    /// - Parameter marks: what it says of the fields that proceedings have; `nil` where it tells none of them.
    public func keep(
        _ details: PDSProjectDetails, terms: [ProceedingTerm], marks: SourceMarks? = nil, of proceeding: Proceeding
    ) throws -> Bool {
        let (old, oldTerms) = (try reader.pdsDetails(of: proceeding), try reader.terms(of: proceeding))
        let oldMarks = try reader.pdsMarks(of: proceeding)
        guard old != details || Set(oldTerms) != Set(terms) || oldMarks != marks else { return false }
        let clusters = details.clusters.map { titles in
            titles.map { title in String(title.map { $0.isNewline ? " " : $0 }) }.joined(separator: "\n")
        }
        try connection.execute(
            """
            INSERT INTO pds_project (tenant, proceeding, id, publisher, state, dipas, clusters, told)
            VALUES (\(tenant), \(proceeding.key), \(details.id), \(details.publisher), \(details.state),
                \(details.isDIPAS), \(clusters), \(marks?.bytes))
            ON CONFLICT (tenant, proceeding) DO UPDATE SET id = excluded.id, publisher = excluded.publisher,
                state = excluded.state, dipas = excluded.dipas, clusters = excluded.clusters, told = excluded.told
            """)
        try connection.execute(
            "DELETE FROM proceeding_term WHERE tenant = \(tenant) AND proceeding = \(proceeding.key)")
        for term in terms {
            try connection.execute(
                """
                INSERT INTO proceeding_term (tenant, proceeding, kind, id, name, description, weight, color, category)
                VALUES (\(tenant), \(proceeding.key), \(term.kind.rawValue), \(term.id), \(term.name),
                    \(term.description), \(term.weight), \(term.color), \(term.slug))
                """)
        }
        return true
    }

    /// Brings name, description and place of a category up to date; answers whether anything is new.
    public func update(_ category: Category, of proceeding: Proceeding, now: Int64) throws -> Bool {
        let isNew =
            try connection.execute(
                """
                UPDATE category SET name = \(category.name), description = \(category.description),
                    weight = \(category.weight)
                WHERE tenant = \(tenant) AND proceeding = \(proceeding.key) AND id = \(category.id)
                    AND (name, description, weight)
                        IS DISTINCT FROM (\(category.name), \(category.description), \(category.weight))
                """) > 0
        if isNew { try noteChanges(in: .categories, from: [], to: [category], of: proceeding, now: now) }
        return isNew
    }

    /// Keeps what PDS tells of a contribution; answers whether anything is new.
    ///
    /// The number of its source becomes its own for readers of PDS, unless a contribution made here has it already.
    /// Keywords that were picked come in where the source tells them anew, but not where words were taken out here.
    public func keep(_ details: PDSContributionDetails, of contribution: Int64, in proceeding: Proceeding) throws
        -> Bool
    {
        let merged = try mergedPicks(details, of: contribution, in: proceeding)
        let (picked, suggested, marks, isMarked) = merged
        let scores = (0..<5).map { $0 < details.scores.count ? details.scores[$0] : nil }
        var number = details.number
        if let wanted = number {
            let taken = try connection.first(
                """
                SELECT 1 FROM contribution c LEFT JOIN pds_contribution p
                    ON p.tenant = c.tenant AND p.proceeding = c.proceeding AND p.id = c.id
                WHERE c.tenant = \(tenant) AND c.proceeding = \(proceeding.key) AND c.id <> \(contribution)
                    AND (c.id = \(wanted) AND p.number IS NULL OR c.id IN (
                        SELECT id FROM pds_contribution
                        WHERE tenant = \(tenant) AND proceeding = \(proceeding.key) AND number = \(wanted)))
                """
            ) { _ in true }
            if taken != nil || wanted <= 0 || wanted > Self.highestForeignNumber { number = nil }
        }
        let isNew =
            try connection.execute(
                """
                INSERT INTO pds_contribution (tenant, proceeding, id, number, link, suggested, picked, content, relevance,
                    response, mutuality, sentiment)
                SELECT \(tenant), \(proceeding.key), \(contribution), \(number), \(details.link),
                    \(suggested), \(picked), \(scores[0]), \(scores[1]), \(scores[2]),
                    \(scores[3]), \(scores[4])
                FROM contribution WHERE tenant = \(tenant) AND proceeding = \(proceeding.key) AND id = \(contribution)
                    AND state <> \(Contribution.State.erased.rawValue)
                ON CONFLICT (tenant, proceeding, id) DO UPDATE SET number = excluded.number, link = excluded.link,
                    suggested = excluded.suggested, picked = excluded.picked, content = excluded.content,
                    relevance = excluded.relevance, response = excluded.response, mutuality = excluded.mutuality,
                    sentiment = excluded.sentiment
                WHERE (pds_contribution.number, pds_contribution.link, pds_contribution.suggested,
                    pds_contribution.picked, pds_contribution.content, pds_contribution.relevance,
                    pds_contribution.response, pds_contribution.mutuality, pds_contribution.sentiment)
                    IS DISTINCT FROM (excluded.number, excluded.link, excluded.suggested, excluded.picked,
                        excluded.content, excluded.relevance, excluded.response, excluded.mutuality, excluded.sentiment)
                """) > 0
        if isNew || !isMarked {
            try connection.execute(
                """
                UPDATE pds_contribution SET told = \(marks.bytes)
                WHERE tenant = \(tenant) AND proceeding = \(proceeding.key) AND id = \(contribution)
                """)
        }
        return isNew
    }

    /// The keywords as they are to be, what the source says of picked ones now, and whether that is kept already.
    private func mergedPicks(
        _ details: PDSContributionDetails, of contribution: Int64, in proceeding: Proceeding
    ) throws -> (picked: String, suggested: String, marks: SourceMarks, isMarked: Bool) {
        let (picked, suggested) = (details.pickedKeywords, details.suggestedKeywords)
        var marks = SourceMarks([Array(picked.utf8)])
        let old = try connection.first(
            """
            SELECT p.picked, p.told, c.redacted, p.suggested FROM pds_contribution p JOIN contribution c
                ON c.tenant = p.tenant AND c.proceeding = p.proceeding AND c.id = p.id
            WHERE p.tenant = \(tenant) AND p.proceeding = \(proceeding.key) AND p.id = \(contribution)
            """
        ) { row in
            (
                picked: row.text(0), told: row.isNull(1) ? nil : SourceMarks(row.blob(1)),
                isRedacted: row.integer(2) != 0, suggested: row.text(3)
            )
        }
        guard let old else { return (picked, suggested, marks, false) }
        let isKept = old.isRedacted || marks.isUnchanged(0, since: old.told)
        if old.isRedacted { marks.forget(0) }
        return (
            isKept ? old.picked : picked, old.isRedacted ? old.suggested : suggested, marks, marks == old.told
        )
    }

    /// Adds the comments of an import, or brings those of the same name up to date; those made here stay, and what a
    /// moderator has decided.
    ///
    /// - Parameters:
    ///   - isNew: whether what they stand on has just come in; only then comments without a name are taken.
    ///   - now: time of the import, by which those who ask for changes find them, milliseconds since 1970.
    /// - Returns: how many are new, and how many were changed.
    public func merge(
        _ comments: [ImportedComment], on root: CommentRoot, isNew: Bool, in proceeding: Proceeding, now: Int64
    ) throws -> (new: Int, updated: Int) {
        guard !comments.isEmpty else { return (0, 0) }
        var known: [String: (id: Int64, thread: Int64)] = [:]
        if !isNew {
            try connection.query(
                """
                SELECT p.name, m.id, m.thread FROM comment m JOIN pds_comment p
                    ON p.tenant = m.tenant AND p.proceeding = m.proceeding AND p.id = m.id
                WHERE \(reader.isOn(root, proceeding))
                """
            ) { row in
                known[row.text(0)] = (row.integer(1), row.integer(2))
                return true
            }
        }
        let fresh = comments.count { comment in comment.name.map { known[$0] == nil } ?? isNew }
        var next = fresh > 0 ? try take(Int64(fresh), from: "item") : 0
        var places: [(id: Int64, thread: Int64)?] = []
        var count = (new: 0, updated: 0)
        for comment in comments {
            let parent = comment.parent.flatMap { places.indices.contains($0) ? places[$0] : nil }
            if let name = comment.name, let place = known[name] {
                places.append(place)
                if try update(place.id, to: comment, in: proceeding, now: now) { count.updated += 1 }
                continue
            }
            guard comment.name != nil || isNew else {
                places.append(nil)
                continue
            }
            let place = (id: next, thread: parent?.thread ?? next)
            next += 1
            places.append(place)
            count.new += 1
            try connection.execute(
                """
                INSERT INTO comment (tenant, proceeding, id, \(root.column), parent, subject, text, state, created,
                    changed, thread)
                VALUES (\(tenant), \(proceeding.key), \(place.id), \(root.id), \(parent?.id), \(comment.subject),
                    \(comment.text), \(Contribution.State.published.rawValue), \(comment.created), \(now),
                    \(place.thread))
                """)
            guard let name = comment.name else { continue }
            known[name] = place
            try connection.execute(
                """
                INSERT INTO pds_comment (tenant, proceeding, id, name)
                VALUES (\(tenant), \(proceeding.key), \(place.id), \(name))
                """)
        }
        if count.new > 0 { try recountComments(of: root, in: proceeding) }
        return count
    }

    /// Brings an imported comment up to date and keeps its old words as history; answers whether anything is new.
    private func update(
        _ id: Int64, to comment: ImportedComment, in proceeding: Proceeding, now: Int64
    ) throws -> Bool {
        let old = try connection.first(
            """
            SELECT version, subject, text FROM comment
            WHERE tenant = \(tenant) AND proceeding = \(proceeding.key) AND id = \(id)
                AND state = \(Contribution.State.published.rawValue) AND redacted = 0
                AND (subject, text, created)
                    IS DISTINCT FROM (\(comment.subject), \(comment.text), \(comment.created))
            """
        ) { row in (version: row.integer(0), subject: row.optionalText(1), text: row.text(2)) }
        guard let old else { return false }
        if (old.subject, old.text) != (comment.subject, comment.text) {
            try keepText(
                of: id, version: old.version, title: old.subject, text: old.text, cause: "imported", in: proceeding,
                now: now)
        }
        try connection.execute(
            """
            UPDATE comment SET subject = \(comment.subject), text = \(comment.text), created = \(comment.created),
                version = version + 1, changed = \(now)
            WHERE tenant = \(tenant) AND proceeding = \(proceeding.key) AND id = \(id)
            """)
        return true
    }
}
