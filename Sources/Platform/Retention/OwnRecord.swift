import Participation
public import Storage

/// Everything that is held about a participant.
public struct OwnRecord: Sendable {
    /// Contributions in all proceedings, in whatever state but erased, with their images; newest first.
    public var contributions: [OwnContribution] = []
    /// Comments likewise.
    public var comments: [OwnComment] = []
    /// Votes, by number of the item.
    public var votes: [OwnVote] = []
    /// Reports, in order of entry.
    public var reports: [OwnReport] = []
    /// What contributions and comments said before they were changed.
    public var earlierTexts: [OwnEarlierText] = []
}

extension Installation {
    /// Everything that is held about the participant who asks.
    ///
    /// - Complexity: linear in what they wrote and voted, which limits on rates bound.
    /// - Throws: ``PlatformError`` `unauthenticated` without a participant.
    public func ownRecord(scope: Scope) async throws -> OwnRecord {
        var record = OwnRecord()
        record.contributions = try await all { try await self.ownContributions(limit: 1000, after: $0, scope: scope) }
        record.comments = try await all { try await self.ownComments(limit: 1000, after: $0, scope: scope) }
        record.votes = try await all { try await self.ownVotes(limit: 1000, after: $0, scope: scope) }
        (record.reports, record.earlierTexts) = try await engine.read { connection in
            let reader = scope.reader(connection)
            return (try reader.ownReports(), try reader.ownEarlierTexts())
        }
        return record
    }

    private func all<Item: Sendable>(_ page: (Cursor?) async throws -> Page<Item>) async throws -> [Item] {
        var (result, cursor): ([Item], Cursor?) = ([], nil)
        repeat {
            let next = try await page(cursor)
            result += next.items
            cursor = next.next
        } while cursor != nil
        return result
    }

    /// Removes all that the participant who asks wrote, for good and at any time, takes back their votes and cuts the link
    /// to their reports.
    ///
    /// - Throws: ``PlatformError`` `unauthenticated` without a participant.
    public func eraseOwnRecord(scope: Scope) async throws -> ErasedCounts {
        guard let participant = scope.viewer.participant else { throw Self.needsParticipant }
        let erased = try await erase(participant, byAuthor: true, scope: scope).erased
        if erased.items > 0 { try await purge(isUrgent: false) }
        return erased
    }
}
