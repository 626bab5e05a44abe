import GeoCore
import Participation
import Platform

/// Conceptions as GeoJSON features.
enum ConceptionFeature {
    /// Appends one feature; times are rounded to the minute, as for contributions.
    static func append(_ conception: Conception, in proceeding: Proceeding, to out: inout [UInt8]) {
        func instant(_ value: Int64) -> JSONValue { .string(Timestamp.rfc3339(Timestamp.minute(value))) }
        var members: [JSONValue.Member] = [
            .init("title", .string(conception.title)), .init("text", .string(conception.text)),
            .init("image", conception.image.map { .string($0) } ?? .null),
            .init("order", .integer(conception.order)), .init("created", instant(conception.created)),
            .init("changed", instant(conception.changed)), .init("state", .string(conception.state.name)),
            .init("votesUp", .integer(conception.votesUp)), .init("votesDown", .integer(conception.votesDown)),
            .init("comments", .integer(conception.commentCount)),
            .init("attachments", .array(conception.attachments.map { $0.value(in: proceeding) })),
        ]
        // A mark in a text is told from one that the author typed.
        if conception.isRedacted { members.append(.init("redacted", .bool(true))) }
        FeatureText.append(id: conception.id, conception.geometry, .object(members), to: &out)
    }

    /// The bytes and the tag of one conception.
    static func render(_ conception: Conception, in proceeding: Proceeding) -> (bytes: [UInt8], tag: String) {
        var bytes: [UInt8] = []
        append(conception, in: proceeding, to: &bytes)
        return (bytes, VersionedTag.make(version: conception.version, bytes))
    }
}
