public import Participation
public import Storage

/// What is due in one proceeding, or was done.
public struct RetentionReport: Sendable {
    /// The proceeding.
    public var proceeding: Proceeding
    /// Numbers of rows.
    public var counts: RetentionCounts
}

extension Installation {
    /// Cuts, erases and deletes what a tenant's proceedings have kept long enough, and takes it out of the files.
    ///
    /// - Parameter isTrial: only tells what would be done.
    /// - Returns: the proceedings in which something is due, or was done.
    /// - Throws: ``PlatformError`` `forbidden` unless the tenant is the viewer's to administer.
    public func retain(isTrial: Bool, scope: Scope) async throws -> [RetentionReport] {
        try require(.administerTenant, scope: scope)
        let time = now()
        var reports: [RetentionReport] = []
        var cursor: Cursor?
        repeat {
            let page = try await proceedings(limit: 1000, after: cursor, scope: scope)
            for proceeding in page.items {
                let limits = RetentionLimits(of: proceeding, now: time)
                let counts = try await engine.read {
                    try scope.reader($0).retentionCounts(of: proceeding, limits)
                }
                guard !counts.isEmpty else { continue }
                reports.append(RetentionReport(proceeding: proceeding, counts: counts))
                if !isTrial { try await retain(proceeding, limits, at: time, scope: scope) }
            }
            cursor = page.next
        } while cursor != nil
        if !isTrial {
            try await engine.write { connection in
                let writer = scope.writer(connection)
                try writer.forgetRequests(now: time)
                try writer.sweepDownloads(now: time)
            }
            try await purge()
        }
        return reports
    }

    private func retain(
        _ proceeding: Proceeding, _ limits: RetentionLimits, at time: Int64, scope: Scope
    ) async throws {
        try await engine.write { connection in
            let writer = scope.writer(connection)
            try writer.applyRetention(to: proceeding, limits)
            try writer.audit("retention.apply", item: "proceedings/\(proceeding.id)", now: time)
            try writer.touch(proceeding)
        }
        // In parts, so that no write of a citizen waits long.
        var isDone = false
        while !isDone {
            isDone = try await engine.write { connection in
                let writer = scope.writer(connection)
                let items = try writer.reader.overdueItems(of: proceeding, before: limits.unpublished, count: 200)
                for item in items { try writer.erase(item, in: proceeding, now: time) }
                if !items.isEmpty { try writer.touch(proceeding) }
                return items.isEmpty
            }
        }
    }

    /// Erases everything that a participant wrote in the tenant, and takes back their votes.
    ///
    /// - Returns: numbers of items and of votes.
    /// - Throws: ``PlatformError`` `forbidden` unless the tenant is the viewer's to administer.
    public func eraseParticipant(_ participant: String, scope: Scope) async throws -> ErasedCounts {
        try await eraseParticipant(participant, scope: scope, idempotency: nil).erased
    }

    /// The same for a request with a key, and whether an earlier one has done it.
    public func eraseParticipant(
        _ participant: String, scope: Scope, idempotency: IdempotencyKey?
    ) async throws -> (erased: ErasedCounts, isReplay: Bool) {
        try require(.administerTenant, scope: scope)
        let result = try await erase(participant, byAuthor: false, scope: scope, idempotency: idempotency)
        try await purge()
        return result
    }

    /// Erases everything of a participant in one transaction; whose it may be has been asked before.
    func erase(
        _ participant: String, byAuthor: Bool, scope: Scope, idempotency: IdempotencyKey? = nil
    ) async throws -> (erased: ErasedCounts, isReplay: Bool) {
        let time = now()
        let (erased, isReplay) = try await once(idempotency, "erasures", scope: scope) { earlier, _ in
            earlier.answer.flatMap(ErasedCounts.init)
        } _: { writer, _ in
            let items = try writer.reader.items(of: participant)
            for key in Set(items.map(\.proceeding)) {
                // Erasure needs the key of a proceeding and nothing else of it.
                let proceeding = Proceeding(tenant: scope.tenant.id, id: "", key: key, name: "")
                for item in items where item.proceeding == key {
                    try writer.erase(item.item, in: proceeding, now: time)
                }
                try writer.touch(proceeding)
            }
            try writer.audit("participant.erase", byAuthor: byAuthor, now: time)
            let erased = ErasedCounts(items: items.count, votes: try writer.forgetVotesAndReports(of: participant))
            return Done(value: erased, answer: erased.text)
        }
        return (erased, isReplay)
    }
}
