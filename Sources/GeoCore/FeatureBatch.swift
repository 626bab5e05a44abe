/// Up to a few thousand features as columns: the unit in which readers, transforms and stores work.
///
/// A reader fills it in the CRS of its source; after the transform at the edge the geometries are longitude/latitude.
public struct FeatureBatch: Sendable, Equatable {
    /// The number of rows that readers aim at in one batch.
    public static let preferredCount = 4096

    /// Place of each feature in its source, counted from 1, as reports name it.
    public private(set) var rows: [Int] = []
    /// The source's own identifier of each feature, where it has one.
    public private(set) var identifiers: [String?] = []
    /// The geometries; `nil` where the source has none.
    public var geometries: [Geometry?] = []
    /// One UTF-8 JSON object a feature: its attributes, types kept.
    public private(set) var properties = ByteColumn()
    /// Rows of the source that could not be read as features, with the reason.
    public var rejections: [RowRejection] = []

    /// Makes an empty batch.
    public init() {}

    /// Number of features.
    public var count: Int { rows.count }
    /// Whether the batch holds neither features nor rejections.
    public var isEmpty: Bool { rows.isEmpty && rejections.isEmpty }

    /// Adds one feature; `properties` is a UTF-8 JSON object.
    public mutating func append(
        row: Int, identifier: String?, geometry: Geometry?, properties: some Sequence<UInt8>
    ) {
        rows.append(row)
        identifiers.append(identifier)
        geometries.append(geometry)
        self.properties.append(properties)
    }
}

/// One row that was not taken in, and why.
public struct RowRejection: Sendable, Hashable {
    /// Place in the source, counted from 1.
    public var row: Int
    /// The field or member at fault, where there is one.
    public var field: String?
    /// A stable word for programs, such as `invalidGeometry`.
    public var code: String
    /// What is wrong and what to do, for people.
    public var reason: String

    /// Makes a rejection.
    public init(row: Int, field: String? = nil, code: String, reason: String) {
        self.row = row
        self.field = field
        self.code = code
        self.reason = reason
    }
}
