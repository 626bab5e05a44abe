extension Schema {
    /// Issuers of tokens, the tenants that take them, and what their claims are worth there.
    ///
    /// An issuer belongs to the installation, since one may serve several tenants. Proceeding 0 is the whole tenant.
    public static let issuers: [String] = [
        """
        CREATE TABLE issuer (
            id TEXT PRIMARY KEY, url TEXT NOT NULL UNIQUE, audiences TEXT NOT NULL, algorithms TEXT NOT NULL,
            keys_url TEXT, roles_claim TEXT, tenant_claim TEXT, leeway BIGINT NOT NULL, version BIGINT NOT NULL,
            created BIGINT NOT NULL)
        """,
        """
        CREATE TABLE issuer_tenant (
            tenant BIGINT NOT NULL REFERENCES tenant (tenant), issuer TEXT NOT NULL REFERENCES issuer (id),
            version BIGINT NOT NULL, PRIMARY KEY (tenant, issuer))
        """,
        "CREATE INDEX issuer_tenant_of ON issuer_tenant (issuer)",
        """
        CREATE TABLE issuer_role (
            tenant BIGINT NOT NULL, issuer TEXT NOT NULL, value TEXT NOT NULL, role TEXT NOT NULL,
            proceeding BIGINT NOT NULL, PRIMARY KEY (tenant, issuer, value, role, proceeding),
            FOREIGN KEY (tenant, issuer) REFERENCES issuer_tenant (tenant, issuer) ON DELETE CASCADE)
        """,
    ]
}
