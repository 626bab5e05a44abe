public import Participation

extension ScopedWriter {
    /// Shows a proceeding that was being made.
    ///
    /// - Returns: whether it is still there: a sweep may have taken it meanwhile.
    public func finish(_ proceeding: Proceeding, now: Int64) throws -> Bool {
        try connection.execute(
            """
            UPDATE proceeding SET making = 0, changed = \(now)
            WHERE tenant = \(tenant) AND proceeding = \(proceeding.key) AND making = 1
            """) == 1
    }

    /// Takes away a proceeding that was being made, as if it had never been begun.
    public func discard(_ proceeding: Proceeding) throws {
        try Deletion(connection: connection, tenant: tenant).delete(proceeding: proceeding.key)
    }
}

/// What was begun in more than one transaction and has not ended: files whose parts came in, proceedings under way.
public struct Unfinished {
    private let connection: any SQLConnection

    /// Opens what is unfinished, of all tenants, inside a transaction.
    public init(_ connection: any SQLConnection) { self.connection = connection }

    /// Removes all of it.
    ///
    /// - Returns: how many files and proceedings that were.
    public func sweep() throws -> Int {
        let begun = try connection.rows("SELECT tenant, proceeding FROM proceeding WHERE making = 1") { row in
            (tenant: row.integer(0), proceeding: row.integer(1))
        }
        for one in begun {
            try Deletion(connection: connection, tenant: one.tenant).delete(proceeding: one.proceeding)
        }
        return begun.count + (try connection.execute("DELETE FROM download WHERE complete = 0"))
    }
}
