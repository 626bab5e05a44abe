import Participation
import Storage
import TestSupport
import Testing

/// Counts the queries that go through it.
private final class CountingConnection: SQLConnection {
    let inner: any SQLConnection
    var count = 0
    init(_ inner: any SQLConnection) { self.inner = inner }
    var dialect: any Dialect { inner.dialect }
    func execute(_ statement: SQL) throws -> Int { try inner.execute(statement) }
    func query(_ statement: SQL, _ body: (any SQLRow) throws -> Bool) throws {
        count += 1
        try inner.query(statement, body)
    }
    func prepare(_ text: String) throws -> any SQLStatement { try inner.prepare(text) }
    func forgetPages() { inner.forgetPages() }
}

struct CommentPagesTests {
    /// Comments given as indices of their parents, and the numbers they got.
    private static func store(
        _ kind: EngineKind, parents: [Int?]
    ) async throws -> (store: SampleStore, contribution: Int64, ids: [Int64]) {
        let store = try await SampleStore.make(kind)
        let id = try await store.add([contribution()])[0]
        let (scope, proceeding) = (store.staff, store.proceeding)
        let ids = try await store.engine.writeAlone { connection throws in
            let comments = parents.enumerated().map { index, parent in
                (
                    comment: Comment(on: .contribution(id), text: "Nummer \(index)", created: Int64(index)),
                    parent: parent
                )
            }
            try scope.writer(connection).replaceComments(comments, of: id, in: proceeding, now: 1)
            return try connection.rows("SELECT id FROM comment ORDER BY id") { $0.integer(0) }
        }
        return (store, id, ids)
    }

    /// All pages with the number of queries of each.
    private static func pages(
        _ sample: SampleStore, _ contribution: Int64, order: CommentOrder = .oldest, limit: Int, scope: Scope? = nil
    ) async throws -> [(comments: [Participation.Comment], queries: Int)] {
        let scope = scope ?? sample.anybody
        let proceeding = sample.proceeding
        var result: [(comments: [Participation.Comment], queries: Int)] = []
        var cursor: Cursor?
        repeat {
            let after = cursor
            let (page, queries) = try await sample.engine.read { connection in
                let counting = CountingConnection(connection)
                let page = try scope.reader(counting).comments(
                    on: .contribution(contribution), of: proceeding, order: order, limit: limit, after: after)
                return (page, counting.count)
            }
            result.append((page.items, queries))
            cursor = page.next
        } while cursor != nil && result.count < 1000
        return result
    }

    @Test(.timeLimit(.minutes(5)), arguments: EngineKind.allCases)
    func aChainOfTenThousandIsReadPageByPage(_ kind: EngineKind) async throws {
        let (store, id, ids) = try await Self.store(kind, parents: (0..<10_000).map { $0 == 0 ? nil : $0 - 1 })
        let pages = try await Self.pages(store, id, limit: 100)
        #expect(pages.flatMap { $0.comments.map(\.id) } == ids)
        #expect(pages.count == 10 && pages.allSatisfy { $0.comments.count <= ScopedReader.commentsPerPage })
        #expect(pages.allSatisfy { $0.queries == 1 })
        let links = zip(pages.flatMap(\.comments).dropFirst(), ids).allSatisfy { $0.parent == $1 }
        #expect(links)
    }

    @Test(arguments: EngineKind.allCases, [1, 3, 7, 1000])
    func randomTreesComeWholeAndParentsFirst(_ kind: EngineKind, limit: Int) async throws {
        var random = SeededGenerator(seed: 17)
        let parents: [Int?] = (0..<400).map { index in
            index == 0 || Int.random(in: 0..<4, using: &random) == 0 ? nil : Int.random(in: 0..<index, using: &random)
        }
        let (store, id, ids) = try await Self.store(kind, parents: parents)
        for order in CommentOrder.allCases {
            let pages = try await Self.pages(store, id, order: order, limit: limit)
            let seen = pages.flatMap(\.comments)
            #expect(seen.count == ids.count && Set(seen.map(\.id)) == Set(ids))
            var known: Set<Int64> = []
            for comment in seen {
                if let parent = comment.parent { #expect(known.contains(parent)) }
                known.insert(comment.id)
            }
            for page in pages {
                #expect(page.queries == 1)
                #expect(Set(page.comments.map(\.thread)).count <= limit + 1)
            }
            let threads = seen.filter { $0.parent == nil }.map(\.id)
            switch order {
            case .oldest, .best: #expect(threads == threads.sorted())
            case .newest: #expect(threads == threads.sorted(by: >))
            }
        }
    }

    @Test(arguments: EngineKind.allCases)
    func votesOrderThreads(_ kind: EngineKind) async throws {
        let (store, id, ids) = try await Self.store(kind, parents: [nil, nil, nil, nil, 1])
        let (scope, proceeding) = (store.anybody, store.proceeding)
        try await store.engine.write { connection throws in
            let writer = scope.writer(connection)
            for (index, vote) in [(0, Vote.against), (1, .for), (3, .for)] {
                let item = ItemReference.comment(ids[index], on: .contribution(id))
                _ = try writer.setVote(vote, of: "p", on: item, in: proceeding, now: 1)
            }
        }
        for limit in [1, 2, 10] {
            let pages = try await Self.pages(store, id, order: .best, limit: limit)
            #expect(pages.flatMap { $0.comments.map(\.id) } == [1, 4, 3, 2, 0].map { ids[$0] })
        }
    }

    @Test(arguments: EngineKind.allCases)
    func treesBelowWhatIsHiddenAreOnNoPage(_ kind: EngineKind) async throws {
        let (store, id, ids) = try await Self.store(kind, parents: [nil, 0, 1, nil, 3, nil])
        let hidden = [ids[1], ids[3]]
        try await store.engine.write { connection throws in
            for id in hidden { try connection.execute("UPDATE comment SET state = 2 WHERE id = \(id)") }
        }
        for order in CommentOrder.allCases {
            for limit in [1, 2, 9] {
                let pages = try await Self.pages(store, id, order: order, limit: limit)
                #expect(Set(pages.flatMap { $0.comments.map(\.id) }) == [ids[0], ids[5]])
                let all = try await Self.pages(store, id, order: order, limit: limit, scope: store.staff)
                #expect(all.flatMap(\.comments).count == 6)
            }
        }
    }
}
