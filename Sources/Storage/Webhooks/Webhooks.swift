public import Participation

/// A delivery that is due, with where it goes.
public struct DueDelivery: Sendable {
    /// What is told.
    public var delivery: WebhookDelivery
    /// Key of the tenant.
    public var tenant: Int64
    /// Slug of the tenant.
    public var tenantID: String
    /// Where to.
    public var url: String
    /// The key of its signature.
    public var secret: [UInt8]
}

extension ScopedReader {
    /// The webhooks of the tenant, oldest first.
    public func webhooks() throws -> [Webhook] {
        try connection.rows(
            "SELECT id, url, events, proceeding, created, ends FROM webhook WHERE tenant = \(tenant) ORDER BY id"
        ) { row in
            Webhook(
                id: row.integer(0), url: row.text(1),
                events: Set(row.text(2).split(separator: ",").compactMap { FeedEvent(rawValue: String($0)) }),
                proceeding: row.optionalInteger(3), created: row.integer(4), ends: row.optionalInteger(5))
        }
    }

    /// The deliveries to a webhook, newest first, one page.
    public func deliveries(of webhook: Int64, limit: Int, after cursor: Cursor?) throws -> Page<WebhookDelivery> {
        var items = try connection.rows(
            """
            SELECT \(raw: WebhookDelivery.columns) FROM webhook_delivery d LEFT JOIN proceeding q
                ON q.tenant = d.tenant AND q.proceeding = d.proceeding
            WHERE d.tenant = \(tenant) AND d.webhook = \(webhook) AND d.id < \(cursor?.minor ?? .max)
            ORDER BY d.id DESC LIMIT \(limit + 1)
            """, WebhookDelivery.init(row:))
        guard items.count > limit else { return Page(items: items, next: nil) }
        items.removeLast(items.count - limit)
        return Page(items: items, next: items.last.map { Cursor(major: 0, minor: $0.id) })
    }
}

extension ScopedWriter {
    /// Adds a webhook and gives it its number.
    public func add(_ webhook: Webhook, secret: [UInt8]) throws -> Webhook {
        var stored = webhook
        stored.id = try take(from: "item")
        let events = webhook.events.isEmpty ? "" : ",\(webhook.events.map(\.rawValue).sorted().joined(separator: ",")),"
        try connection.execute(
            """
            INSERT INTO webhook (tenant, id, url, secret, events, proceeding, created, ends)
            VALUES (\(tenant), \(stored.id), \(stored.url), \(secret), \(events), \(stored.proceeding),
                \(stored.created), \(stored.ends))
            """)
        return stored
    }

    /// Removes a webhook with its log and what waits for it; answers whether it was there.
    public func removeWebhook(_ id: Int64) throws -> Bool {
        try connection.execute("DELETE FROM webhook WHERE tenant = \(tenant) AND id = \(id)") > 0
    }
}

/// The outbox of the whole installation, for the one who delivers.
public struct Outbox {
    private let connection: any SQLConnection

    /// Opens the outbox inside a transaction.
    public init(_ connection: any SQLConnection) { self.connection = connection }

    /// What is due, in order of time and number.
    public func due(at now: Int64, limit: Int) throws -> [DueDelivery] {
        try connection.rows(
            """
            SELECT \(raw: WebhookDelivery.columns), d.tenant, t.id, w.url, w.secret
            FROM webhook_delivery d JOIN webhook w ON w.tenant = d.tenant AND w.id = d.webhook
                JOIN tenant t ON t.tenant = d.tenant
                LEFT JOIN proceeding q ON q.tenant = d.tenant AND q.proceeding = d.proceeding
            WHERE d.outcome = 0 AND d.due <= \(now) AND (w.ends IS NULL OR w.ends > \(now))
            ORDER BY d.due, d.id LIMIT \(limit)
            """
        ) { row in
            DueDelivery(
                delivery: WebhookDelivery(row: row), tenant: row.integer(14), tenantID: row.text(15),
                url: row.text(16), secret: row.blob(17))
        }
    }

    /// Writes down an attempt; after one that failed, nothing goes to that receiver before the next is due.
    public func record(_ delivery: DueDelivery, _ result: WebhookDelivery, at now: Int64) throws {
        try connection.execute(
            """
            UPDATE webhook_delivery SET attempts = \(result.attempts), due = \(result.due),
                outcome = \(result.outcome.rawValue), status = \(result.status), fault = \(result.fault),
                ended = \(result.outcome == .waiting ? nil : now)
            WHERE id = \(result.id) AND tenant = \(delivery.tenant)
            """)
        guard result.outcome == .waiting else { return }
        try connection.execute(
            """
            UPDATE webhook_delivery SET due = \(result.due)
            WHERE tenant = \(delivery.tenant) AND webhook = \(result.webhook) AND outcome = 0 AND due < \(result.due)
            """)
    }

    /// Removes webhooks that have ended, with what waits for them.
    public func removeEnded(at now: Int64) throws {
        try connection.execute("DELETE FROM webhook WHERE ends <= \(now)")
    }

    /// Forgets what ended before an instant.
    public func forget(before instant: Int64) throws {
        try connection.execute("DELETE FROM webhook_delivery WHERE ended < \(instant)")
    }
}

extension WebhookDelivery {
    static let columns = """
        d.id, d.webhook, d.event, coalesce(q.id, d.name), d.item, d.contribution, d.state, d.created, d.attempts, d.due, d.outcome,
        d.status, d.fault, d.conception
        """

    init(row: any SQLRow) {
        self.init(
            id: row.integer(0), webhook: row.integer(1), event: row.text(2), proceeding: row.text(3),
            item: row.optionalInteger(4),
            root: row.isNull(5) && row.isNull(13)
                ? nil : CommentRoot(contribution: row.integer(5), conception: row.optionalInteger(13)),
            state: row.optionalInteger(6).flatMap(Contribution.State.init), created: row.integer(7),
            attempts: row.integer(8), due: row.integer(9), outcome: Outcome(rawValue: row.integer(10)) ?? .givenUp,
            status: row.optionalInteger(11), fault: row.optionalText(12))
    }
}
