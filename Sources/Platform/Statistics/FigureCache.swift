import Participation
import Storage
import Synchronization

/// The figures of proceedings kept in memory: only what has changed is counted anew.
final class FigureCache: Sendable {
    /// Whose figures, seen by whom.
    struct Key: Hashable, Sendable {
        private let tenant: Int64
        private let proceeding: Int64
        private let states: [Contribution.State]
        private let timeZone: String

        init(_ proceeding: Proceeding, _ scope: Scope) {
            tenant = scope.tenant.key
            self.proceeding = proceeding.key
            // What is counted, and whose titles stand in the lists.
            states = scope.viewer.countedStates(in: proceeding.key) + scope.viewer.visibleStates(in: proceeding.key)
            timeZone = scope.tenant.timeZone
        }
    }

    private struct Entry {
        var version: Int64
        var figures: ProceedingFigures
        var used: Int
    }

    private struct State {
        var entries: [Key: Entry] = [:]
        var uses = 0
        /// How often everything was forgotten: what was counted before is not kept.
        var generation = 0
    }

    /// Most proceedings that are kept; each takes some kilobytes.
    private static let limit = 2048
    private let state = Mutex(State())

    /// How many proceedings are kept, those of each kind of viewer by themselves.
    var count: Int { state.withLock { $0.entries.count } }

    /// To be asked for before figures are counted, and told when they are kept.
    var generation: Int { state.withLock { $0.generation } }

    /// What is kept of a proceeding, and whether it is of this version of its data.
    func figures(for key: Key, version: Int64) -> (figures: ProceedingFigures, isCurrent: Bool)? {
        state.withLock { state in
            state.uses += 1
            state.entries[key]?.used = state.uses
            return state.entries[key].map { ($0.figures, $0.version == version) }
        }
    }

    /// Keeps figures, unless everything was forgotten since they began to be counted; the half used longest ago is given
    /// up where there are too many.
    func keep(_ figures: ProceedingFigures, for key: Key, version: Int64, since generation: Int) {
        state.withLock { state in
            guard state.generation == generation else { return }
            if let known = state.entries[key], known.version > version { return }
            state.uses += 1
            state.entries[key] = Entry(version: version, figures: figures, used: state.uses)
            guard state.entries.count > Self.limit else { return }
            let middle = state.entries.values.map(\.used).sorted()[Self.limit / 2]
            state.entries = state.entries.filter { $0.value.used >= middle }
        }
    }

    /// Forgets all figures, those under way too.
    func removeAll() {
        state.withLock { state in
            state.generation += 1
            state.entries.removeAll()
        }
    }
}
