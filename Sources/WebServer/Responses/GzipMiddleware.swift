import HTTPTypes
import Hummingbird
import NIOCore

/// Compresses answers for clients that accept gzip.
struct GzipMiddleware: RouterMiddleware {
    /// Smaller answers are sent as they are.
    static let minimumBytes = 860

    func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        guard Self.isCompressible(response.headers[.contentType]) else { return response }
        response.headers[values: .vary].append("Accept-Encoding")
        guard (response.body.contentLength ?? .max) >= Self.minimumBytes, response.headers[.contentEncoding] == nil,
            response.status != .notModified, Self.isWanted(by: request), let stream = DeflateStream()
        else { return response }
        response.headers[.eTag] = response.headers[.eTag].map(Self.weak)
        let body = response.body
        let handle = StreamHandle(stream: stream)
        response.body = ResponseBody { writer in try await body.write(GzipWriter(parent: writer, handle: handle)) }
        response.headers[.contentLength] = nil
        response.headers[.contentEncoding] = "gzip"
        return response
    }

    /// Whether a client takes gzip (RFC 9110, 12.5.3): named or starred with a weight above 0.
    static func accepts(_ field: String?) -> Bool {
        var star: Bool?
        for item in (field ?? "").prefix(1000).split(separator: ",") {
            let parts = item.split(separator: ";").map(\.trimmingBlanks)
            guard let coding = parts.first?.lowercased() else { continue }
            let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
            if coding == "gzip" || coding == "x-gzip" { return weight > 0 }
            if coding == "*" { star = weight > 0 }
        }
        return star ?? false
    }

    /// Whether the answer to a request is compressed where its type and size are worth it.
    static func isWanted(by request: Request) -> Bool {
        request.method != .head && accepts(request.headers[.acceptEncoding])
    }

    /// The tag of compressed bytes, which are another representation: a strong one must differ from that of the plain
    /// bytes.
    static func weak(_ tag: String) -> String { tag.hasPrefix("W/") ? tag : "W/" + tag }

    /// Whether bytes of a media type get smaller.
    static func isCompressible(_ type: String?) -> Bool {
        guard let type else { return false }
        return type.hasPrefix("text/") || type.contains("json") || type.contains("xml") || type.contains("openapi")
    }
}

/// Hands the zlib stream to the task that writes the body.
///
/// Sound: the body of an answer is written once, by one task, and nothing else holds the stream.
private struct StreamHandle: @unchecked Sendable {
    let stream: DeflateStream
}

private struct GzipWriter: ResponseBodyWriter {
    var parent: any ResponseBodyWriter
    let handle: StreamHandle

    mutating func write(_ buffer: ByteBuffer) async throws {
        let compressed = handle.stream.push(buffer, finish: false)
        if compressed.readableBytes > 0 { try await parent.write(compressed) }
    }

    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {
        var parent = parent
        try await parent.write(handle.stream.push(ByteBuffer(), finish: true))
        try await parent.finish(trailingHeaders)
    }
}
