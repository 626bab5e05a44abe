public import GeoCore

/// A named set of features with attributes that belongs to a proceeding.
public struct PlanningLayer: Sendable, Hashable {
    /// What a layer is used for.
    public enum Role: String, Sendable, Hashable, Codable, CaseIterable {
        /// Units that contributions are counted in.
        case areaUnits = "area-units"
        /// A plan under discussion.
        case plan
        /// Anything else worth seeing.
        case context
    }

    /// Slug, unique in the proceeding.
    public var id: String
    /// Name for people.
    public var name: String
    /// What it is used for.
    public var role: Role
    /// CRS of the source.
    public var sourceCRS: String
    /// Name of the source file, without folders; where a table of it was named, with that, as in `stadt.gpkg#stadtteile`.
    public var sourceFile: String
    /// SHA-256 of the source, hexadecimal.
    public var checksum: String
    /// Digest of how the source was read, where that was not as usual.
    public var reading: String?
    /// Attribute with the number of inhabitants, for area units.
    public var populationField: String?
    /// Attribute columns as a JSON array of name and type.
    public var fields: String
    /// Number of features.
    public var featureCount: Int64
    /// Box around all features in longitude/latitude.
    public var boundingBox: BoundingBox?
    /// Number of the version that readers see; given by the store.
    public var version: Int64
    /// When it was last replaced or changed, milliseconds since 1970; never the same twice, so that it tells states apart.
    public var changed: Int64
    /// Licence of its data; that of the proceeding where it is `nil`.
    public var licence: String?

    /// Makes a layer.
    public init(
        id: String, name: String, role: Role = .context, sourceCRS: String, sourceFile: String, checksum: String,
        reading: String? = nil, populationField: String? = nil, fields: String = "[]", featureCount: Int64 = 0,
        boundingBox: BoundingBox? = nil, version: Int64 = 0, changed: Int64 = 0, licence: String? = nil
    ) {
        self.id = id
        self.name = name
        self.role = role
        self.sourceCRS = sourceCRS
        self.sourceFile = sourceFile
        self.checksum = checksum
        self.reading = reading
        self.populationField = populationField
        self.fields = fields
        self.featureCount = featureCount
        self.boundingBox = boundingBox
        self.version = version
        self.changed = changed
        self.licence = licence
    }
}
