extension Schema {
    /// Events of a proceeding.
    public static let appointments: [String] = [
        """
        CREATE TABLE appointment (
            tenant BIGINT NOT NULL, proceeding BIGINT NOT NULL, id BIGINT NOT NULL, title TEXT NOT NULL,
            description TEXT NOT NULL, starts BIGINT NOT NULL, ends BIGINT NOT NULL, place TEXT, address TEXT,
            website TEXT, x DOUBLE PRECISION, y DOUBLE PRECISION, created BIGINT NOT NULL, changed BIGINT NOT NULL,
            version BIGINT NOT NULL,
            PRIMARY KEY (tenant, proceeding, id),
            CHECK (ends > starts),
            CHECK ((x IS NULL AND y IS NULL) OR (x BETWEEN -180 AND 180 AND y BETWEEN -90 AND 90)),
            FOREIGN KEY (tenant, proceeding) REFERENCES proceeding (tenant, proceeding))
        """,
        "CREATE INDEX appointment_start ON appointment (tenant, proceeding, starts, id)",
    ]
}
