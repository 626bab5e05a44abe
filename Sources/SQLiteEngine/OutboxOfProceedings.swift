extension SQLiteDialect {
    /// Events of proceedings, their appointments and their downloads.
    ///
    /// What is told of a proceeding that is gone stands in rows without its key, which would go with it: they keep its
    /// slug. That takes a new table, filled from the old one by way of a third: renaming one fails, since triggers name
    /// it. Numbers of deliveries never come again, so that receivers can tell a repeated one.
    static let outboxOfProceedings: [String] =
        [
            "CREATE TABLE webhook_delivery_kept AS SELECT * FROM webhook_delivery",
            """
            CREATE TABLE webhook_delivery_number AS
            SELECT name, seq FROM sqlite_sequence WHERE name = 'webhook_delivery'
            """,
            "DROP TABLE webhook_delivery",
            """
            CREATE TABLE webhook_delivery (
                id INTEGER PRIMARY KEY AUTOINCREMENT, tenant BIGINT NOT NULL, webhook BIGINT NOT NULL,
                event TEXT NOT NULL, proceeding BIGINT, item BIGINT, contribution BIGINT, state INTEGER,
                created BIGINT NOT NULL, attempts BIGINT NOT NULL DEFAULT 0, due BIGINT NOT NULL DEFAULT 0,
                outcome INTEGER NOT NULL DEFAULT 0, status BIGINT, fault TEXT, ended BIGINT, conception BIGINT,
                name TEXT, CHECK ((proceeding IS NULL) = (name IS NOT NULL)),
                FOREIGN KEY (tenant, webhook) REFERENCES webhook (tenant, id) ON DELETE CASCADE,
                FOREIGN KEY (tenant, proceeding) REFERENCES proceeding (tenant, proceeding) ON DELETE CASCADE)
            """,
            """
            INSERT INTO webhook_delivery (id, tenant, webhook, event, proceeding, item, contribution, state, created,
                attempts, due, outcome, status, fault, ended, conception)
            SELECT id, tenant, webhook, event, proceeding, item, contribution, state, created, attempts, due, outcome,
                status, fault, ended, conception FROM webhook_delivery_kept
            """,
            "DELETE FROM sqlite_sequence WHERE name = 'webhook_delivery'",
            "INSERT INTO sqlite_sequence (name, seq) SELECT name, seq FROM webhook_delivery_number",
            "DROP TABLE webhook_delivery_kept", "DROP TABLE webhook_delivery_number",
            "CREATE INDEX webhook_due ON webhook_delivery (due, id) WHERE outcome = 0",
            "CREATE INDEX webhook_log ON webhook_delivery (tenant, webhook, id)",
            "CREATE INDEX webhook_ended ON webhook_delivery (ended) WHERE ended IS NOT NULL",
            "CREATE INDEX webhook_delivery_proceeding ON webhook_delivery (tenant, proceeding)",
        ] + proceedingEvents + appointmentEvents + downloadEvents

    /// What a proceeding is, beside its data; whether it is put away tells an event of its own.
    private static let proceedingColumns = [
        "name", "description", "owner", "website", "area", "phase1_start", "phase1_end", "phase2_start", "phase2_end",
        "settings", "public", "details",
    ]

    private static var proceedingEvents: [String] {
        func values(_ row: String) -> String { proceedingColumns.map { "\(row).\($0)" }.joined(separator: ", ") }
        let isWhole = "OLD.making = 0 AND NEW.making = 0"
        // Every change raises the version; putting it away alone tells its own event.
        let isChanged = """
            OLD.version <> NEW.version
                AND (OLD.archived >= NEW.archived OR (\(values("OLD"))) IS NOT (\(values("NEW"))))
            """
        return [
            trigger(
                "proceeding.changed", "UPDATE OF version ON proceeding", when: "\(isWhole) AND \(isChanged)",
                "NULL, NULL, NULL, NEW.changed"),
            trigger(
                "proceeding.archived", "UPDATE OF archived ON proceeding",
                when: "\(isWhole) AND OLD.archived < NEW.archived", "NULL, NULL, NULL, NEW.changed"),
            """
            CREATE TRIGGER outbox_proceeding_deleted AFTER DELETE ON proceeding WHEN OLD.making = 0 BEGIN
                INSERT INTO webhook_delivery (tenant, webhook, event, name, created)
                SELECT OLD.tenant, w.id, 'proceeding.deleted', OLD.id, coalesce((
                    SELECT max(r.time) FROM removed_proceeding r
                    WHERE r.tenant = OLD.tenant AND r.key = OLD.proceeding), \(instant))
                FROM webhook w
                WHERE w.tenant = OLD.tenant AND w.proceeding IS NULL AND \(asks("proceeding.deleted"));
            END
            """,
        ]
    }

    private static var appointmentEvents: [String] {
        let columns = ["title", "description", "starts", "ends", "place", "address", "website", "x", "y"]
        func values(_ row: String) -> String { columns.map { "\(row).\($0)" }.joined(separator: ", ") }
        return [
            trigger(
                "appointment.created", "INSERT ON appointment", when: isToldOf("NEW"), "NEW.id, NULL, NULL, NEW.created"
            ),
            trigger(
                "appointment.changed", "UPDATE ON appointment",
                when: "(\(values("OLD"))) IS NOT (\(values("NEW")))", "NEW.id, NULL, NULL, NEW.changed"),
            trigger(
                "appointment.deleted", "DELETE ON appointment", when: isToldOf("OLD"),
                "OLD.id, NULL, NULL, \(removal(kind: 4))", row: "OLD"),
        ]
    }

    /// A download is there when all of its parts are.
    private static var downloadEvents: [String] {
        [
            trigger(
                "download.created", "UPDATE OF complete ON download",
                when: "OLD.complete = 0 AND NEW.complete = 1 AND \(isToldOf("NEW"))", "NEW.id, NULL, NULL, NEW.changed"
            ),
            trigger(
                "download.changed", "UPDATE OF version ON download",
                when: "NEW.complete = 1 AND OLD.version <> NEW.version", "NEW.id, NULL, NULL, NEW.changed"),
            trigger(
                "download.deleted", "DELETE ON download", when: "OLD.complete = 1 AND \(isToldOf("OLD"))",
                "OLD.id, NULL, NULL, \(removal(kind: 5))", row: "OLD"),
        ]
    }

    /// Whether the proceeding of a row is whole: what a copy is made of comes with it.
    private static func isToldOf(_ row: String) -> String {
        """
        EXISTS (SELECT 1 FROM proceeding p
            WHERE p.tenant = \(row).tenant AND p.proceeding = \(row).proceeding AND p.making = 0)
        """
    }

    /// When an item went: its tombstone is written first; what was never shown has none.
    private static func removal(kind: Int) -> String {
        """
        coalesce((SELECT max(r.time) FROM removed_item r WHERE r.tenant = OLD.tenant
            AND r.proceeding = OLD.proceeding AND r.kind = \(kind) AND r.id = OLD.id), \(instant))
        """
    }
}
