extension Schema {
    /// What was removed for good, so that lists of changes can tell of it: numbers and times, no words.
    ///
    /// A proceeding is told of by its slug, for which its row has gone; `key` was its key, under another name so that
    /// the row stays when the proceeding's go. `shown` says of proceedings and downloads whether the public ever saw
    /// them. Of downloads that are there already that is better believed than not: a number tells nothing. Of proceedings
    /// it is not: their slugs do.
    public static let removals: [String] = [
        """
        CREATE TABLE removed_item (
            tenant BIGINT NOT NULL, proceeding BIGINT NOT NULL, kind INTEGER NOT NULL, id BIGINT NOT NULL,
            root BIGINT NOT NULL, time BIGINT NOT NULL,
            PRIMARY KEY (tenant, proceeding, kind, id),
            FOREIGN KEY (tenant, proceeding) REFERENCES proceeding (tenant, proceeding))
        """,
        "CREATE INDEX removed_item_time ON removed_item (tenant, proceeding, kind, root, time, id)",
        """
        CREATE TABLE removed_proceeding (
            tenant BIGINT NOT NULL, key BIGINT NOT NULL, id TEXT NOT NULL, shown INTEGER NOT NULL, time BIGINT NOT NULL,
            PRIMARY KEY (tenant, key))
        """,
        "CREATE INDEX appointment_changed ON appointment (tenant, proceeding, changed, id)",
        "CREATE INDEX download_changed ON download (tenant, proceeding, changed, id)",
        "ALTER TABLE download ADD COLUMN shown INTEGER NOT NULL DEFAULT 0",
        "UPDATE download SET shown = 1 WHERE complete = 1 AND (archived = 0 OR version > 1)",
        "ALTER TABLE proceeding ADD COLUMN shown INTEGER NOT NULL DEFAULT 0",
        "UPDATE proceeding SET shown = 1 WHERE public = 1",
        "ALTER TABLE proceeding ADD COLUMN changed BIGINT NOT NULL DEFAULT 0",
    ]
}
