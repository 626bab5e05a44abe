public import GeoCore

/// A source of features that its consumer pulls batch by batch, so that memory stays bounded.
///
/// One consumer uses a reader, on one task at a time. Geometries come in the CRS of the source, always in the order
/// x, y (longitude before latitude, easting before northing). Rows that are no features come as rejections of the
/// batch; a fault after which the source cannot be read on is thrown as ``FormatError``.
public protocol FeatureReader {
    /// What is known of the source. Members that only show up at the end of a file, such as the CRS of a GeoJSON file
    /// that names it last, are settled once ``next()`` has returned `nil`.
    var source: SourceDescription { get }

    /// Share of the source read so far, 0 to 1; `nil` where the size is unknown.
    var fractionRead: Double? { get }

    /// The next features, at most ``GeoCore/FeatureBatch/preferredCount`` of them; `nil` at the end.
    ///
    /// - Throws: ``FormatError`` when the source is malformed, truncated or cannot be read.
    mutating func next() throws -> FeatureBatch?
}
