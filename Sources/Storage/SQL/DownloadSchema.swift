extension Schema {
    /// Documents of proceedings: what is said of them, and their bytes in parts, which go with them.
    ///
    /// A row is `complete` when all parts are in; before, nobody sees it.
    public static let downloads: [String] = [
        """
        CREATE TABLE download (
            tenant BIGINT NOT NULL, proceeding BIGINT NOT NULL, id BIGINT NOT NULL, title TEXT NOT NULL,
            description TEXT, language TEXT, documentation INTEGER NOT NULL, weight BIGINT NOT NULL,
            archived INTEGER NOT NULL, file_name TEXT NOT NULL, type TEXT NOT NULL, bytes BIGINT NOT NULL,
            digest TEXT NOT NULL, created BIGINT NOT NULL, changed BIGINT NOT NULL, version BIGINT NOT NULL,
            complete INTEGER NOT NULL,
            PRIMARY KEY (tenant, proceeding, id),
            FOREIGN KEY (tenant, proceeding) REFERENCES proceeding (tenant, proceeding))
        """,
        """
        CREATE TABLE download_part (
            tenant BIGINT NOT NULL, proceeding BIGINT NOT NULL, download BIGINT NOT NULL, ordinal BIGINT NOT NULL,
            data BLOB NOT NULL,
            PRIMARY KEY (tenant, proceeding, download, ordinal),
            FOREIGN KEY (tenant, proceeding, download) REFERENCES download (tenant, proceeding, id) ON DELETE CASCADE)
        """,
    ]
}
