public import GeoCore

/// What an import did, row by row where rows were refused.
public struct ImportReport: Sendable, Hashable {
    /// Name of the format that was read.
    public var format: String
    /// CRS the coordinates were in, such as `EPSG:25832`.
    public var crs: String
    /// What is to be known of the transformation, such as a missing grid.
    public var crsNote: String?
    /// Accuracy of the transformation to WGS 84 in metres, where it is known.
    public var accuracy: Double?
    /// Decisions of the reader: encoding, delimiter, columns.
    public var notes: [String] = []
    /// Rows read.
    public var read = 0
    /// Rows that are new in the store.
    public var imported = 0
    /// Rows that replaced an older state of themselves.
    public var updated = 0
    /// Rows that were there already, equal.
    public var unchanged = 0
    /// Rows that differ from the source, which tells nothing new, because they were changed here.
    public var kept = 0
    /// Rows left out because they break a rule.
    public var skipped = 0
    /// Geometries that were repaired on request.
    public var repaired = 0
    /// How many contributions have which location quality; `notJudged` where there is no area to judge by.
    public var quality: [String: Int] = [:]
    /// The first refused rows, at most ``rejectionLimit``.
    public private(set) var rejections: [RowRejection] = []

    /// How many refused rows are kept word for word; all are counted.
    public static let rejectionLimit = 100

    /// Makes an empty report.
    public init(format: String, crs: String) {
        self.format = format
        self.crs = crs
    }

    /// Counts a refused row and keeps its reason while there is room.
    mutating func reject(_ rejection: RowRejection) {
        skipped += 1
        if rejections.count < Self.rejectionLimit { rejections.append(rejection) }
    }
}

/// How far an import has come.
public struct ImportProgress: Sendable, Hashable {
    /// Rows read so far.
    public var rows: Int
    /// Share of the source read so far, 0 to 1, where its size is known.
    public var fraction: Double?
}
