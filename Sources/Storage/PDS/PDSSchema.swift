extension Schema {
    /// What other participation systems tell of proceedings and contributions, kept so that it can be told again.
    ///
    /// Rows go with what they belong to.
    public static let pds: [String] = [
        """
        CREATE TABLE pds_project (
            tenant BIGINT NOT NULL, proceeding BIGINT NOT NULL, id TEXT NOT NULL, publisher TEXT NOT NULL, state TEXT,
            dipas INTEGER, clusters TEXT, PRIMARY KEY (tenant, proceeding),
            FOREIGN KEY (tenant, proceeding) REFERENCES proceeding (tenant, proceeding) ON DELETE CASCADE)
        """,
        "CREATE UNIQUE INDEX pds_project_id ON pds_project (tenant, id)",
        """
        CREATE TABLE proceeding_term (
            tenant BIGINT NOT NULL, proceeding BIGINT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL,
            name TEXT NOT NULL, description TEXT, weight BIGINT NOT NULL, color TEXT, category TEXT,
            PRIMARY KEY (tenant, proceeding, kind, id),
            FOREIGN KEY (tenant, proceeding) REFERENCES proceeding (tenant, proceeding) ON DELETE CASCADE)
        """,
        """
        CREATE TABLE pds_contribution (
            tenant BIGINT NOT NULL, proceeding BIGINT NOT NULL, id BIGINT NOT NULL, number BIGINT, link TEXT,
            suggested TEXT NOT NULL, picked TEXT NOT NULL, content DOUBLE PRECISION, relevance DOUBLE PRECISION,
            response DOUBLE PRECISION, mutuality DOUBLE PRECISION, sentiment DOUBLE PRECISION,
            PRIMARY KEY (tenant, proceeding, id),
            FOREIGN KEY (tenant, proceeding, id) REFERENCES contribution (tenant, proceeding, id) ON DELETE CASCADE)
        """,
        """
        CREATE UNIQUE INDEX pds_contribution_number ON pds_contribution (tenant, proceeding, number)
            WHERE number IS NOT NULL
        """,
        """
        CREATE TABLE pds_comment (
            tenant BIGINT NOT NULL, proceeding BIGINT NOT NULL, id BIGINT NOT NULL, name TEXT NOT NULL,
            PRIMARY KEY (tenant, proceeding, id),
            FOREIGN KEY (tenant, proceeding, id) REFERENCES comment (tenant, proceeding, id) ON DELETE CASCADE)
        """,
    ]
}
