public import GeoCore
public import Participation

/// One feature of a planning layer.
public struct LayerFeature: Sendable, Hashable {
    /// Place in the layer, counted from 1.
    public var ordinal: Int64
    /// The source's own identifier.
    public var externalID: String?
    /// WKB of the geometry in longitude/latitude.
    public var wkb: [UInt8]?
    /// Attributes as a JSON object.
    public var properties: String
}

extension ScopedReader {
    private func layer(_ row: any SQLRow) -> PlanningLayer {
        let box: BoundingBox? =
            row.isNull(9)
            ? nil : BoundingBox(minX: row.real(9), minY: row.real(10), maxX: row.real(11), maxY: row.real(12))
        return PlanningLayer(
            id: row.text(0), name: row.text(1), role: PlanningLayer.Role(rawValue: row.text(2)) ?? .context,
            sourceCRS: row.text(3), sourceFile: row.text(4), checksum: row.text(5),
            reading: row.optionalText(16), populationField: row.optionalText(6), fields: row.text(7),
            featureCount: row.integer(8),
            boundingBox: box, version: row.integer(13), changed: row.integer(14),
            licence: row.optionalText(15))
    }

    private static var layerColumns: String {
        """
        id, name, role, source_crs, source_file, checksum, population_field, fields, feature_count, minx, miny, maxx,
        maxy, version, changed, licence, reading
        """
    }

    /// The layers of a proceeding, by slug.
    public func layers(of proceeding: Proceeding) throws -> [PlanningLayer] {
        try connection.rows(
            """
            SELECT \(raw: Self.layerColumns) FROM layer
            WHERE tenant = \(tenant) AND proceeding = \(proceeding.key) ORDER BY id
            """, layer)
    }

    /// One layer by its slug.
    public func layer(_ id: String, of proceeding: Proceeding) throws -> PlanningLayer? {
        try connection.first(
            """
            SELECT \(raw: Self.layerColumns) FROM layer
            WHERE tenant = \(tenant) AND proceeding = \(proceeding.key) AND id = \(id)
            """, layer)
    }

    /// One page of a layer's features in their order; with boxes, those whose own box meets one of them.
    public func features(
        of layer: PlanningLayer, boxes: [BoundingBox] = [], limit: Int, after cursor: Cursor?
    ) throws -> Page<LayerFeature> {
        let start = cursor?.minor ?? 0
        var conditions: [SQL] = [
            "f.tenant = \(tenant)", "f.version = \(layer.version)", "f.ordinal > \(start)",
        ]
        if !boxes.isEmpty {
            let candidates = boxes.map {
                connection.dialect.candidates(index: .features, key: layer.version, box: $0)
            }
            conditions.append(
                "(\(layer.version) * 4294967296 + f.ordinal) IN (\(SQL.joined(candidates, separator: " UNION ")))")
        }
        var items: [LayerFeature] = []
        var next: Cursor?
        try connection.query(
            """
            SELECT f.ordinal, f.external_id, f.wkb, f.properties FROM layer_feature f
            WHERE \(SQL.joined(conditions, separator: " AND ")) ORDER BY f.ordinal
            """
        ) { row in
            let wkb = row.isNull(2) ? nil : row.blob(2)
            if !boxes.isEmpty {
                guard let wkb, let box = try WKB.boundingBox(wkb[...]), boxes.contains(where: box.intersects)
                else { return true }
            }
            if items.count == limit {
                next = items.last.map { Cursor(major: 0, minor: $0.ordinal) }
                return false
            }
            items.append(
                LayerFeature(
                    ordinal: row.integer(0), externalID: row.optionalText(1), wkb: wkb, properties: row.text(3)))
            return true
        }
        return Page(items: items, next: next)
    }
}
