import GeoCore
import Participation
import Storage
import TestSupport
import Testing

struct PagingTests {
    @Test(arguments: EngineKind.allCases)
    func pagesAreCompleteAndStableWhileOthersInsert(_ kind: EngineKind) async throws {
        let store = try await SampleStore.make(kind)
        // Many rows share an instant: the number must settle their order.
        let ids = try await store.add((0..<57).map { contribution("Nummer \($0)", created: Int64($0 / 7)) })
        var seen: [Int64] = []
        var cursor: Cursor?
        repeat {
            let page = try await store.page(store.anybody, limit: 5, after: cursor)
            #expect(page.items.count <= 5)
            seen += page.items.map(\.id)
            // Newer than everything read: must not move the rest.
            try await store.add([contribution("neu", created: 1_000)])
            cursor = try page.next.map { try Cursor($0.description) }
        } while cursor != nil
        #expect(Set(seen).count == seen.count)
        #expect(seen.sorted() == ids)
        let whole = try await store.page(store.anybody).items
        #expect(zip(whole, whole.dropFirst()).allSatisfy { ($0.created, $0.id) > ($1.created, $1.id) })
    }

    @Test(arguments: EngineKind.allCases)
    func anExportWalksEveryRowOnceInOrderOfItsNumber(_ kind: EngineKind) async throws {
        let store = try await SampleStore.make(kind)
        let ids = try await store.add((0..<31).map { contribution("Nummer \($0)", created: Int64(100 - $0)) })
        let (scope, proceeding) = (store.anybody, store.proceeding)
        let walked = try await store.engine.read { connection throws in
            var walked: [Int64] = []
            var last: Int64? = 0
            while let from = last {
                last = try scope.reader(connection).exportPage(
                    of: proceeding, filter: ContributionFilter(), after: from, limit: 4
                ) { walked.append($0.integer(0)) }
            }
            return walked
        }
        #expect(walked == ids)
    }

    @Test(arguments: ["", "c1", "c1.x", "c1.1.2.3", "c2.1.2", "c1.1.!", "c1..", "'; DROP TABLE tenant"])
    func cursorsOfOthersAreRefused(_ text: String) {
        #expect(throws: StorageError.self) { _ = try Cursor(text) }
    }

    @Test func cursorsKeepNegativeAndLargestNumbers() throws {
        for cursor in [Cursor(major: .min, minor: .max), Cursor(major: -1, minor: 0)] {
            #expect(try Cursor(cursor.description) == cursor)
        }
    }

    /// Compares both ways of answering a box with a plain walk over all rows.
    @Test(arguments: EngineKind.allCases, [40, 2_500])
    func boxesGiveTheRowsThatAWalkGives(_ kind: EngineKind, count: Int) async throws {
        let store = try await SampleStore.make(kind)
        var generator = SeededGenerator(seed: 7)
        var rows: [Contribution] = []
        for index in 0..<count {
            let x = Double.random(in: -180...180, using: &generator)
            let y = Double.random(in: -90...90, using: &generator)
            rows.append(contribution("Ort \(index)", x: x, y: y, created: Int64(index)))
        }
        try await store.add(rows)
        let boxes: [[BoundingBox]] = [
            [BoundingBox(minX: -20, minY: -20, maxX: 20, maxY: 20)], [.world],
            [
                BoundingBox(minX: 150, minY: -90, maxX: 180, maxY: 90),
                BoundingBox(minX: -180, minY: -90, maxX: -150, maxY: 90),
            ],
        ]
        for box in boxes {
            var filter = ContributionFilter()
            filter.boxes = box
            let found = try await store.page(store.anybody, filter, limit: 3_000).items.map(\.title)
            let expected = rows.filter { row in
                row.geometry?.boundingBox.map { place in box.contains { $0.intersects(place) } } ?? false
            }
            #expect(found == expected.reversed().map(\.title))
        }
    }
}
