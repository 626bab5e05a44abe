extension Schema {
    /// Who may do what: the key that signs participant tokens, API keys, and roles of accounts.
    ///
    /// The roles of an API key stand in `role_assignment` under the subject `key:<id>`. Proceeding 0 is the whole tenant.
    public static let identity: [String] = [
        """
        CREATE TABLE participant_key (
            tenant BIGINT PRIMARY KEY REFERENCES tenant (tenant), generation BIGINT NOT NULL, secret BLOB NOT NULL,
            pseudonym BLOB NOT NULL, created BIGINT NOT NULL)
        """,
        """
        CREATE TABLE api_key (
            tenant BIGINT NOT NULL REFERENCES tenant (tenant), id BIGINT NOT NULL, name TEXT NOT NULL,
            secret BLOB NOT NULL, created BIGINT NOT NULL, created_by TEXT NOT NULL, expires BIGINT NOT NULL,
            revoked BIGINT, last_day BIGINT, PRIMARY KEY (tenant, id))
        """,
        """
        CREATE TABLE role_assignment (
            tenant BIGINT NOT NULL REFERENCES tenant (tenant), subject TEXT NOT NULL, role TEXT NOT NULL,
            proceeding BIGINT NOT NULL, id BIGINT NOT NULL, created BIGINT NOT NULL, created_by TEXT NOT NULL,
            PRIMARY KEY (tenant, subject, role, proceeding))
        """,
        "CREATE UNIQUE INDEX role_assignment_id ON role_assignment (tenant, id)",
    ]

    /// The audit log: what staff did, each event chained to the one before.
    ///
    /// Events are never changed, and deleted only up to the number that `audit_release` names: by retention, and with
    /// their tenant. Tenant 0 is the installation itself.
    public static let audit: [String] = [
        """
        CREATE TABLE audit_event (
            tenant BIGINT NOT NULL, number BIGINT NOT NULL, time BIGINT NOT NULL, actor TEXT NOT NULL,
            action TEXT NOT NULL, item TEXT, reason TEXT, request TEXT, previous BLOB NOT NULL, hash BLOB NOT NULL,
            PRIMARY KEY (tenant, number))
        """,
        """
        CREATE TABLE audit_release (
            tenant BIGINT PRIMARY KEY, through BIGINT NOT NULL, hash BLOB NOT NULL)
        """,
        """
        CREATE TRIGGER audit_event_is_not_changed BEFORE UPDATE ON audit_event
        BEGIN SELECT RAISE(ABORT, 'audit events are not changed'); END
        """,
        """
        CREATE TRIGGER audit_event_is_not_deleted BEFORE DELETE ON audit_event
        WHEN NOT EXISTS (SELECT 1 FROM audit_release r WHERE r.tenant = OLD.tenant AND r.through >= OLD.number)
        BEGIN SELECT RAISE(ABORT, 'audit events are not deleted'); END
        """,
    ]
}
