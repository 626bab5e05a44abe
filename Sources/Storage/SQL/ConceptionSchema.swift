extension Schema {
    /// Conceptions, and comments that stand on one of them or on a contribution.
    ///
    /// A comment belongs to a contribution or to a conception and to nothing else; the database sees to it. That takes
    /// a new table: what an older one demands cannot be taken back. Names of imported comments go aside meanwhile:
    /// they would go with the old table.
    public static let conceptions: [String] =
        [
            """
            CREATE TABLE conception (
                tenant BIGINT NOT NULL, proceeding BIGINT NOT NULL, id BIGINT NOT NULL, title TEXT NOT NULL,
                text TEXT NOT NULL, image TEXT, wkb BLOB, weight BIGINT NOT NULL, state INTEGER NOT NULL,
                created BIGINT NOT NULL, changed BIGINT NOT NULL, version BIGINT NOT NULL,
                redacted INTEGER NOT NULL DEFAULT 0, votes_up BIGINT NOT NULL DEFAULT 0,
                votes_down BIGINT NOT NULL DEFAULT 0, base_up BIGINT NOT NULL DEFAULT 0,
                base_down BIGINT NOT NULL DEFAULT 0, comments BIGINT NOT NULL DEFAULT 0, source TEXT, external_id TEXT,
                PRIMARY KEY (tenant, proceeding, id),
                FOREIGN KEY (tenant, proceeding) REFERENCES proceeding (tenant, proceeding))
            """,
            "CREATE INDEX conception_order ON conception (tenant, proceeding, weight, id, state)",
            "CREATE INDEX conception_changed ON conception (tenant, proceeding, changed, id, state, version)",
            """
            CREATE UNIQUE INDEX conception_source ON conception (tenant, proceeding, source, external_id)
                WHERE external_id IS NOT NULL
            """,
            "CREATE TABLE pds_comment_kept AS SELECT tenant, proceeding, id, name FROM pds_comment",
            "DROP TABLE pds_comment",
            """
            CREATE TABLE comment_new (
                tenant BIGINT NOT NULL, proceeding BIGINT NOT NULL, id BIGINT NOT NULL, contribution BIGINT,
                conception BIGINT, parent BIGINT, subject TEXT, text TEXT NOT NULL, state INTEGER NOT NULL,
                created BIGINT NOT NULL, author TEXT, thread BIGINT NOT NULL DEFAULT 0, version BIGINT NOT NULL DEFAULT 1,
                changed BIGINT NOT NULL DEFAULT 0, edited BIGINT, votes_up BIGINT NOT NULL DEFAULT 0,
                votes_down BIGINT NOT NULL DEFAULT 0, receipt BLOB, redacted INTEGER NOT NULL DEFAULT 0,
                PRIMARY KEY (tenant, proceeding, id),
                CHECK ((contribution IS NULL) <> (conception IS NULL)),
                FOREIGN KEY (tenant, proceeding, contribution) REFERENCES contribution (tenant, proceeding, id),
                FOREIGN KEY (tenant, proceeding, conception) REFERENCES conception (tenant, proceeding, id))
            """,
            """
            INSERT INTO comment_new (tenant, proceeding, id, contribution, parent, subject, text, state, created, author,
                thread, version, changed, edited, votes_up, votes_down, receipt, redacted)
            SELECT tenant, proceeding, id, contribution, parent, subject, text, state, created, author, thread, version,
                changed, edited, votes_up, votes_down, receipt, redacted FROM comment
            """,
            "DROP TABLE comment",
            "ALTER TABLE comment_new RENAME TO comment",
            "CREATE INDEX comment_author ON comment (tenant, author, created, id) WHERE author IS NOT NULL",
            """
            CREATE TABLE pds_comment (
                tenant BIGINT NOT NULL, proceeding BIGINT NOT NULL, id BIGINT NOT NULL, name TEXT NOT NULL,
                PRIMARY KEY (tenant, proceeding, id),
                FOREIGN KEY (tenant, proceeding, id) REFERENCES comment (tenant, proceeding, id) ON DELETE CASCADE)
            """,
            """
            INSERT INTO pds_comment (tenant, proceeding, id, name)
            SELECT tenant, proceeding, id, name FROM pds_comment_kept
            """,
            "DROP TABLE pds_comment_kept",
            "ALTER TABLE webhook_delivery ADD COLUMN conception BIGINT",
        ]
        + ["contribution", "conception"].flatMap { root in
            ["thread: parent, id", "order: thread, id", "state: state, id", "changed: changed, id"].map { index in
                let parts = index.split(separator: ":")
                return """
                    CREATE INDEX comment_\(root)_\(parts[0]) ON comment (tenant, proceeding, \(root),\(parts[1]))
                        WHERE \(root) IS NOT NULL
                    """
            }
        }
}
