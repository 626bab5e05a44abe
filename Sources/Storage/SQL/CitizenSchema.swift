extension Schema {
    /// What citizens do beside writing: authorship, votes that can be changed, reports.
    ///
    /// Votes that came with an import stay as a base (`base_up`, `base_down`) to which votes cast here are added, so
    /// that a repeated import changes the base alone.
    public static let citizens: [String] = [
        "ALTER TABLE contribution ADD COLUMN author TEXT",
        "ALTER TABLE contribution ADD COLUMN channel TEXT NOT NULL DEFAULT 'online'",
        "ALTER TABLE contribution ADD COLUMN language TEXT",
        "ALTER TABLE contribution ADD COLUMN version BIGINT NOT NULL DEFAULT 1",
        "ALTER TABLE contribution ADD COLUMN edited BIGINT",
        "ALTER TABLE contribution ADD COLUMN base_up BIGINT NOT NULL DEFAULT 0",
        "ALTER TABLE contribution ADD COLUMN base_down BIGINT NOT NULL DEFAULT 0",
        "ALTER TABLE contribution ADD COLUMN receipt BLOB",
        "ALTER TABLE contribution ADD COLUMN fingerprint BIGINT",
        "UPDATE contribution SET base_up = votes_up, base_down = votes_down",
        "UPDATE contribution SET channel = 'import' WHERE source IS NOT NULL",
        """
        CREATE INDEX contribution_author ON contribution (tenant, author, created, id) WHERE author IS NOT NULL
        """,
        """
        CREATE INDEX contribution_fingerprint ON contribution (tenant, proceeding, fingerprint, author)
            WHERE fingerprint IS NOT NULL AND author IS NOT NULL
        """,
        "ALTER TABLE comment ADD COLUMN author TEXT",
        "ALTER TABLE comment ADD COLUMN thread BIGINT NOT NULL DEFAULT 0",
        "ALTER TABLE comment ADD COLUMN version BIGINT NOT NULL DEFAULT 1",
        "ALTER TABLE comment ADD COLUMN changed BIGINT NOT NULL DEFAULT 0",
        "ALTER TABLE comment ADD COLUMN edited BIGINT",
        "ALTER TABLE comment ADD COLUMN votes_up BIGINT NOT NULL DEFAULT 0",
        "ALTER TABLE comment ADD COLUMN votes_down BIGINT NOT NULL DEFAULT 0",
        "ALTER TABLE comment ADD COLUMN receipt BLOB",
        """
        WITH RECURSIVE tree (tenant, proceeding, contribution, id, thread) AS (
            SELECT tenant, proceeding, contribution, id, id FROM comment WHERE parent IS NULL
            UNION ALL
            SELECT m.tenant, m.proceeding, m.contribution, m.id, tree.thread FROM tree JOIN comment m
                ON m.tenant = tree.tenant AND m.proceeding = tree.proceeding
                AND m.contribution = tree.contribution AND m.parent = tree.id)
        UPDATE comment SET thread = tree.thread, changed = comment.created FROM tree
        WHERE comment.tenant = tree.tenant AND comment.proceeding = tree.proceeding AND comment.id = tree.id
        """,
        "CREATE INDEX comment_order ON comment (tenant, proceeding, contribution, thread, id)",
        "CREATE INDEX comment_state ON comment (tenant, proceeding, contribution, state, id)",
        "CREATE INDEX comment_author ON comment (tenant, author, created, id) WHERE author IS NOT NULL",
        """
        CREATE TABLE vote (
            tenant BIGINT NOT NULL, proceeding BIGINT NOT NULL, kind INTEGER NOT NULL, item BIGINT NOT NULL,
            participant TEXT NOT NULL, value INTEGER NOT NULL CHECK (value IN (-1, 1)), created BIGINT NOT NULL,
            changed BIGINT NOT NULL,
            PRIMARY KEY (tenant, proceeding, kind, item, participant),
            FOREIGN KEY (tenant, proceeding) REFERENCES proceeding (tenant, proceeding))
        """,
        "CREATE INDEX vote_participant ON vote (tenant, participant)",
        """
        CREATE TABLE report (
            tenant BIGINT NOT NULL, proceeding BIGINT NOT NULL, id BIGINT NOT NULL, kind INTEGER NOT NULL,
            item BIGINT NOT NULL, participant TEXT, reason TEXT NOT NULL, text TEXT, created BIGINT NOT NULL,
            settled BIGINT,
            PRIMARY KEY (tenant, proceeding, id),
            FOREIGN KEY (tenant, proceeding) REFERENCES proceeding (tenant, proceeding))
        """,
        "CREATE INDEX report_item ON report (tenant, proceeding, kind, item)",
        """
        CREATE UNIQUE INDEX report_once ON report (tenant, proceeding, kind, item, participant)
            WHERE participant IS NOT NULL
        """,
        "ALTER TABLE idempotency ADD COLUMN salt BLOB",
        "CREATE INDEX idempotency_age ON idempotency (tenant, created)",
    ]
}
