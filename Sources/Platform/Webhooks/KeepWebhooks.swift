public import Participation
public import Storage

extension Installation {
    /// Most webhooks of a tenant.
    public static var webhookLimit: Int { 50 }

    /// Adds an address that is told of changes; one that is added in an emergency access ends with it.
    ///
    /// Whether it may be asked is decided when something is sent: only then its name is looked up.
    ///
    /// - Returns: the webhook, and the key of its signatures as text, which is never shown again; `nil` where an earlier
    ///   request with the same key had added it.
    /// - Throws: ``PlatformError`` `forbidden`, `invalidInput` for an address that is none, `conflict` above the limit.
    public func addWebhook(
        url: String, events: Set<FeedEvent>, proceeding: Proceeding?, scope: Scope,
        idempotency: IdempotencyKey? = nil
    ) async throws -> (webhook: Webhook, secret: String?) {
        try require(.administerTenant, scope: scope)
        guard AddressRule.isAddress(url) else {
            throw PlatformError(
                .invalidInput, "the address is not usable",
                violations: [
                    RuleViolation(
                        pointer: "/url", code: "url",
                        detail: "must be like https://example.org/hook, without user and password")
                ])
        }
        var generator = SystemRandomNumberGenerator()
        let secret = WebhookSignature.hexadecimal(
            (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
        let draft = Webhook(url: url, events: events, proceeding: proceeding?.key, created: now())
        let (stored, isReplay) = try await once(idempotency, "webhooks", scope: scope) { earlier, reader in
            try reader.webhooks().first { $0.id == earlier.item }
        } _: { writer, _ in
            guard try writer.reader.webhooks().count < Self.webhookLimit else {
                throw PlatformError(.conflict, "there are \(Self.webhookLimit) webhooks already; remove one first")
            }
            var wanted = draft
            wanted.ends = try writer.reader.end(ofWhatIsMadeAt: draft.created)
            let stored = try writer.add(wanted, secret: Array(secret.utf8))
            try writer.audit("webhook.add", item: "webhooks/\(stored.id)", now: draft.created)
            return Done(value: stored, item: stored.id)
        }
        return (stored, isReplay ? nil : secret)
    }

    /// The webhooks of the tenant, oldest first.
    public func webhooks(scope: Scope) async throws -> [Webhook] {
        try require(.administerTenant, scope: scope)
        return try await engine.read { try scope.reader($0).webhooks() }
    }

    /// Removes a webhook, its log and what waits for it.
    ///
    /// - Throws: ``PlatformError`` `notFound`, `forbidden`.
    public func removeWebhook(_ id: Int64, scope: Scope) async throws {
        try require(.administerTenant, scope: scope)
        let time = now()
        try await engine.write { connection in
            let writer = scope.writer(connection)
            guard try writer.removeWebhook(id) else {
                throw PlatformError(.notFound, "there is no webhook of that number")
            }
            try writer.audit("webhook.remove", item: "webhooks/\(id)", now: time)
        }
    }

    /// What was sent to a webhook and what waits, newest first, one page.
    ///
    /// - Throws: ``PlatformError`` `notFound`, `forbidden`.
    public func deliveries(
        of webhook: Int64, limit: Int, after cursor: Cursor?, scope: Scope
    ) async throws -> Page<WebhookDelivery> {
        try require(.administerTenant, scope: scope)
        let page = try await engine.read { connection -> Page<WebhookDelivery>? in
            let reader = scope.reader(connection)
            guard try reader.webhooks().contains(where: { $0.id == webhook }) else { return nil }
            return try reader.deliveries(of: webhook, limit: limit, after: cursor)
        }
        guard let page else { throw PlatformError(.notFound, "there is no webhook of that number") }
        return page
    }
}
