extension Schema {
    /// What a tenant and a proceeding are beyond the first version: status, host names, lists, and the version that a
    /// change must name.
    public static let tenancy: [String] = [
        "ALTER TABLE tenant ADD COLUMN contact TEXT",
        "ALTER TABLE tenant ADD COLUMN status TEXT NOT NULL DEFAULT 'active'",
        "ALTER TABLE tenant ADD COLUMN settings TEXT NOT NULL DEFAULT '{}'",
        "ALTER TABLE tenant ADD COLUMN version BIGINT NOT NULL DEFAULT 1",
        "CREATE TABLE tenant_host (host TEXT PRIMARY KEY, tenant BIGINT NOT NULL REFERENCES tenant (tenant))",
        "ALTER TABLE proceeding ADD COLUMN archived INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE proceeding ADD COLUMN details TEXT NOT NULL DEFAULT '{}'",
        "ALTER TABLE proceeding ADD COLUMN version BIGINT NOT NULL DEFAULT 1",
    ]
}
