import GeoCore
import Hummingbird

/// A GeoJSON feature in the body of a request, or a part of one that changes what is there.
struct FeatureBody: Sendable {
    /// The bytes of the body.
    let bytes: [UInt8]
    /// The geometry; `nil` for none.
    let geometry: Geometry?
    /// Whether there is a member `geometry`, be it `null`.
    let hasGeometry: Bool
    /// The properties; without members where a change has none.
    var properties: JSONBody
    private var feature: JSONBody

    /// Reads the body of `call`; faults are told by ``finish()``.
    ///
    /// - Parameters:
    ///   - names: the properties that are known.
    ///   - isPatch: whether members may be missing.
    /// - Throws: ``Problem`` as ``JSONBody/read(_:)``.
    static func read(_ call: Call, properties names: Set<String>, isPatch: Bool = false) async throws -> FeatureBody {
        var (feature, bytes) = try await JSONBody.read(call)
        feature.allow(only: ["type", "geometry", "properties", "bbox"])
        if feature.member("type") != .string("Feature"), !isPatch || feature.member("type") != nil {
            feature.fault("type", "type", "The body must be a GeoJSON feature: type is Feature.")
        }
        feature.checkBox()
        let hasGeometry = feature.has("geometry")
        let geometry = feature.geometry("geometry")
        var properties = isPatch && !feature.has("properties") ? nil : feature.object("properties")
        properties?.allow(only: names)
        return FeatureBody(
            bytes: bytes, geometry: geometry, hasGeometry: hasGeometry,
            properties: properties ?? JSONBody(.object([]), at: "/properties"), feature: feature)
    }

    /// The position of a point; a geometry of another type is a fault.
    mutating func position() -> Position? {
        switch geometry {
        case .point(let position)?: return position
        case nil: break
        default: feature.fault("geometry", "geometryType", "The geometry must be a Point or null.")
        }
        return nil
    }

    /// Ends the reading.
    ///
    /// - Throws: ``Problem`` 422 with every fault of the feature and its properties.
    func finish() throws { try JSONBody.finish(feature, properties) }
}
