import Participation
import Storage
import Synchronization

/// What a request has done, and what is kept of it beside its key.
struct Done<Value: Sendable>: Sendable {
    /// What is answered.
    var value: Value
    /// Number of the item it made or changed, by which a repeated request finds it again.
    var item: Int64 = 0
    /// The answer itself where nothing is left to read it from: numbers alone, never texts or secrets.
    var answer: String?
}

extension Installation {
    /// Does something once for each key of a caller, in one transaction with what is remembered of it: a repeated
    /// request reads what the first has done.
    ///
    /// - Parameters:
    ///   - route: where the key counts, beside tenant and caller.
    ///   - again: reads what an earlier request has done; `nil` when that is gone.
    /// - Returns: the value, and whether an earlier request with the same key had done it.
    /// - Throws: ``PlatformError`` `invalidInput` when that request had another body, `notFound` when what it made is
    ///   gone; what `work` throws.
    func once<Value: Sendable>(
        _ key: IdempotencyKey?, _ route: String, scope: Scope,
        again: @escaping @Sendable (EarlierRequest, ScopedReader) throws -> Value?,
        _ work: @escaping @Sendable (ScopedWriter, any SQLConnection) throws -> Done<Value>
    ) async throws -> (value: Value, isReplay: Bool) {
        let (place, time) = (Self.idempotencyScope(route, scope: scope), now())
        return try await engine.write { connection in
            let writer = scope.writer(connection)
            if let earlier = try Self.earlier(key, route: place, writer: writer) {
                guard let value = try again(earlier, writer.reader) else { throw Self.goneSince }
                return (value, true)
            }
            let done = try work(writer, connection)
            try writer.remember(key, route: place, item: done.item, answer: done.answer, now: time)
            return (done.value, false)
        }
    }

    /// What an earlier request with the key has done, before work that takes more than one transaction.
    func earlier<Value: Sendable>(
        _ key: IdempotencyKey?, _ route: String, scope: Scope,
        again: @escaping @Sendable (EarlierRequest, ScopedReader) throws -> Value?
    ) async throws -> Value? {
        guard key != nil else { return nil }
        let place = Self.idempotencyScope(route, scope: scope)
        return try await engine.write { connection in
            let writer = scope.writer(connection)
            guard let earlier = try Self.earlier(key, route: place, writer: writer) else { return nil }
            guard let value = try again(earlier, writer.reader) else { throw Self.goneSince }
            return value
        }
    }

    /// Holds a key for work that takes more than one transaction, until ``end(_:)``: of two requests with one key that come
    /// at once the second is told to come again.
    ///
    /// Keys are held in memory: one process serves an installation.
    ///
    /// - Throws: ``PlatformError`` `conflict` while another request holds the key.
    func begin(_ key: IdempotencyKey?, _ route: String, scope: Scope) throws -> String? {
        guard let key else { return nil }
        let name = "\(scope.tenant.key) \(Self.idempotencyScope(route, scope: scope)) \(key.name)"
        guard underWay.withLock({ $0.insert(name).inserted }) else {
            throw PlatformError(
                .conflict, "a request with this Idempotency-Key is under way",
                hint: "send it again when that has ended",
                retryAfter: 5)
        }
        return name
    }

    /// Frees what ``begin(_:_:scope:)`` holds.
    func end(_ name: String?) {
        if let name { underWay.withLock { _ = $0.remove(name) } }
    }

    private static var goneSince: PlatformError {
        PlatformError(.notFound, "what this Idempotency-Key had made is gone")
    }
}

extension ScopedWriter {
    /// Remembers the last of several transactions; of two requests with one key that ran at once, the first counts.
    func rememberAlso(
        _ idempotency: IdempotencyKey?, route: String, item: Int64 = 0, answer: String? = nil, now: Int64
    ) throws {
        guard try Installation.earlier(idempotency, route: route, writer: self) == nil else { return }
        try remember(idempotency, route: route, item: item, answer: answer, now: now)
    }

    /// Remembers what a request made under its key.
    func remember(
        _ idempotency: IdempotencyKey?, route: String, item: Int64, answer: String? = nil, now: Int64
    ) throws {
        guard let idempotency else { return }
        try remember(
            key: idempotency.name, scope: route, body: idempotency.body, item: item, answer: answer, now: now)
    }
}
