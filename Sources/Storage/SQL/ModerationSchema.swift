extension Schema {
    /// What moderators do: decisions, the queue, earlier texts, words that hold texts back.
    public static let moderation: [String] = [
        "ALTER TABLE contribution ADD COLUMN redacted INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE comment ADD COLUMN redacted INTEGER NOT NULL DEFAULT 0",
        """
        CREATE TABLE earlier_text (
            tenant BIGINT NOT NULL, proceeding BIGINT NOT NULL, item BIGINT NOT NULL, version BIGINT NOT NULL,
            title TEXT, text TEXT NOT NULL, cause TEXT NOT NULL, replaced BIGINT NOT NULL,
            PRIMARY KEY (tenant, proceeding, item, version),
            FOREIGN KEY (tenant, proceeding) REFERENCES proceeding (tenant, proceeding))
        """,
        "CREATE INDEX earlier_text_age ON earlier_text (tenant, proceeding, replaced)",
        """
        CREATE TABLE moderation_event (
            tenant BIGINT NOT NULL, proceeding BIGINT NOT NULL, item BIGINT NOT NULL, id BIGINT NOT NULL,
            kind INTEGER NOT NULL, action TEXT NOT NULL, state_before INTEGER NOT NULL, state_after INTEGER NOT NULL,
            reason TEXT, note TEXT, account TEXT, created BIGINT NOT NULL,
            PRIMARY KEY (tenant, proceeding, item, id),
            FOREIGN KEY (tenant, proceeding) REFERENCES proceeding (tenant, proceeding))
        """,
        """
        CREATE TABLE moderation_queue (
            tenant BIGINT NOT NULL, proceeding BIGINT NOT NULL, item BIGINT NOT NULL, kind INTEGER NOT NULL,
            contribution BIGINT NOT NULL, need BIGINT NOT NULL, reports BIGINT NOT NULL, signs BIGINT NOT NULL,
            since BIGINT NOT NULL,
            PRIMARY KEY (tenant, proceeding, item),
            FOREIGN KEY (tenant, proceeding) REFERENCES proceeding (tenant, proceeding))
        """,
        "CREATE INDEX moderation_order ON moderation_queue (tenant, proceeding, need DESC, item)",
        """
        CREATE TABLE held_word (
            tenant BIGINT NOT NULL REFERENCES tenant (tenant), proceeding BIGINT NOT NULL, word TEXT NOT NULL,
            PRIMARY KEY (tenant, proceeding, word))
        """,
    ]
}
