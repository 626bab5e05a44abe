import Storage
import Synchronization

/// Columns of proceedings kept in memory, by question and data version.
final class ColumnCache: Sendable {
    struct Key: Hashable, Sendable {
        var tenant: Int64
        var proceeding: Int64
        var dataVersion: Int64
        var viewerStates: [Int64]
        var filter: ContributionFilter
    }

    private let entries = Mutex<[(key: Key, columns: ContributionColumns)]>([])
    private static let limit = 4

    func columns(_ key: Key) -> ContributionColumns? {
        entries.withLock { $0.first { $0.key == key }?.columns }
    }

    func keep(_ columns: ContributionColumns, for key: Key) {
        entries.withLock { entries in
            entries.removeAll {
                $0.key.tenant == key.tenant && $0.key.proceeding == key.proceeding
                    && $0.key.dataVersion < key.dataVersion
            }
            entries.append((key, columns))
            if entries.count > Self.limit { entries.removeFirst() }
        }
    }
}
