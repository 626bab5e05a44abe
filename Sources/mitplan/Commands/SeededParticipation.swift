import Participation
import Platform
import Storage

/// Comments, votes and reports on seeded contributions, the same on every run, through the writers that requests use.
struct SeededParticipation {
    let session: Session
    let proceeding: Proceeding
    let scope: Scope

    /// Items in one transaction.
    private static let batch = 5_000
    /// People who take part.
    private static let participants = 20_000

    /// Writes comments, half of them answers to the one before on the same contribution, then votes on contributions
    /// and comments, and puts every fiftieth contribution before the moderators.
    func write(comments: Int, votes: Int, progress: (Int) -> Void) async throws {
        let contributions = try await numbers()
        guard !contributions.isEmpty else { return }
        var chance = SeededPlaces(seed: 3)
        var items = contributions.map(ItemReference.contribution)
        var last: [Int64: Int64] = [:]
        var done = 0
        let (proceeding, scope, now) = (proceeding, scope, session.installation.now())
        for start in stride(from: 0, to: comments, by: Self.batch) {
            let drafts = (start..<min(comments, start + Self.batch)).map { number in
                (contributions[chance.index(below: contributions.count)], chance.uniform() < 0.5, number)
            }
            let known = last
            let made = try await session.installation.engine.writeAlone { connection in
                let writer = scope.writer(connection)
                var latest = known
                return try drafts.map { contribution, isAnswer, number in
                    let stored = try writer.insert(
                        Comment(
                            on: .contribution(contribution), parent: isAnswer ? latest[contribution] : nil,
                            text: "Kommentar \(number) mit einem Satz, wie man ihn schreibt.", created: now,
                            author: "seed-\(number % Self.participants)"), of: proceeding)
                    latest[contribution] = stored.id
                    return stored
                }
            }
            for comment in made {
                last[comment.root.id] = comment.id
                items.append(.comment(comment.id, on: comment.root))
            }
            done += made.count
            progress(done)
        }
        for start in stride(from: 0, to: votes, by: Self.batch) {
            let drafts = (start..<min(votes, start + Self.batch)).map { number in
                (items[chance.index(below: items.count)], number, chance.uniform() < 0.7)
            }
            try await session.installation.engine.writeAlone { connection in
                let writer = scope.writer(connection)
                for (item, number, isFor) in drafts {
                    // A number of its own for each vote on a thing, so that none replaces another.
                    _ = try writer.setVote(
                        isFor ? .for : .against, of: "seed-\(number)", on: item, in: proceeding, now: now)
                }
            }
            done += drafts.count
            progress(done)
        }
        let reported = stride(from: 0, to: contributions.count, by: 50).map {
            ItemReference.contribution(contributions[$0])
        }
        try await session.installation.engine.writeAlone { connection in
            let writer = scope.writer(connection)
            for item in reported {
                _ = try writer.insert(NewReport(reason: .offTopic), on: item, of: proceeding, now: now)
                try writer.noteNeed(of: item, in: proceeding, now: now)
            }
            try writer.touch(proceeding)
        }
    }

    private func numbers() async throws -> [Int64] {
        var found: [Int64] = []
        var cursor: Cursor?
        repeat {
            let page = try await session.installation.contributions(
                of: proceeding, filter: ContributionFilter(), limit: 1000, after: cursor, scope: scope)
            found += page.items.map(\.id)
            cursor = page.next
        } while cursor != nil
        return found.sorted()
    }
}
