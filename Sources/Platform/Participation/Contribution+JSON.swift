public import GeoCore
public import Participation

extension Contribution {
    /// Appends the contribution as a GeoJSON feature; what only staff may know is not in it.
    public func appendGeoJSON(to bytes: inout [UInt8]) {
        bytes += Array("{\"type\":\"Feature\",\"id\":\(id),\"geometry\":".utf8)
        if let geometry { GeoJSONGeometry.append(geometry, to: &bytes) } else { bytes += Array("null".utf8) }
        bytes += Array(",\"properties\":".utf8)
        func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
        JSONValue.object([
            .init("title", .string(title)), .init("text", .string(self.text)), .init("category", text(category)),
            .init("type", text(type)), .init("locationQuality", .string(quality.name)),
            .init("state", .string(state.name)), .init("created", .string(Timestamp.rfc3339(created))),
            .init("votesUp", .integer(votesUp)), .init("votesDown", .integer(votesDown)),
            .init("comments", .integer(commentCount)),
        ]).append(to: &bytes)
        bytes.append(0x7D)
    }
}

extension Comment {
    /// The comment as JSON, without its answers.
    public var json: JSONValue {
        .object([
            .init("id", .integer(id)), .init("contribution", .integer(contribution)),
            .init("parent", parent.map { .integer($0) } ?? .null),
            .init("subject", subject.map { .string($0) } ?? .null), .init("text", .string(text)),
            .init("created", .string(Timestamp.rfc3339(created))),
        ])
    }
}
