/// Tables and indexes that are the same on every engine.
///
/// The tenant is the first column of every key.
public enum Schema {
    /// The first version: tenants, proceedings, contributions, comments, layers.
    public static let initial: [String] = [
        """
        CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL)
        """,
        """
        CREATE TABLE counter (name TEXT PRIMARY KEY, value BIGINT NOT NULL)
        """,
        "INSERT INTO counter (name, value) VALUES ('tenant', 0), ('proceeding', 0), ('item', 0), ('version', 0)",
        """
        CREATE TABLE tenant (
            tenant BIGINT PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, language TEXT NOT NULL,
            metric_crs TEXT NOT NULL, time_zone TEXT NOT NULL, licence TEXT, publisher TEXT)
        """,
        """
        CREATE TABLE proceeding (
            tenant BIGINT NOT NULL REFERENCES tenant (tenant), proceeding BIGINT NOT NULL, id TEXT NOT NULL,
            name TEXT NOT NULL, description TEXT NOT NULL, owner TEXT, website TEXT, area BLOB,
            phase1_start BIGINT, phase1_end BIGINT, phase2_start BIGINT, phase2_end BIGINT,
            settings TEXT NOT NULL, public INTEGER NOT NULL, created BIGINT NOT NULL, data_version BIGINT NOT NULL,
            PRIMARY KEY (tenant, proceeding))
        """,
        "CREATE UNIQUE INDEX proceeding_id ON proceeding (tenant, id)",
        """
        CREATE TABLE category (
            tenant BIGINT NOT NULL, proceeding BIGINT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL,
            description TEXT, color TEXT, weight BIGINT NOT NULL, archived INTEGER NOT NULL,
            PRIMARY KEY (tenant, proceeding, id),
            FOREIGN KEY (tenant, proceeding) REFERENCES proceeding (tenant, proceeding))
        """,
        """
        CREATE TABLE contribution (
            tenant BIGINT NOT NULL, proceeding BIGINT NOT NULL, id BIGINT NOT NULL,
            title TEXT NOT NULL, text TEXT NOT NULL, category TEXT, type TEXT, wkb BLOB,
            minx DOUBLE PRECISION, miny DOUBLE PRECISION, maxx DOUBLE PRECISION, maxy DOUBLE PRECISION,
            x DOUBLE PRECISION, y DOUBLE PRECISION,
            quality INTEGER NOT NULL, state INTEGER NOT NULL, created BIGINT NOT NULL, changed BIGINT NOT NULL,
            votes_up BIGINT NOT NULL, votes_down BIGINT NOT NULL, comments BIGINT NOT NULL,
            source TEXT, external_id TEXT,
            PRIMARY KEY (tenant, proceeding, id),
            CHECK (x IS NULL OR (x BETWEEN -180 AND 180 AND y BETWEEN -90 AND 90)),
            FOREIGN KEY (tenant, proceeding) REFERENCES proceeding (tenant, proceeding))
        """,
        """
        CREATE INDEX contribution_columns ON contribution (
            tenant, proceeding, created, id, state, quality, category, x, y, minx, miny, maxx, maxy, votes_up,
            votes_down, comments)
        """,
        """
        CREATE UNIQUE INDEX contribution_source ON contribution (tenant, proceeding, source, external_id)
            WHERE external_id IS NOT NULL
        """,
        """
        CREATE TABLE comment (
            tenant BIGINT NOT NULL, proceeding BIGINT NOT NULL, id BIGINT NOT NULL, contribution BIGINT NOT NULL,
            parent BIGINT, subject TEXT, text TEXT NOT NULL, state INTEGER NOT NULL, created BIGINT NOT NULL,
            PRIMARY KEY (tenant, proceeding, id),
            FOREIGN KEY (tenant, proceeding, contribution) REFERENCES contribution (tenant, proceeding, id))
        """,
        "CREATE INDEX comment_thread ON comment (tenant, proceeding, contribution, parent, id)",
        """
        CREATE TABLE idempotency (
            tenant BIGINT NOT NULL, scope TEXT NOT NULL, key TEXT NOT NULL, body BLOB NOT NULL, item BIGINT NOT NULL,
            created BIGINT NOT NULL, PRIMARY KEY (tenant, scope, key))
        """,
        """
        CREATE TABLE layer (
            tenant BIGINT NOT NULL, proceeding BIGINT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL,
            role TEXT NOT NULL, source_crs TEXT NOT NULL, source_file TEXT NOT NULL, checksum TEXT NOT NULL,
            population_field TEXT, fields TEXT NOT NULL, feature_count BIGINT NOT NULL,
            minx DOUBLE PRECISION, miny DOUBLE PRECISION, maxx DOUBLE PRECISION, maxy DOUBLE PRECISION,
            version BIGINT NOT NULL, changed BIGINT NOT NULL,
            PRIMARY KEY (tenant, proceeding, id),
            FOREIGN KEY (tenant, proceeding) REFERENCES proceeding (tenant, proceeding))
        """,
        """
        CREATE TABLE layer_version (
            tenant BIGINT NOT NULL, version BIGINT NOT NULL, proceeding BIGINT NOT NULL, started BIGINT NOT NULL,
            published INTEGER NOT NULL, PRIMARY KEY (tenant, version))
        """,
        """
        CREATE TABLE layer_feature (
            tenant BIGINT NOT NULL, version BIGINT NOT NULL, ordinal BIGINT NOT NULL, external_id TEXT,
            wkb BLOB, properties TEXT NOT NULL, PRIMARY KEY (tenant, version, ordinal))
        """,
    ]
}
