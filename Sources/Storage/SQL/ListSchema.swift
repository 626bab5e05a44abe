extension Schema {
    /// When entries of lists changed that are known by slugs, and which of them went: categories, types and layers.
    ///
    /// `number` keeps pages apart at one instant; `shown` says of what went whether the proceeding was public by then.
    /// Images tell of their changes themselves, and leave tombstones as appointments do.
    public static let lists: [String] = [
        """
        CREATE TABLE list_entry (
            tenant BIGINT NOT NULL, proceeding BIGINT NOT NULL, list INTEGER NOT NULL, id TEXT NOT NULL,
            number BIGINT NOT NULL, changed BIGINT NOT NULL, removed INTEGER NOT NULL, shown INTEGER NOT NULL,
            PRIMARY KEY (tenant, proceeding, list, id),
            FOREIGN KEY (tenant, proceeding) REFERENCES proceeding (tenant, proceeding))
        """,
        "CREATE INDEX list_entry_changed ON list_entry (tenant, proceeding, list, changed, number)",
        "ALTER TABLE attachment ADD COLUMN changed BIGINT NOT NULL DEFAULT 0",
        "UPDATE attachment SET changed = created",
        "CREATE INDEX attachment_changed ON attachment (tenant, proceeding, kind, item, changed, id)",
        "ALTER TABLE removed_item ADD COLUMN shown INTEGER NOT NULL DEFAULT 1",
    ]
}
