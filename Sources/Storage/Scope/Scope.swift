public import Participation

/// Who asks, and of which tenant: the argument without which nothing is read or written.
public struct Scope: Sendable, Hashable {
    /// The tenant.
    public var tenant: Tenant
    /// Who asks.
    public var viewer: Viewer
    /// The request it came with, as audit events name it.
    public var request: String?

    /// Makes a scope; the tenant must come from the store.
    public init(tenant: Tenant, viewer: Viewer, request: String? = nil) {
        self.tenant = tenant
        self.viewer = viewer
        self.request = request
    }

    /// Opens the tenant's data for reading.
    public func reader(_ connection: any SQLConnection) -> ScopedReader {
        ScopedReader(scope: self, connection: connection)
    }

    /// Opens the tenant's data for writing.
    public func writer(_ connection: any SQLConnection) -> ScopedWriter {
        ScopedWriter(scope: self, connection: connection)
    }
}

/// Reads of one tenant, seen by one viewer.
public struct ScopedReader {
    let scope: Scope
    let connection: any SQLConnection

    var tenant: Int64 { scope.tenant.key }

    /// The visibility rule as a condition on a table with a column `state`.
    func isVisible(_ table: String, in proceeding: Proceeding) -> SQL {
        "\(raw: table).state IN \(SQL.list(scope.viewer.visibleStates(in: proceeding.key).map(\.rawValue)))"
    }
}

/// Writes of one tenant.
public struct ScopedWriter {
    let scope: Scope
    let connection: any SQLConnection

    var tenant: Int64 { scope.tenant.key }

    /// The same scope for reading inside the transaction.
    public var reader: ScopedReader { ScopedReader(scope: scope, connection: connection) }

    /// Takes `count` numbers from a counter and returns the first.
    func take(_ count: Int64 = 1, from counter: String) throws -> Int64 {
        let last = try connection.first(
            "UPDATE counter SET value = value + \(count) WHERE name = \(counter) RETURNING value"
        ) { $0.integer(0) }
        guard let last else { throw StorageError(.corrupt, "the store lacks a counter", detail: counter) }
        return last - count + 1
    }

    /// Marks the proceeding's data as changed.
    public func touch(_ proceeding: Proceeding) throws {
        try connection.execute(
            """
            UPDATE proceeding SET data_version = data_version + 1
            WHERE tenant = \(tenant) AND proceeding = \(proceeding.key)
            """)
    }
}
