import GeoCore
import Synchronization

/// How well the places of a masked export are hidden: spatial k-anonymity.
///
/// Source: Hampton et al. 2010, Am. J. Epidemiol. 172, doi:10.1093/aje/kwq248.
public struct MaskReport: Sendable, Hashable {
    /// Among whom places are hidden.
    public enum Crowd: String, Sendable, Hashable {
        /// The other contributions that the reader may see, inside the area.
        case contributions
        /// The features of a layer.
        case addresses
        /// The inhabitants of a layer of units, taken to live evenly over each.
        case inhabitants
    }

    /// Among whom.
    public var crowd: Crowd
    /// How many places were moved.
    public var places: Int
    /// Fewest of the crowd that lie nearer to a moved place than the true one does; `nil` where nothing was moved.
    public var least: Int?
    /// The median of that over all places.
    public var median: Double?
    /// Places that no step leaves inside the area and their zone, and that were moved out of it.
    public var outside: Int

    /// The report as JSON.
    var value: JSONValue {
        .object([
            .init("hiddenAmong", .string(crowd.rawValue)), .init("places", .integer(Int64(places))),
            .init("least", least.map { .integer(Int64($0)) } ?? .null),
            .init("median", median.map { .number($0) } ?? .null), .init("outside", .integer(Int64(outside))),
        ])
    }
}

/// Counts how well places are hidden, while they are.
final class MaskTally: Sendable {
    private struct State {
        var hidden: [Int: Int] = [:]
        var outside = 0
    }

    private let state = Mutex(State())

    /// Notes a place that is hidden among so many.
    func add(_ hidden: Int, isOutside: Bool) {
        state.withLock { state in
            state.hidden[hidden, default: 0] += 1
            if isOutside { state.outside += 1 }
        }
    }

    /// Forgets all places.
    func removeAll() { state.withLock { $0 = State() } }

    /// What was noted.
    func report(_ crowd: MaskReport.Crowd) -> MaskReport {
        state.withLock { state in
            let sorted = state.hidden.sorted { $0.key < $1.key }
            let places = sorted.reduce(0) { $0 + $1.value }
            /// The number of one in the order of all.
            func number(_ rank: Int) -> Double {
                var before = 0
                for (hidden, count) in sorted {
                    before += count
                    if rank < before { return Double(hidden) }
                }
                return 0
            }
            return MaskReport(
                crowd: crowd, places: places, least: sorted.first?.key,
                median: places == 0 ? nil : (number((places - 1) / 2) + number(places / 2)) / 2,
                outside: state.outside)
        }
    }
}
