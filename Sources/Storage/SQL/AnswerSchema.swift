extension Schema {
    /// Official answers, and what tells harvesters of changes.
    public static let answers: [String] = [
        "ALTER TABLE contribution ADD COLUMN status INTEGER NOT NULL DEFAULT 0",
        """
        CREATE TABLE answer (
            tenant BIGINT NOT NULL, proceeding BIGINT NOT NULL, contribution BIGINT NOT NULL, id BIGINT NOT NULL,
            status INTEGER NOT NULL, text TEXT NOT NULL, links TEXT NOT NULL, account TEXT, created BIGINT NOT NULL,
            PRIMARY KEY (tenant, proceeding, contribution, id),
            FOREIGN KEY (tenant, proceeding, contribution) REFERENCES contribution (tenant, proceeding, id))
        """,
        "CREATE INDEX contribution_changed ON contribution (tenant, proceeding, changed, id, state, version)",
        "CREATE INDEX comment_changed ON comment (tenant, proceeding, contribution, changed, id)",
    ]
}
