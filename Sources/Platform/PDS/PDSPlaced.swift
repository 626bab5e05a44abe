import Participation
import Storage

/// A contribution of PDS, ready for the store; without ``placed`` its comments alone.
struct PDSPlaced: Sendable {
    let externalID: String
    var placed: PlacedContribution?
    var details: PDSContributionDetails?
    let comments: [ImportedComment]
    /// What the comments may stand on if it is no contribution.
    var conception: Conception?
    /// Whether they do not stand on a contribution.
    var isOnConception = false

    /// What became of some rows.
    struct Counts: Sendable {
        var imported = 0
        var updated = 0
        var unchanged = 0
        var kept = 0
        var comments = 0
        var changedComments = 0
        /// Conceptions that are new.
        var conceptions = 0
        /// Ids on which comments stand alone and that are not there.
        var missing: Set<String> = []

        /// Whether any row or comment is new.
        var hasChanged: Bool { imported + updated + comments + changedComments + conceptions > 0 }
    }

    /// Writes rows inside one transaction; the proceeding counts as changed only when something is new.
    static func write(
        _ rows: [PDSPlaced], categories: [Category], source: String, into proceeding: Proceeding,
        _ writer: ScopedWriter, now: Int64
    ) throws -> Counts {
        var counts = Counts()
        for category in categories { try writer.insert(category, of: proceeding, now: now) }
        if !categories.isEmpty { try writer.raiseVersion(of: proceeding, now: now) }
        let contributions = rows.filter { $0.placed != nil }
        try writer.keepFree(contributions.compactMap { $0.details?.number })
        let results = try writer.merge(contributions.compactMap(\.placed), into: proceeding)
        for (row, result) in zip(contributions, results) {
            var outcome = result.outcome
            if let details = row.details, try writer.keep(details, of: result.id, in: proceeding),
                outcome != .imported
            {
                outcome = .updated
            }
            switch outcome {
            case .imported: counts.imported += 1
            case .updated: counts.updated += 1
            case .unchanged: counts.unchanged += 1
            case .kept: counts.kept += 1
            }
            try counts.add(
                writer.merge(
                    row.comments, on: .contribution(result.id), isNew: result.outcome == .imported, in: proceeding,
                    now: now))
        }
        // The names of conceptions too, before the first of them takes one.
        try writer.keepFree(rows.filter { $0.conception != nil }.compactMap { Int64($0.externalID) })
        for row in rows where row.placed == nil {
            try counts.add(row, source: source, in: proceeding, writer, now: now)
        }
        if counts.hasChanged || !categories.isEmpty {
            try writer.touch(proceeding)
        }
        return counts
    }
}

extension PDSPlaced.Counts {
    fileprivate mutating func add(_ more: (new: Int, updated: Int)) {
        comments += more.new
        changedComments += more.updated
    }

    /// Writes comments that stand alone: on the contribution of their name, else on a conception.
    fileprivate mutating func add(
        _ row: PDSPlaced, source: String, in proceeding: Proceeding, _ writer: ScopedWriter, now: Int64
    ) throws {
        let contribution =
            row.isOnConception
            ? nil
            : try writer.reader.contribution(source: source, externalID: row.externalID, of: proceeding)
        if let contribution {
            return add(
                try writer.merge(
                    row.comments, on: .contribution(contribution), isNew: false, in: proceeding, now: now))
        }
        guard let draft = row.conception else {
            missing.insert(row.externalID)
            return
        }
        let known = try writer.reader.conception(source: source, externalID: row.externalID, of: proceeding)
        if known == nil { conceptions += 1 }
        let conception = try known ?? writer.insert(draft, of: proceeding)
        add(
            try writer.merge(
                row.comments, on: .conception(conception.id), isNew: known == nil, in: proceeding, now: now))
    }
}
