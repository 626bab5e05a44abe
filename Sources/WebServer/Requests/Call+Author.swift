import HTTPTypes
import Hummingbird
import Participation
import Platform

extension HTTPField.Name {
    /// The secret by which the author of an item proves to be it.
    static var receipt: HTTPField.Name? { HTTPField.Name("Mitplan-Receipt") }
    /// Says that an earlier request with the same key has made this.
    static var idempotencyReplayed: HTTPField.Name? { HTTPField.Name("Idempotency-Replayed") }
}

extension HTTPFields {
    /// Says that an earlier request with the same key has done what is answered, where that is so.
    mutating func noteReplay(_ isReplay: Bool) {
        if isReplay, let name = HTTPField.Name.idempotencyReplayed { self[name] = "true" }
    }

    /// Those of the answer to a POST that is for its sender alone.
    ///
    /// - Parameter location: where what it made is found.
    static func made(_ location: String? = nil, isReplay: Bool) -> HTTPFields {
        var fields: HTTPFields = [.cacheControl: "no-store"]
        fields[.location] = location
        fields.noteReplay(isReplay)
        return fields
    }
}

extension Call {
    /// The receipt sent with the request; text that is none proves nothing.
    var receipt: String? {
        guard let name = HTTPField.Name.receipt, let text = request.headers[name], text.utf8.count <= 100 else {
            return nil
        }
        return text
    }

    /// The version that a change is meant for; weak tags count, since compression makes tags weak.
    ///
    /// - Throws: ``Problem`` 428 where `required` and none is given, 400 for what is no list of tags.
    func precondition(required: Bool) throws -> Precondition {
        guard let field = request.headers[.ifMatch] else {
            guard required else { return .any }
            throw Problem(
                .preconditionRequired, "Send If-Match with the ETag of what you have read, so that no change is lost.")
        }
        if field.trimmingBlanks == "*" { return .any }
        let versions = field.prefix(4000).split(separator: ",").map { part -> Int64? in
            let tag = part.trimmingBlanks
            let bare = tag.hasPrefix("W/") ? tag.dropFirst(2) : tag[...]
            guard bare.count >= 2, bare.hasPrefix("\""), bare.hasSuffix("\"") else { return nil }
            // A tag of another resource has no version that could be equal.
            guard bare.hasPrefix("\"v") else { return -1 }
            return bare.dropFirst(2).dropLast().split(separator: "-").first.flatMap { Int64($0) } ?? -1
        }
        guard !versions.isEmpty, !versions.contains(nil) else {
            throw Problem(.badRequest, "If-Match must be * or entity tags in double quotes.")
        }
        return .versions(Set(versions.compactMap { $0 }))
    }

    /// Header fields of the answer to a POST that made an item: where it is, its tag, and the receipt of its author
    /// where it has one.
    func createdHeaders(
        location: String, tag: String, receipt: String?, isReplay: Bool,
        type: String = "application/json; charset=utf-8"
    ) -> HTTPFields {
        var headers: HTTPFields = [.location: location, .eTag: tag, .contentType: type, .cacheControl: "no-store"]
        if let receipt, let name = HTTPField.Name.receipt { headers[name] = receipt }
        headers.noteReplay(isReplay)
        return headers
    }
}

/// Entity tags of single items: the version that `If-Match` means, and a digest of what is shown.
///
/// Votes change what is shown and not the version, so that they never stand in the way of a change.
enum VersionedTag {
    static func make(version: Int64, _ bytes: [UInt8]) -> String {
        let digest = SHA256.digest(bytes).prefix(8).map { byte in
            String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }
        return "\"v\(version)-\(digest.joined())\""
    }
}
