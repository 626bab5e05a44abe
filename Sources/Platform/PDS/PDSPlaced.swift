import Participation
import Storage

/// A contribution of PDS, ready for the store; without ``placed`` its comments alone.
struct PDSPlaced: Sendable {
    let externalID: String
    let placed: PlacedContribution?
    let details: PDSContributionDetails?
    let comments: [ImportedComment]

    /// What became of some rows.
    struct Counts: Sendable {
        var imported = 0
        var updated = 0
        var unchanged = 0
        var comments = 0
        var changedComments = 0

        /// Whether any row or comment is new.
        var hasChanged: Bool { imported + updated + comments + changedComments > 0 }
    }

    /// Writes rows inside one transaction; the proceeding counts as changed only when something is new.
    static func write(
        _ rows: [PDSPlaced], categories: [Category], source: String, into proceeding: Proceeding,
        _ writer: ScopedWriter
    ) throws -> Counts {
        var counts = Counts()
        for category in categories { try writer.insert(category, of: proceeding) }
        let contributions = rows.filter { $0.placed != nil }
        try writer.keepFree(contributions.compactMap { $0.details?.number })
        let results = try writer.merge(contributions.compactMap(\.placed), into: proceeding)
        for (row, result) in zip(contributions, results) {
            var outcome = result.outcome
            if let details = row.details, try writer.keep(details, of: result.id, in: proceeding), outcome == .unchanged
            {
                outcome = .updated
            }
            switch outcome {
            case .imported: counts.imported += 1
            case .updated: counts.updated += 1
            case .unchanged: counts.unchanged += 1
            }
            try counts.add(
                writer.merge(row.comments, on: result.id, isNew: result.outcome == .imported, in: proceeding))
        }
        for row in rows where row.placed == nil {
            guard let id = try writer.reader.contribution(source: source, externalID: row.externalID, of: proceeding)
            else { continue }
            try counts.add(writer.merge(row.comments, on: id, isNew: false, in: proceeding))
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
}
