import GeoCore
import Participation
import Storage

/// Contributions that were sent more than once: the same words by the same author at the same place.
enum Resubmissions {
    /// Most contributions whose words are held against each other.
    static let mostCompared = 20_000

    /// Where and by whom.
    private struct Origin: Hashable {
        var longitude: Double
        var latitude: Double
        var author: UInt64
    }

    /// The numbers of those that one author made at one place, where there are several, rising in each group.
    ///
    /// Rows whose author is not known, as of imports, count as those of one.
    static func candidates(_ columns: ContributionColumns) -> [[Int64]] {
        var groups: [Origin: [Int64]] = [:]
        for row in 0..<columns.count where columns.longitude[row].isFinite {
            let origin = Origin(
                longitude: columns.longitude[row], latitude: columns.latitude[row], author: columns.author[row])
            groups[origin, default: []].append(columns.id[row])
        }
        return groups.values.filter { $0.count > 1 }
    }
}

extension Installation {
    /// The numbers of contributions that repeat another; `nil` where too many lie at the places of others to look.
    func resubmissions(
        _ columns: ContributionColumns, of proceeding: Proceeding, scope: Scope
    ) async throws -> Set<Int64>? {
        let groups = Resubmissions.candidates(columns)
        guard groups.reduce(0, { $0 + $1.count }) <= Resubmissions.mostCompared else { return nil }
        guard !groups.isEmpty else { return [] }
        return try await engine.read { try scope.reader($0).repeated(groups, of: proceeding) }
    }
}

extension HotspotComputation {
    /// The points without those that were sent again, which are told as left out.
    mutating func withoutResubmissions(_ points: Points) -> Points {
        guard let resubmitted else {
            record.warnings.append(
                "more than \(Resubmissions.mostCompared) contributions lie where others of the same author do: which of "
                    + "them were sent twice was not looked for")
            return points
        }
        let isRepeated = usedRows.map { resubmitted.contains(columns.id[$0]) }
        guard isRepeated.contains(true) else { return points }
        leaveOut(isRepeated.indices.filter { isRepeated[$0] }, "resubmission")
        ground.usedRows = NarrowColumn(isRepeated.indices.filter { !isRepeated[$0] }.map { usedRows[$0] })
        let rest = points.rows { !isRepeated[$0] }
        ground.weights = rest.weight
        return rest
    }
}
