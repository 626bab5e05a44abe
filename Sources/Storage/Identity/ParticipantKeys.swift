import Participation

/// The keys of a tenant behind participants' names.
public struct ParticipantKey: Sendable, Hashable {
    /// Number of the key; a token of another generation is worth nothing.
    public var generation: Int64
    /// What signs the tokens.
    public var secret: [UInt8]
    /// What makes pseudonyms of accounts; never changed.
    public var pseudonym: [UInt8]
}

extension ScopedReader {
    /// The keys of the tenant; `nil` before the first token.
    public func participantKey() throws -> ParticipantKey? {
        try connection.first(
            "SELECT generation, secret, pseudonym FROM participant_key WHERE tenant = \(tenant)"
        ) { row in
            ParticipantKey(generation: row.integer(0), secret: row.blob(1), pseudonym: row.blob(2))
        }
    }
}

extension ScopedWriter {
    /// The keys of the tenant, made where there are none yet.
    public func participantKey(now: Int64) throws -> ParticipantKey {
        if let key = try reader.participantKey() { return key }
        return try setParticipantKey(generation: 1, pseudonym: Secret.bytes(32), now: now)
    }

    /// Makes a new key that signs tokens; all tokens given so far are worth nothing from now on.
    public func rotateParticipantKey(now: Int64) throws -> ParticipantKey {
        let last = try participantKey(now: now)
        return try setParticipantKey(generation: last.generation + 1, pseudonym: last.pseudonym, now: now)
    }

    private func setParticipantKey(generation: Int64, pseudonym: [UInt8], now: Int64) throws -> ParticipantKey {
        let key = ParticipantKey(generation: generation, secret: Secret.bytes(32), pseudonym: pseudonym)
        try connection.execute(
            """
            INSERT INTO participant_key (tenant, generation, secret, pseudonym, created)
            VALUES (\(tenant), \(generation), \(key.secret), \(pseudonym), \(now))
            ON CONFLICT (tenant) DO UPDATE SET generation = excluded.generation, secret = excluded.secret,
                created = excluded.created
            """)
        return key
    }
}
