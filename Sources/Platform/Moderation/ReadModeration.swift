public import Participation
public import Storage

/// Everything a moderator is told of an item.
public struct ModerationRecord: Sendable {
    /// The item.
    public var item: ModeratedItem
    /// The decisions on it, the oldest first.
    public var events: [ModerationEvent]
    /// Its earlier texts, the oldest first.
    public var texts: [EarlierText]
    /// The open reports on it.
    public var reports: [OpenReport]
}

extension Installation {
    /// The queue of a proceeding, by need, one page, with the number of all that waits.
    ///
    /// - Parameter states: where some are named, everything in these states, whether it waits or not.
    /// - Throws: ``PlatformError`` `forbidden` unless a moderator asks.
    public func moderationQueue(
        of proceeding: Proceeding, states: [Contribution.State] = [], limit: Int, after cursor: Cursor?, scope: Scope
    ) async throws -> (page: Page<ModeratedItem>, count: Int64) {
        try require(.moderate, in: proceeding, scope: scope)
        return try await engine.read { connection in
            let reader = scope.reader(connection)
            return (
                try reader.moderationQueue(of: proceeding, states: states, limit: limit, after: cursor),
                try reader.moderationQueueCount(of: proceeding)
            )
        }
    }

    /// An item with its history.
    ///
    /// - Throws: ``PlatformError`` `forbidden` unless a moderator asks, `notFound`.
    public func moderationRecord(
        of target: ModerationTarget, in proceeding: Proceeding, scope: Scope
    ) async throws -> ModerationRecord {
        try require(.moderate, in: proceeding, scope: scope)
        let record = try await engine.read { connection -> ModerationRecord? in
            let reader = scope.reader(connection)
            guard let item = try reader.moderatedItem(target.id, of: proceeding), target.means(item.reference) else {
                return nil
            }
            return ModerationRecord(
                item: item, events: try reader.moderationEvents(of: target.id, in: proceeding),
                // What an author took back is nobody's to read.
                texts: item.state == .withdrawn ? [] : try reader.earlierTexts(of: target.id, in: proceeding),
                reports: try reader.openReports(on: item.reference, in: proceeding))
        }
        guard let record else { throw PlatformError(.notFound, "there is no such item in this proceeding") }
        return record
    }
}
