/// How comments leave with contributions in GeoJSON.
public enum ExportedComments: String, Sendable, Hashable, CaseIterable {
    /// Their number alone.
    case count
    /// All of them, answers below what they answer.
    case nested
    /// All of them in one list, each with the number of what it answers.
    case flat
}

/// How an export is written, whatever is in it.
public struct ExportShape: Sendable {
    /// System of the coordinates; longitude and latitude when `nil`.
    public var crs: ServedCRS?
    /// Whether a table begins with a byte-order mark, by which Excel knows UTF-8.
    public var hasByteOrderMark: Bool
    /// How comments leave.
    public var comments: ExportedComments

    /// Makes a shape; longitude and latitude come as `nil`, also where they are asked for by name.
    public init(crs: ServedCRS? = nil, hasByteOrderMark: Bool = false, comments: ExportedComments = .count) {
        self.crs = crs.flatMap { $0.isLongitudeLatitude ? nil : $0 }
        (self.hasByteOrderMark, self.comments) = (hasByteOrderMark, comments)
    }
}
