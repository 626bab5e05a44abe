import HTTPTypes
import Hummingbird
import NIOCore

/// Reads request bodies in a fixed order: length, media type, encoding, then the bytes, within an absolute deadline.
struct StrictBody: Sendable {
    /// Most bytes of a JSON body.
    let maximumBytes: Int
    /// Time for the whole body.
    let deadline: Duration

    /// The bytes of a JSON body (`application/json`, `application/geo+json` or a `+json` type).
    ///
    /// - Throws: ``Problem`` 413 before reading when the declared length is too large, and while reading when the body
    ///   grows too large; 415 for another media type or an encoded body; 408 after the deadline; 400 for an empty body.
    func jsonBytes(_ request: Request) async throws -> [UInt8] {
        try Self.checkLength(request, maximum: maximumBytes)
        try Self.checkEncoding(request)
        let type = Self.mediaType(request)
        guard let type, type == "application/json" || (type.hasPrefix("application/") && type.hasSuffix("+json")) else {
            throw Problem(.unsupportedMediaType, "The body must be JSON: send Content-Type: application/json.")
        }
        let maximum = maximumBytes
        let body = request.body
        let buffer = try await Self.within(deadline) {
            do {
                var collected = ByteBuffer()
                var pace = BodyPace()
                for try await var part in body {
                    guard collected.readableBytes + part.readableBytes <= maximum else { throw Self.tooLarge(maximum) }
                    try pace.add(part.readableBytes)
                    collected.writeBuffer(&part)
                }
                return collected
            } catch {
                throw Self.broken(error)
            }
        }
        guard buffer.readableBytes > 0 else { throw Problem(.badRequest, "The body is empty.") }
        return Array(buffer.readableBytesView)
    }

    /// Refuses a body whose declared length is over the limit, before a byte of it is read.
    static func checkLength(_ request: Request, maximum: Int) throws {
        guard let field = request.headers[.contentLength] else { return }
        guard let length = Int(field), length >= 0 else {
            // More digits than a machine number has is a length over every limit.
            if !field.isEmpty, field.utf8.allSatisfy({ (48...57).contains($0) }) { throw tooLarge(maximum) }
            throw Problem(.badRequest, "Content-Length is not a number.")
        }
        if length > maximum { throw tooLarge(maximum) }
    }

    /// Refuses compressed bodies: their true size is not known before they are read.
    static func checkEncoding(_ request: Request) throws {
        guard let encoding = request.headers[.contentEncoding], encoding.lowercased() != "identity" else { return }
        throw Problem(.unsupportedMediaType, "Encoded bodies are not accepted: send it without Content-Encoding.")
    }

    /// The media type of the body without its parameters, in lower case.
    static func mediaType(_ request: Request) -> String? {
        request.headers[.contentType]?.split(separator: ";").first.map { $0.trimmingBlanks.lowercased() }
    }

    /// What is thrown when the bytes of a body cannot be read: framing that breaks HTTP, or an end that came too early.
    static func broken(_ error: any Error) -> any Error {
        if error is Problem || error is CancellationError { return error }
        return Problem(.badRequest, "The body broke off or is framed wrongly.", headers: [.connection: "close"])
    }

    static func tooLarge(_ maximum: Int) -> Problem {
        let text = maximum >= 1 << 20 ? "\(maximum >> 20) MiB" : "\(maximum) bytes"
        return Problem(.tooLarge, "The body is larger than the \(text) allowed here.")
    }

    /// Runs `work` and gives up after `deadline`.
    static func within<Value: Sendable>(
        _ deadline: Duration, _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value.self) { group in
            group.addTask { try await work() }
            group.addTask {
                try await Task.sleep(for: deadline)
                throw Problem(.timeout, "The body did not arrive in time.", headers: [.connection: "close"])
            }
            defer { group.cancelAll() }
            guard let value = try await group.next() else { throw CancellationError() }
            return value
        }
    }
}
