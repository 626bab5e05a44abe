import Participation
import TestSupport
import Testing

@testable import Storage

struct OrderedListTests {
    private func voted(_ count: Int) async throws -> SampleStore {
        let store = try await SampleStore.make(.sqlite)
        var chance = SeededGenerator(seed: 11)
        try await store.add(
            (0..<count).map { index in
                var row = contribution(
                    "Nummer \(index)", state: index % 7 == 0 ? .hidden : .published,
                    category: index % 5 == 0 ? "gruen" : "grau")
                row.votesUp = Int64.random(in: 0...6, using: &chance)
                row.votesDown = Int64.random(in: 0...6, using: &chance)
                row.commentCount = Int64.random(in: 0...4, using: &chance)
                return row
            })
        return store
    }

    private static let orders = [ContributionOrder.Key.rating, .comments].flatMap { key in
        [true, false].map { ContributionOrder(key, isDescending: $0) }
    }

    /// With and without a filter, which take different ways.
    @Test(arguments: orders, [[], ["gruen"]])
    func pagesByVotesAndCommentsHoldEveryRowInOrder(_ order: ContributionOrder, _ categories: [String]) async throws {
        let store = try await voted(83)
        let proceeding = store.proceeding
        var filter = ContributionFilter()
        filter.categories = categories
        let wanted = filter
        for scope in [store.anybody, store.staff] {
            func value(_ row: Contribution) -> Int64 {
                let value = order.key == .rating ? row.votesUp - row.votesDown : row.commentCount
                return order.isDescending ? -value : value
            }
            func number(_ row: Contribution) -> Int64 { order.isDescending ? -row.id : row.id }
            let all = try await store.page(scope, filter).items.sorted {
                (value($0), number($0)) < (value($1), number($1))
            }
            var walked: [Int64] = []
            var cursor: Cursor?
            repeat {
                let after = cursor
                let page = try await store.engine.read {
                    try scope.reader($0).contributions(
                        of: proceeding, filter: wanted, order: order, limit: 9, after: after)
                }
                walked += page.items.map(\.id)
                cursor = page.next
            } while cursor != nil
            #expect(walked == all.map(\.id))
        }
    }

    @Test(arguments: orders, [nil, Cursor(major: 2, minor: 40)])
    func aPageByVotesOrCommentsIsWalkedInAnIndex(_ order: ContributionOrder, _ cursor: Cursor?) async throws {
        let store = try await voted(5)
        let proceeding = store.proceeding
        let index = order.key == .rating ? "contribution_rating" : "contribution_comments"
        for scope in [store.anybody, store.staff] {
            let plan = try await store.engine.read { connection in
                let page = try scope.reader(connection).page(
                    of: proceeding, ContributionFilter(), order, limit: 101, after: cursor)
                return try connection.rows("EXPLAIN QUERY PLAN \(page)") { $0.text(3) }
            }
            #expect(plan.count == 1 && plan.allSatisfy { $0.contains(index) }, "\(plan)")
            if cursor != nil { #expect(plan.allSatisfy { $0.contains("(?,?)") }, "\(plan)") }
        }
    }
}
