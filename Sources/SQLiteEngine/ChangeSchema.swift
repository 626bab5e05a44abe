extension SQLiteDialect {
    /// Which contributions have changed with which version of their proceeding's data, so that columns kept in memory
    /// need not be read anew.
    ///
    /// New contributions are known by their numbers and stand in no list. What is noted already is looked for, since the
    /// statement that fires a trigger decides about conflicts in it (SQLite, CREATE TRIGGER, section 2). A trigger notes the others, so that no way of
    /// writing can forget it; a second one forgets what is too old to be asked for (``Storage/ScopedReader/keptVersions``).
    static let changes: [String] = [
        "DROP INDEX contribution_columns",
        """
        CREATE INDEX contribution_columns ON contribution (
            tenant, proceeding, created, id, state, quality, category, x, y, minx, miny, maxx, maxy, votes_up,
            votes_down, comments, status)
        """,
        """
        CREATE TABLE contribution_change (
            tenant BIGINT NOT NULL, proceeding BIGINT NOT NULL, version BIGINT NOT NULL, id BIGINT NOT NULL,
            PRIMARY KEY (tenant, proceeding, version, id)) WITHOUT ROWID
        """,
        """
        CREATE TRIGGER contribution_is_changed AFTER UPDATE OF
            category, x, y, minx, miny, maxx, maxy, quality, state, status, created, votes_up, votes_down, comments
        ON contribution BEGIN
            INSERT INTO contribution_change (tenant, proceeding, version, id)
            SELECT NEW.tenant, NEW.proceeding, p.data_version, NEW.id FROM proceeding p
            WHERE p.tenant = NEW.tenant AND p.proceeding = NEW.proceeding AND NOT EXISTS (
                SELECT 1 FROM contribution_change k WHERE k.tenant = NEW.tenant AND k.proceeding = NEW.proceeding
                    AND k.version = p.data_version AND k.id = NEW.id);
        END
        """,
        """
        CREATE TRIGGER contribution_change_is_old AFTER UPDATE OF data_version ON proceeding BEGIN
            DELETE FROM contribution_change WHERE tenant = NEW.tenant AND proceeding = NEW.proceeding
                AND version < NEW.data_version - 50000;
        END
        """,
    ]

    /// When proceedings changed last is not known of those that are there already: all count as changed now, so that
    /// whoever harvests reads them once more.
    static let proceedingChanges: [String] = [
        "UPDATE proceeding SET changed = \(instant)",
        "CREATE INDEX proceeding_changed ON proceeding (tenant, changed, proceeding)",
    ]

    /// The entries of lists that are there already: when categories and types changed is not known of them, so that all
    /// count as changed now.
    static let listEntries: [String] = [
        """
        INSERT INTO list_entry (tenant, proceeding, list, id, number, changed, removed, shown)
        SELECT tenant, proceeding, list, id, row_number() OVER (ORDER BY tenant, proceeding, list, id), changed, 0, 1
        FROM (
            SELECT tenant, proceeding, 1 AS list, id, \(instant) AS changed FROM category
            UNION
            SELECT p.tenant, p.proceeding, 2, json_extract(t.value, '$.id'), \(instant)
            FROM proceeding p, json_each(p.details, '$.types') t WHERE json_extract(t.value, '$.id') IS NOT NULL
            UNION
            SELECT tenant, proceeding, 3, id, changed FROM layer)
        """,
        "INSERT INTO counter (name, value) SELECT 'entry', count(*) FROM list_entry",
    ]

    /// Columns that tell authors apart.
    static let columnAuthors: [String] = [
        "DROP INDEX contribution_columns",
        """
        CREATE INDEX contribution_columns ON contribution (
            tenant, proceeding, created, id, state, quality, category, x, y, minx, miny, maxx, maxy, votes_up,
            votes_down, comments, status, author)
        """,
        """
        CREATE TRIGGER contribution_author_is_changed AFTER UPDATE OF author ON contribution
        WHEN OLD.author IS NOT NEW.author BEGIN
            INSERT INTO contribution_change (tenant, proceeding, version, id)
            SELECT NEW.tenant, NEW.proceeding, p.data_version, NEW.id FROM proceeding p
            WHERE p.tenant = NEW.tenant AND p.proceeding = NEW.proceeding AND NOT EXISTS (
                SELECT 1 FROM contribution_change k WHERE k.tenant = NEW.tenant AND k.proceeding = NEW.proceeding
                    AND k.version = p.data_version AND k.id = NEW.id);
        END
        """,
    ]

    /// Columns that tell all that figures are made of, and lists in order of votes and comments.
    ///
    /// A change is noted with `ON CONFLICT DO NOTHING`: that holds whatever the statement that fires the trigger does
    /// about conflicts, unlike `INSERT OR IGNORE`, and costs half of looking before.
    static let figures: [String] =
        [
            "DROP INDEX contribution_columns",
            """
            CREATE INDEX contribution_columns ON contribution (
                tenant, proceeding, created, id, state, quality, category, x, y, minx, miny, maxx, maxy, votes_up,
                votes_down, comments, status, author, type, channel)
            """,
            "DROP TRIGGER contribution_is_changed",
            """
            CREATE TRIGGER contribution_is_changed AFTER UPDATE OF
                category, x, y, minx, miny, maxx, maxy, quality, state, status, created, votes_up, votes_down, comments,
                type, channel
            ON contribution BEGIN
                \(note("NEW", "id"))
            END
            """,
            "DROP TRIGGER contribution_author_is_changed",
            """
            CREATE TRIGGER contribution_author_is_changed AFTER UPDATE OF author ON contribution
            WHEN OLD.author IS NOT NEW.author BEGIN
                \(note("NEW", "id"))
            END
            """,
            "CREATE TRIGGER answer_is_new AFTER INSERT ON answer BEGIN \(note("NEW", "contribution")) END",
            "CREATE TRIGGER answer_is_gone AFTER DELETE ON answer BEGIN \(note("OLD", "contribution")) END",
            // Virtual: nothing is written but the index.
            """
            ALTER TABLE contribution ADD COLUMN rating BIGINT GENERATED ALWAYS AS (votes_up - votes_down) VIRTUAL
            """,
        ]
        + ["rating", "comments"].map {
            "CREATE INDEX contribution_\($0) ON contribution (tenant, proceeding, \($0), id, state)"
        }

    /// Notes a contribution as changed with the version its proceeding's data have.
    private static func note(_ row: String, _ id: String) -> String {
        """
        INSERT INTO contribution_change (tenant, proceeding, version, id)
        SELECT p.tenant, p.proceeding, p.data_version, \(row).\(id) FROM proceeding p
        WHERE p.tenant = \(row).tenant AND p.proceeding = \(row).proceeding ON CONFLICT DO NOTHING;
        """
    }
}
