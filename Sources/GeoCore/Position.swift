/// One position: longitude and latitude in degrees (WGS 84, in this order), with an optional height in metres.
///
/// The same three numbers are easting, northing and height in metres inside a ``MetricGeometry``; the type around
/// them says which. Source: RFC 7946, section 3.1.1.
public struct Position: Sendable, Hashable {
    /// Longitude in degrees, or easting in metres.
    public var x: Double
    /// Latitude in degrees, or northing in metres.
    public var y: Double
    /// Height in metres, when the source has one.
    public var z: Double?

    /// Makes a position from longitude, latitude and, where known, height.
    public init(_ x: Double, _ y: Double, _ z: Double? = nil) {
        self.x = x
        self.y = y
        self.z = z
    }

    /// Whether every ordinate is a finite number.
    public var isFinite: Bool { x.isFinite && y.isFinite && (z?.isFinite ?? true) }
}
