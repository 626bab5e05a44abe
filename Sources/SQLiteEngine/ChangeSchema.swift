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
}
