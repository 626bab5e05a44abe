public import GeoCore

extension JSONValue {
    /// The value as compact JSON.
    public var encoded: [UInt8] {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return bytes
    }
}
