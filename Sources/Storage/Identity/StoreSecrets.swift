import Participation

/// Secrets of the store that no tenant has for itself.
public struct StoreSecrets {
    private let connection: any SQLConnection

    /// Opens the secrets inside a transaction.
    public init(_ connection: any SQLConnection) { self.connection = connection }

    /// What hides the places of cursors, as digits; `nil` before the first one.
    public func cursorKey() throws -> String? {
        try connection.first("SELECT value FROM setting WHERE name = 'cursor_key'") { $0.text(0) }
    }

    /// The same, made where there is none yet.
    public func makeCursorKey() throws -> String {
        if let key = try cursorKey() { return key }
        let key = Secret.hexadecimal(Secret.bytes(32))
        try connection.execute("INSERT INTO setting (name, value) VALUES ('cursor_key', \(key))")
        return key
    }
}
