extension Schema {
    /// When the operator was let into a tenant's data, why and for how long: rows that stay as long as the tenant.
    public static let emergencyAccess: [String] = [
        """
        CREATE TABLE emergency_access (
            tenant BIGINT NOT NULL REFERENCES tenant (tenant), id BIGINT NOT NULL, reason TEXT NOT NULL,
            opened_by TEXT NOT NULL, opened BIGINT NOT NULL, ends BIGINT NOT NULL, closed BIGINT,
            PRIMARY KEY (tenant, id), CHECK (ends > opened))
        """
    ]
}
