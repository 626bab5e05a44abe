extension Schema {
    /// How many images hang on a conception.
    public static let conceptionAttachments = [
        "ALTER TABLE conception ADD COLUMN attachments BIGINT NOT NULL DEFAULT 0"
    ]

    /// Images on contributions: what lists tell of them, and apart from that their bytes, which lists never touch.
    ///
    /// The bytes go with their row, and rows with their proceeding.
    public static let attachments: [String] = [
        "ALTER TABLE contribution ADD COLUMN attachments BIGINT NOT NULL DEFAULT 0",
        """
        CREATE TABLE attachment (
            tenant BIGINT NOT NULL, proceeding BIGINT NOT NULL, id BIGINT NOT NULL, kind INTEGER NOT NULL,
            item BIGINT NOT NULL, alt TEXT NOT NULL, credit TEXT, type TEXT NOT NULL, width BIGINT NOT NULL,
            height BIGINT NOT NULL, bytes BIGINT NOT NULL, created BIGINT NOT NULL,
            PRIMARY KEY (tenant, proceeding, id),
            FOREIGN KEY (tenant, proceeding) REFERENCES proceeding (tenant, proceeding))
        """,
        "CREATE INDEX attachment_item ON attachment (tenant, proceeding, kind, item, id)",
        """
        CREATE TABLE attachment_file (
            tenant BIGINT NOT NULL, proceeding BIGINT NOT NULL, attachment BIGINT NOT NULL, size INTEGER NOT NULL,
            type TEXT NOT NULL, digest TEXT NOT NULL, data BLOB NOT NULL,
            PRIMARY KEY (tenant, proceeding, attachment, size),
            FOREIGN KEY (tenant, proceeding, attachment) REFERENCES attachment (tenant, proceeding, id)
                ON DELETE CASCADE)
        """,
    ]

    /// How much room the images of a tenant take, without a look at their rows.
    public static let imageRoom: [String] = ["CREATE INDEX attachment_bytes ON attachment (tenant, bytes)"]
}
