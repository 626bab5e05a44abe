/// What a reader knows of its source before and while it reads.
public struct SourceDescription: Sendable, Hashable {
    /// Name of the format for people, such as `GeoJSON` or `GeoPackage`.
    public var format: String
    /// Name of the layer inside the source, where it has one.
    public var layerName: String?
    /// Coordinate reference system as the source gives it: authority code, URN or WKT text; `nil` when unknown.
    public var crs: String?
    /// The attribute columns, in the order of the source; empty for sources without a schema.
    public var fields: [LayerField]
    /// Number of features as the source declares it; `nil` when only reading to the end would tell.
    public var featureCount: Int?
    /// Decisions of the reader that a person should see: encoding, delimiter, columns chosen, parts skipped.
    public var notes: [String]

    /// Makes a description.
    public init(
        format: String, layerName: String? = nil, crs: String? = nil, fields: [LayerField] = [],
        featureCount: Int? = nil, notes: [String] = []
    ) {
        self.format = format
        self.layerName = layerName
        self.crs = crs
        self.fields = fields
        self.featureCount = featureCount
        self.notes = notes
    }
}

/// One attribute column of a source.
public struct LayerField: Sendable, Hashable, Codable {
    /// Name as in the source.
    public var name: String
    /// Type of the values.
    public var type: FieldType

    /// Makes a field.
    public init(name: String, type: FieldType) {
        self.name = name
        self.type = type
    }
}

/// The attribute types that layers keep.
public enum FieldType: String, Sendable, Hashable, Codable, CaseIterable {
    case string
    case integer
    case real
    case boolean
    /// A calendar day, `2026-03-29`.
    case date
    /// An instant or local time in the notation of RFC 3339.
    case dateTime
    /// Bytes, base64 in the properties.
    case binary
    /// Lists and objects.
    case json
}
