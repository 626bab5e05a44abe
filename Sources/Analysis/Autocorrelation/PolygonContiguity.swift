public import GeoCore

/// When two areas count as neighbours.
public enum Contiguity: String, Sendable, Hashable {
    /// They share at least a vertex.
    case queen
    /// They share a boundary segment.
    case rook
}

extension SpatialWeights {
    /// Binary weights between areas that touch, by equal coordinates of their vertices.
    ///
    /// Exact: a vertex of one area on the middle of an edge of another is no contact, as in data where areas do not
    /// fit together.
    ///
    /// - Parameters:
    ///   - areas: the rings of each area, holes and the rings of all its parts among them, closed.
    ///   - rule: what touching means.
    ///   - snap: metres up to which two vertices count as one, and so do those between which there are others; 0 for
    ///     equal coordinates alone.
    /// - Complexity: O(vertices log vertices) for a small `snap`.
    public init(areas: [[[Position]]], rule: Contiguity, snap: Double = 0) {
        var contacts: [Contact] = []
        for (area, rings) in (snap > 0 ? Self.snapped(areas, snap) : areas).enumerated() {
            let area = Int32(truncatingIfNeeded: area)
            for ring in rings {
                for (a, b) in zip(ring, ring.dropFirst()) {
                    switch rule {
                    case .queen: contacts.append(Contact(a, a, area))
                    case .rook: if (a.x, a.y) != (b.x, b.y) { contacts.append(Contact(a, b, area)) }
                    }
                }
            }
        }
        contacts.sort { ($0.key, $0.area) < ($1.key, $1.area) }
        var rows = [Set<Int32>](repeating: [], count: areas.count)
        var start = 0
        while start < contacts.count {
            var end = start + 1
            while end < contacts.count && contacts[end].key == contacts[start].key { end += 1 }
            for first in start..<end {
                for second in start..<end where contacts[first].area != contacts[second].area {
                    rows[Int(contacts[first].area)].insert(contacts[second].area)
                }
            }
            start = end
        }
        self.init(soundRows: rows.map { $0.sorted() })
    }

    /// The areas with one position for all vertices that hang together at most `snap` apart.
    private static func snapped(_ areas: [[[Position]]], _ snap: Double) -> [[[Position]]] {
        let sorted = areas.joined().joined().sorted { ($0.x, $0.y) < ($1.x, $1.y) }
        var groups = UnionFind(count: sorted.count)
        for first in sorted.indices {
            var second = first + 1
            while second < sorted.count, sorted[second].x - sorted[first].x <= snap {
                let (dx, dy) = (sorted[second].x - sorted[first].x, sorted[second].y - sorted[first].y)
                if dx * dx + dy * dy <= snap * snap { groups.unite(first, second) }
                second += 1
            }
        }
        var standing: [Position: Position] = [:]
        for place in sorted.indices { standing[sorted[place]] = sorted[groups.find(place)] }
        return areas.map { $0.map { ring in ring.map { standing[$0] ?? $0 } } }
    }
}

/// A vertex, or an edge with its ends in a fixed order, of one area.
private struct Contact {
    struct Key: Comparable {
        let ax, ay, bx, by: Double

        static func < (left: Key, right: Key) -> Bool {
            (left.ax, left.ay, left.bx, left.by) < (right.ax, right.ay, right.bx, right.by)
        }
    }

    let key: Key
    let area: Int32

    init(_ a: Position, _ b: Position, _ area: Int32) {
        let (first, second) = (a.x, a.y) <= (b.x, b.y) ? (a, b) : (b, a)
        key = Key(ax: first.x, ay: first.y, bx: second.x, by: second.y)
        self.area = area
    }
}
