import GeoCore
import Participation

/// One entry of the audit log.
public struct AuditEvent: Sendable, Hashable {
    /// Number in the tenant, from 1 without gaps.
    public var number: Int64
    /// When, milliseconds since 1970.
    public var time: Int64
    /// Who: an account, a key, or `participant` where a citizen did it.
    public var actor: String
    /// What was done, as a dotted word such as `contribution.hide`.
    public var action: String
    /// On what, as a path such as `proceedings/hafen/contributions/12`; ids, never content.
    public var item: String?
    /// Why.
    public var reason: String?
    /// The request it came with.
    public var request: String?
    /// The digest of the event before; 32 zeros for the first.
    public var previous: [UInt8]
    /// SHA-256 over `previous` and the canonical JSON of the rest.
    public var hash: [UInt8]

    /// The digest that the event must have: members in alphabetical order, no blanks.
    public func digest(tenant: Int64) -> [UInt8] {
        func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
        var bytes = previous
        JSONValue.object([
            .init("action", .string(action)), .init("actor", .string(actor)), .init("item", text(item)),
            .init("number", .integer(number)), .init("reason", text(reason)), .init("request", text(request)),
            .init("tenant", .integer(tenant)), .init("time", .integer(time)),
        ]).append(to: &bytes)
        return SHA256.digest(bytes)
    }

    static let columns = "number, time, actor, action, item, reason, request, previous, hash"

    init(_ row: any SQLRow) {
        number = row.integer(0)
        time = row.integer(1)
        actor = row.text(2)
        action = row.text(3)
        item = row.optionalText(4)
        reason = row.optionalText(5)
        request = row.optionalText(6)
        previous = row.blob(7)
        hash = row.blob(8)
    }

    init(
        number: Int64, time: Int64, actor: String, action: String, item: String?, reason: String?, request: String?,
        previous: [UInt8], tenant: Int64
    ) {
        self.number = number
        self.time = time
        self.actor = actor
        self.action = action
        self.item = item
        self.reason = reason
        self.request = request
        self.previous = previous
        hash = []
        hash = digest(tenant: tenant)
    }
}
