import GeoCore

/// What has become of points since they were placed, so that what was counted of them can follow change by change.
struct PointHistory: Sendable {
    /// Names points as they are: what holds one for the same object was made of the same points.
    final class Mark: Sendable {}

    /// Points that went and points that came, in metres.
    struct Change: Sendable {
        fileprivate let before: Mark
        var gone: [Position]
        var come: [Position]
    }

    /// Changes that are remembered.
    private static let limit = 64

    /// Names the points as they are now.
    private(set) var mark = Mark()
    private var changes: [Change] = []

    /// Remembers a change, if it is one.
    mutating func note(gone: [Position], come: [Position]) {
        guard !gone.isEmpty || !come.isEmpty else { return }
        if changes.count == Self.limit { changes.removeFirst() }
        changes.append(Change(before: mark, gone: gone, come: come))
        mark = Mark()
    }

    /// What has changed since the points had a name, in order; `nil` when that is not remembered.
    ///
    /// - Complexity: linear in the changes that are remembered.
    private func changes(since old: Mark) -> ArraySlice<Change>? {
        if old === mark { return [] }
        return changes.lastIndex { $0.before === old }.map { changes[$0...] }
    }

    /// The same for points of several parts.
    static func changes(_ parts: [PointHistory], since old: [Mark]) -> [Change]? {
        guard parts.count == old.count else { return nil }
        var all: [Change] = []
        for (part, mark) in zip(parts, old) {
            guard let changes = part.changes(since: mark) else { return nil }
            all += changes
        }
        return all
    }
}
