public import Formats
public import Participation

/// How a file becomes a planning layer.
public struct LayerImportOptions: Sendable {
    /// Slug of the layer; made of the file's name when `nil`.
    public var id: String?
    /// Name for people; the slug when `nil`.
    public var name: String?
    /// What it is used for.
    public var role: PlanningLayer.Role = .context
    /// CRS of the coordinates; that of the source when `nil`.
    public var crs: String?
    /// Attribute with the number of inhabitants.
    public var populationField: String?
    /// Licence of its data; that of the proceeding when `nil`.
    public var licence: String?
    /// Whether rows that break a rule are left out instead of refusing the whole.
    public var skipInvalid = false
    /// Whether invalid geometry of up to 300 positions is repaired.
    public var makeValid = false
    /// How the source is opened.
    public var source = FeatureSourceOptions()

    /// Makes options with the defaults.
    public init() {}

    /// Digest of what is asked for that changes what is read; `nil` where that is nothing.
    var reading: String? {
        let isUsual =
            !makeValid && !source.allLayers && source.encoding == nil && source.csv == CSVMapping()
            && !source.emptyGeometryIsNone
        guard !isUsual else { return nil }
        var digest = SHA256()
        digest.update(Self.bytes(of: readingMembers))
        return digest.hexadecimal()
    }

    private var readingMembers: [String?] {
        [
            source.encoding, source.csv.x, source.csv.y, source.csv.wkt, source.csv.delimiter.map { String($0) },
            "\(source.allLayers) \(source.emptyGeometryIsNone) \(makeValid)",
        ]
    }

    /// What identifies the import of a file with these options under a key of a request.
    func identity(id: String, checksum: String) -> [UInt8] {
        Self.bytes(
            of: [id, name, role.rawValue, crs, populationField, licence, checksum, source.layer] + readingMembers
                + ["\(skipInvalid)"])
    }

    private static func bytes(of members: [String?]) -> [UInt8] {
        Array(members.map { $0 ?? "" }.joined(separator: "\u{0}").utf8)
    }

    /// The file for people, with the table that is read of it, as in `stadt.gpkg#stadtteile`.
    func sourceFile(_ fileName: String) -> String {
        String((fileName + (source.layer.map { "#\($0)" } ?? "")).suffix(200))
    }

    /// Whether a layer of the same file was made of the same table.
    func isOfSameTable(_ layer: PlanningLayer, _ fileName: String) -> Bool {
        layer.sourceFile == sourceFile(fileName) || source.layer == nil && !layer.sourceFile.contains("#")
    }
}
