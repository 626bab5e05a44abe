import Analysis
import TestSupport
import Testing

/// Counts of what everybody can read hide none of what only few can.
struct PublicCoverTests {
    /// The rows of one cell: who wrote each, and whether not everybody can read it.
    private struct Cell {
        var rows: [(person: UInt64, isPrivate: Bool)] = []

        init(_ people: ClosedRange<UInt64>, isPrivate: Bool) { rows = people.map { ($0, isPrivate) } }

        /// Up to twelve rows, of which a share is private, or none in every other cell.
        init(of population: UInt64, share: Double, _ random: inout SeededGenerator) {
            let isPublic = Bool.random(using: &random)
            for _ in 0..<Int.random(in: 0...12, using: &random) {
                let person = UInt64.random(in: 1...population, using: &random)
                rows.append((person, !isPublic && Double.random(in: 0...1, using: &random) < share))
            }
        }

        var privateRows: Int { rows.count { $0.isPrivate } }

        var privatePeople: Set<UInt64> { Set(rows.filter(\.isPrivate).map(\.person)) }

        /// Those behind all rows, or behind the private ones where these are fewer.
        var contributors: Contributors {
            func behind(_ rows: [(person: UInt64, isPrivate: Bool)]) -> Contributors {
                rows.reduce(into: Contributors()) { $0.add($1.person, isPrivate: $1.isPrivate) }
            }
            return .fewer(behind(rows), behind(rows.filter(\.isPrivate)))
        }
    }

    private func suppression(_ cells: [Cell]) throws -> CellSuppression {
        try CellSuppression(cells.map(\.rows.count), contributors: cells.map(\.contributors))
    }

    @Test func whatIsPrivateIsHiddenWithTheSmallestThatIsPrivateToo() throws {
        let made = try suppression([
            Cell(1...2, isPrivate: true), Cell(11...16, isPrivate: false), Cell(21...29, isPrivate: true),
        ])
        #expect(made.primary == [0] && made.suppressed == [0, 2] && made.isTotalPublishable)
    }

    @Test func theTotalIsHiddenWhereOnlyPublicOnesAreLeft() throws {
        let made = try suppression([
            Cell(1...2, isPrivate: true), Cell(11...16, isPrivate: false), Cell(21...29, isPrivate: false),
        ])
        #expect(made.suppressed == [0] && !made.isTotalPublishable)
    }

    /// Three hidden with three others would be told by the total less those everybody can count.
    @Test func fewPublicOnesThatAreHiddenTooHideNobody() throws {
        let made = try suppression([
            Cell(1...3, isPrivate: true), Cell(11...13, isPrivate: false), Cell(21...29, isPrivate: true),
        ])
        #expect(made.primary == [0, 1] && made.suppressed == [0, 1, 2] && made.isTotalPublishable)
    }

    @Test func aPublicCountStaysSoWhateverTheFilterLeavesOut() {
        var seen = Contributors()
        for person in UInt64(1)...6 { seen.add(person, isPrivate: false) }
        let leftOut = Contributors(people: 2)
        #expect(seen.orFewer(leftOut: leftOut).count == 2)
        #expect(!seen.orFewer(leftOut: leftOut).hasPrivate && leftOut.orFewer(leftOut: seen).hasPrivate)
        #expect(Contributors.fewer(seen, leftOut).hasPrivate)
        seen.formUnion(leftOut)
        #expect(seen.hasPrivate)
    }

    /// Whoever knows the public rows, the counts told and the total where that is told works out no count of private rows
    /// of fewer than five people, nor the sum of such.
    @Test(arguments: UInt64(1)...40)
    func noPrivateCountFollowsFromTotalsAndPublicRows(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            let population = UInt64.random(in: 4...60, using: &random)
            let share = Double.random(in: 0...1, using: &random)
            let cells = (0..<Int.random(in: 1...9, using: &random)).map { _ in
                Cell(of: population, share: share, &random)
            }
            let made = try suppression(cells)
            let hidden = Set(made.suppressed)
            for place in cells.indices where !hidden.contains(place) {
                #expect(cells[place].privateRows == 0 || cells[place].privatePeople.count >= 5)
            }
            guard made.isTotalPublishable else { continue }
            let unknown = hidden.filter { cells[$0].privateRows > 0 }
            guard unknown.contains(where: { cells[$0].privatePeople.count < 5 }) else { continue }
            // The total less the counts told and the public rows among those hidden.
            var rest = cells.reduce(0) { $0 + $1.rows.count }
            for (place, cell) in cells.enumerated() {
                rest -= hidden.contains(place) ? cell.rows.count - cell.privateRows : cell.rows.count
            }
            // It is the sum of several, of which each may be anything from nothing to the whole.
            #expect(unknown.count >= 2 && rest > 0)
            let people = unknown.reduce(into: Set<UInt64>()) { $0.formUnion(cells[$1].privatePeople) }
            #expect(people.count >= 5)
        }
    }
}
