import GeoCore
public import OutboundHTTP
import Participation
import Storage

extension Installation {
    /// Sends what is due, several receivers at once and each in order, and writes down how it went.
    ///
    /// At least once: what was sent and not written down is sent again. A receiver that fails is left alone for a while
    /// that doubles; after ``BackOff/mostAttempts`` attempts, or when it answers 410, a delivery is given up.
    ///
    /// - Returns: how many deliveries were tried.
    /// - Throws: `StorageError`, `CancellationError`.
    public func deliverWebhooks(policy: OutboundPolicy, limit: Int = 100) async throws -> Int {
        var policy = policy
        policy.totalTimeout = min(policy.totalTimeout, .seconds(10))
        // What a receiver says is read as far as its status, and never kept.
        policy.maximumBytes = 64 << 10
        let client = OutboundClient(policy: policy)
        let time = now()
        let due = try await engine.read { try Outbox($0).due(at: time, limit: limit) }
        guard !due.isEmpty else { return 0 }
        let queues = Dictionary(grouping: due) { $0.delivery.webhook }.values.sorted {
            ($0.first?.delivery.id ?? 0) < ($1.first?.delivery.id ?? 0)
        }
        return try await withThrowingTaskGroup(of: Int.self) { group in
            var (count, started) = (0, 0)
            for queue in queues {
                if started >= 4 { count += try await group.next() ?? 0 }
                started += 1
                group.addTask { try await self.deliver(queue, client) }
            }
            for try await done in group { count += done }
            return count
        }
    }

    /// Sends to one receiver until one attempt fails.
    private func deliver(_ queue: [DueDelivery], _ client: OutboundClient) async throws -> Int {
        var tried = 0
        for entry in queue {
            try Task.checkCancellation()
            tried += 1
            var result = entry.delivery
            result.attempts += 1
            (result.status, result.fault) = (nil, nil)
            let sent = now()
            do {
                let answer = try await client.send(Self.request(entry, at: sent))
                result.status = Int64(answer.status)
                if answer.isGood { result.outcome = .delivered }
                if answer.status == 410 { result.outcome = .givenUp }
            } catch let error as OutboundError {
                result.fault = error.description
                // An answer that is too long is an answer.
                if case .tooLarge = error { (result.outcome, result.fault) = (.delivered, nil) }
            }
            if result.outcome == .waiting {
                if result.attempts >= BackOff.mostAttempts { result.outcome = .givenUp }
                result.due = sent + BackOff.delay(after: result.attempts)
            }
            let written = result
            let ended = now()
            try await engine.write { try Outbox($0).record(entry, written, at: ended) }
            if result.outcome != .delivered { break }
        }
        return tried
    }

    /// Forgets deliveries that ended more than thirty days ago, and webhooks that have ended.
    public func forgetDeliveries() async throws {
        let time = now()
        try await engine.write { connection in
            try Outbox(connection).forget(before: time - 30 * 86_400_000)
            try Outbox(connection).removeEnded(at: time)
        }
    }

    /// The request: a small JSON object, signed with the time so that an old one can be told from a new one.
    private static func request(_ entry: DueDelivery, at time: Int64) -> OutboundRequest {
        let delivery = entry.delivery
        func number(_ value: Int64?) -> JSONValue { value.map { .string(String($0)) } ?? .null }
        let body = JSONValue.object([
            .init("id", .string(String(delivery.id))), .init("event", .string(delivery.event)),
            .init("tenant", .string(entry.tenantID)), .init("proceeding", .string(delivery.proceeding)),
            .init("item", number(delivery.item)),
            .init("contribution", number(delivery.root?.kind == .contribution ? delivery.root?.id : nil)),
            .init("conception", number(delivery.root?.kind == .conception ? delivery.root?.id : nil)),
            .init("state", delivery.state.map { .string($0.name) } ?? .null),
            .init("time", .string(Timestamp.rfc3339(Timestamp.minute(delivery.created)))),
        ]).encoded
        return OutboundRequest(
            entry.url, method: .post(body),
            fields: [
                .init("Content-Type", "application/json"), .init("Mitplan-Event", delivery.event),
                .init("Mitplan-Delivery", String(delivery.id)),
                .init(
                    "Mitplan-Signature", WebhookSignature.field(body, key: entry.secret, seconds: time / 1000)),
            ])
    }
}

/// The signature of a delivery, as receivers compute it again.
public enum WebhookSignature {
    /// `t=<seconds since 1970>,v1=<hexadecimal>`: HMAC-SHA-256 under the secret over the seconds, a point and the body.
    ///
    /// Receivers refuse what is older than five minutes, and compare without leaving off early.
    public static func field(_ body: [UInt8], key: [UInt8], seconds: Int64) -> String {
        let digest = HMAC.sha256(Array("\(seconds).".utf8) + body, key: key)
        return "t=\(seconds),v1=" + hexadecimal(digest)
    }

    /// Bytes as digits.
    static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
