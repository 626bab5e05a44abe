public import GeoCore
public import Participation

extension ScopedWriter {
    /// Begins a new version of a layer that nobody sees until it is published.
    public func beginLayerVersion(of proceeding: Proceeding, now: Int64) throws -> Int64 {
        let version = try take(from: "version")
        try connection.execute(
            """
            INSERT INTO layer_version (tenant, version, proceeding, started, published)
            VALUES (\(tenant), \(version), \(proceeding.key), \(now), 0)
            """)
        return version
    }

    /// Adds features to a version that is not published; `first` is the ordinal of the first.
    ///
    /// - Throws: ``StorageError``.
    public func append(_ batch: FeatureBatch, to version: Int64, first: Int64) throws {
        let insert = try connection.prepare(
            """
            INSERT INTO layer_feature (tenant, version, ordinal, external_id, wkb, properties)
            VALUES ($1, $2, $3, $4, $5, $6)
            """)
        let place = try connection.prepare(connection.dialect.spatialInsert(index: .features))
        for index in 0..<batch.count {
            let ordinal = first + Int64(index)
            insert.bind(tenant, at: 1)
            insert.bind(version, at: 2)
            insert.bind(ordinal, at: 3)
            insert.bind(batch.identifiers[index], at: 4)
            if let geometry = batch.geometries[index], let box = geometry.boundingBox {
                insert.bind(WKB.encode(geometry)[...], at: 5)
                place.bind(version << 32 | ordinal, at: 1)
                place.bind(box.minX, at: 2)
                place.bind(box.maxX, at: 3)
                place.bind(box.minY, at: 4)
                place.bind(box.maxY, at: 5)
                place.bind(version, at: 6)
                place.bind(version, at: 7)
                try place.run()
            } else {
                insert.bindNull(at: 5)
            }
            insert.bind(text: batch.properties[index], at: 6)
            try insert.run()
        }
    }

    /// Makes a version the one that readers see, in one step, and returns the version it replaces.
    public func publish(_ layer: PlanningLayer, of proceeding: Proceeding) throws -> Int64? {
        let old = try connection.first(
            """
            SELECT version FROM layer
            WHERE tenant = \(tenant) AND proceeding = \(proceeding.key) AND id = \(layer.id)
            """
        ) { $0.integer(0) }
        try connection.execute(
            """
            INSERT INTO layer (tenant, proceeding, id, name, role, source_crs, source_file, checksum,
                population_field, fields, feature_count, minx, miny, maxx, maxy, version, changed, licence,
                reading)
            VALUES (\(tenant), \(proceeding.key), \(layer.id), \(layer.name), \(layer.role.rawValue),
                \(layer.sourceCRS), \(layer.sourceFile), \(layer.checksum), \(layer.populationField),
                \(layer.fields), \(layer.featureCount), \(layer.boundingBox?.minX), \(layer.boundingBox?.minY),
                \(layer.boundingBox?.maxX), \(layer.boundingBox?.maxY), \(layer.version), \(layer.changed),
                \(layer.licence), \(layer.reading))
            ON CONFLICT (tenant, proceeding, id) DO UPDATE SET name = excluded.name, role = excluded.role,
                source_crs = excluded.source_crs, source_file = excluded.source_file, checksum = excluded.checksum,
                population_field = excluded.population_field, fields = excluded.fields,
                feature_count = excluded.feature_count, minx = excluded.minx, miny = excluded.miny,
                maxx = excluded.maxx, maxy = excluded.maxy, version = excluded.version, changed = excluded.changed,
                licence = excluded.licence, reading = excluded.reading
            """)
        // Left to be swept: also by the next start, should this program end before it sweeps.
        if let old {
            try connection.execute(
                "UPDATE layer_version SET published = 0 WHERE tenant = \(tenant) AND version = \(old)")
        }
        try connection.execute(
            "UPDATE layer_version SET published = 1 WHERE tenant = \(tenant) AND version = \(layer.version)")
        try noteChanges(in: .layers, from: [], to: [layer], of: proceeding, now: layer.changed)
        try touch(proceeding)
        return old
    }

    /// Removes up to `limit` features of a version that nobody sees any more; `false` when it is gone altogether.
    public func sweep(version: Int64, limit: Int) throws -> Bool {
        let last = try connection.first(
            """
            SELECT max(ordinal) FROM (SELECT ordinal FROM layer_feature
            WHERE tenant = \(tenant) AND version = \(version) ORDER BY ordinal LIMIT \(limit)) AS some
            """
        ) { $0.optionalInteger(0) }
        guard let last, let last else {
            try connection.execute(connection.dialect.spatialDelete(index: .features, key: version))
            try connection.execute("DELETE FROM layer_version WHERE tenant = \(tenant) AND version = \(version)")
            return false
        }
        try connection.execute(
            "DELETE FROM layer_feature WHERE tenant = \(tenant) AND version = \(version) AND ordinal <= \(last)")
        return true
    }

    /// Versions that an interrupted import left behind, begun before an instant.
    public func abandonedVersions(before: Int64) throws -> [Int64] {
        try connection.rows(
            """
            SELECT version FROM layer_version
            WHERE tenant = \(tenant) AND published = 0 AND started < \(before) ORDER BY version
            """
        ) { $0.integer(0) }
    }
}
