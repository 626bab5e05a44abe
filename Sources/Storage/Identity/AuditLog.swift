import Participation

extension Viewer {
    /// Who an audit event names: the account of staff, else only that it was a citizen.
    var auditName: String {
        if let account, participant == nil || !grants.isEmpty { return account }
        return auditNameOfAuthor
    }

    /// Who an audit event names for what somebody does to their own items: never the account, or it would tell who wrote
    /// them.
    var auditNameOfAuthor: String { participant == nil && account == nil ? "anonymous" : "participant" }
}

extension ScopedWriter {
    /// Writes one event to the audit log of the tenant, in the transaction of the change it tells of.
    ///
    /// - Parameters:
    ///   - action: what was done, as a dotted word such as `contribution.hide`.
    ///   - item: on what, as a path of ids such as `proceedings/hafen/contributions/12`; never content.
    ///   - reason: why; no personal data.
    ///   - byAuthor: whether the author of the item did it, who is not named.
    ///   - now: the time of the server, milliseconds since 1970.
    public func audit(
        _ action: String, item: String? = nil, reason: String? = nil, byAuthor: Bool = false, now: Int64
    ) throws {
        try AuditLog(connection).append(
            action, item: item, reason: reason,
            actor: byAuthor ? scope.viewer.auditNameOfAuthor : scope.viewer.auditName, request: scope.request,
            tenant: tenant, now: now)
    }
}

/// The audit log of all tenants, for those who write or check it without a scope.
public struct AuditLog {
    private let connection: any SQLConnection
    /// The key under which the installation itself is logged.
    public static let installation: Int64 = 0

    /// Opens the log inside a transaction.
    public init(_ connection: any SQLConnection) { self.connection = connection }

    /// Adds one event at the end of a tenant's chain.
    public func append(
        _ action: String, item: String?, reason: String?, actor: String, request: String?, tenant: Int64, now: Int64
    ) throws {
        let last = try connection.first(
            "SELECT number, hash FROM audit_event WHERE tenant = \(tenant) ORDER BY number DESC LIMIT 1"
        ) { (number: $0.integer(0), hash: $0.blob(1)) }
        let (number, previous) = try last ?? start(of: tenant)
        let event = AuditEvent(
            number: number + 1, time: now, actor: actor, action: action, item: item, reason: reason, request: request,
            previous: previous, tenant: tenant)
        try connection.execute(
            """
            INSERT INTO audit_event (tenant, \(raw: AuditEvent.columns))
            VALUES (\(tenant), \(event.number), \(event.time), \(event.actor), \(event.action), \(event.item),
                \(event.reason), \(event.request), \(event.previous), \(event.hash))
            """)
    }

    /// Number and digest before the first event that is kept.
    private func start(of tenant: Int64) throws -> (number: Int64, hash: [UInt8]) {
        try connection.first("SELECT through, hash FROM audit_release WHERE tenant = \(tenant)") { row in
            (row.integer(0), row.blob(1))
        } ?? (0, [UInt8](repeating: 0, count: 32))
    }

    /// One page of the log of a tenant, newest first.
    public func events(of tenant: Int64, limit: Int, after cursor: Cursor?) throws -> Page<AuditEvent> {
        let before: SQL = cursor.map { "number < \($0.minor)" } ?? "TRUE"
        var items = try connection.rows(
            """
            SELECT \(raw: AuditEvent.columns) FROM audit_event WHERE tenant = \(tenant) AND \(before)
            ORDER BY number DESC LIMIT \(Int64(limit) + 1)
            """, AuditEvent.init)
        guard items.count > limit else { return Page(items: items, next: nil) }
        items.removeLast(items.count - limit)
        return Page(items: items, next: items.last.map { Cursor(major: 0, minor: $0.number) })
    }

    /// Walks the chain of a tenant and stops at the first event that does not fit.
    ///
    /// - Complexity: one digest an event.
    public func check(_ tenant: Int64) throws -> AuditCheck {
        var (number, hash) = try start(of: tenant)
        var result = AuditCheck(count: 0, head: hash, broken: nil)
        try connection.query(
            "SELECT \(raw: AuditEvent.columns) FROM audit_event WHERE tenant = \(tenant) ORDER BY number"
        ) { row in
            let event = AuditEvent(row)
            guard event.number == number + 1, event.previous == hash, event.hash == event.digest(tenant: tenant) else {
                result.broken = number + 1
                return false
            }
            (number, hash) = (event.number, event.hash)
            result.count += 1
            result.head = hash
            return true
        }
        return result
    }
}

/// What a walk along an audit chain found.
public struct AuditCheck: Sendable, Hashable {
    /// Sound events from the beginning.
    public var count: Int
    /// Digest of the last sound event.
    public var head: [UInt8]
    /// Number of the first event that is missing, changed or chained wrongly; `nil` when all is sound.
    public var broken: Int64?
}
