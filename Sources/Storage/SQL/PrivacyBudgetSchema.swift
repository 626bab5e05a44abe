extension Schema {
    /// What answers with noise have spent of the privacy budgets of proceedings: rows are only ever added, and hold the role
    /// of who asked and nobody's name.
    public static let privacyBudget: [String] = [
        """
        CREATE TABLE privacy_spending (
            tenant BIGINT NOT NULL, proceeding BIGINT NOT NULL, id BIGINT NOT NULL, time BIGINT NOT NULL,
            year BIGINT NOT NULL, role TEXT NOT NULL, epsilon BIGINT NOT NULL, question BLOB NOT NULL,
            version BIGINT NOT NULL, PRIMARY KEY (tenant, proceeding, id),
            UNIQUE (tenant, proceeding, question, version),
            FOREIGN KEY (tenant, proceeding) REFERENCES proceeding (tenant, proceeding) ON DELETE CASCADE)
        """,
        "CREATE INDEX privacy_spending_year ON privacy_spending (tenant, proceeding, year, epsilon)",
    ]
}
