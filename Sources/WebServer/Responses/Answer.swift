import FoundationEssentials
import GeoCore
import HTTPTypes
import Hummingbird
import NIOCore

/// Makes the common kinds of answers.
enum Answer {
    /// Bytes of a media type; with a tag, conditional on `If-None-Match` (RFC 9110, 13.1.2).
    static func bytes(
        _ bytes: [UInt8], type: String, tag: String? = nil, request: Request, headers: HTTPFields = [:]
    ) -> Response {
        var headers = headers
        if let tag {
            headers[.eTag] = tag
            headers[.cacheControl] = "public, max-age=0, must-revalidate"
            if isCurrent(tag, request: request) { return Response(status: .notModified, headers: headers) }
        }
        headers[.contentType] = type
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// A value as JSON, its members in alphabetical order so that equal values are equal bytes.
    static func json(
        _ value: some Encodable, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
    ) throws -> Response {
        let bytes = try encode(value)
        var headers = headers
        headers[.contentType] = "application/json; charset=utf-8"
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// The bytes of a value as JSON with its members in alphabetical order.
    static func encode(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(value))
    }

    /// Whether the client has the representation of this tag already; weak comparison.
    static func isCurrent(_ tag: String, request: Request) -> Bool {
        guard let field = request.headers[.ifNoneMatch] else { return false }
        let bare = tag.hasPrefix("W/") ? String(tag.dropFirst(2)) : tag
        return field.prefix(4000).split(separator: ",").contains { item in
            let candidate = item.trimmingBlanks
            return candidate == "*" || (candidate.hasPrefix("W/") ? candidate.dropFirst(2) : candidate) == bare
        }
    }

    /// A `Content-Disposition` that offers a file under a fixed ASCII name (RFC 6266).
    static func attachment(_ name: String) -> String {
        let safe = name.unicodeScalars.filter {
            $0.isASCII && ($0.properties.isAlphabetic || "0123456789-_.".unicodeScalars.contains($0))
        }
        return "attachment; filename=\"\(String(String.UnicodeScalarView(safe)))\""
    }

    /// A `Content-Disposition` that offers a file under a name in any script: in ASCII for old clients, and as it is
    /// (RFC 6266, 4.3; RFC 8187).
    static func attachment(named name: String) -> String {
        let plain = String(String.UnicodeScalarView(name.unicodeScalars.map { $0.isASCII && $0 != " " ? $0 : "_" }))
        let encoded = name.utf8.map { byte -> String in
            let isPlain =
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                || [45, 46, 95].contains(byte)
            if isPlain { return String(UnicodeScalar(byte)) }
            return "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }
        return "\(attachment(plain)); filename*=UTF-8''\(encoded.joined())"
    }
}

extension Answer {
    /// A JSON value, its members in their own order.
    static func value(
        _ value: JSONValue, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
    ) -> Response {
        var bytes: [UInt8] = []
        value.append(to: &bytes)
        var headers = headers
        headers[.contentType] = "application/json; charset=utf-8"
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
