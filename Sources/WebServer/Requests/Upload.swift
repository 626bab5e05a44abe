import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// A file under way to the server: streamed to a folder of its own, which is gone when the work is done.
enum Upload {
    /// Writes the body of `call` to a temporary file and hands its path to `work`.
    ///
    /// - Parameters:
    ///   - maximum: most bytes, where that is less than the server's own limit.
    ///   - isNamed: whether the request must tell the name of the file, whose ending tells its format.
    /// - Throws: ``Problem`` 413 before reading when the declared length is too large and while reading when the body
    ///   grows too large, 415 for encoded bodies and forms, 408 after the deadline, 400 for an empty body or a missing name.
    static func receive<Value: Sendable>(
        _ call: Call, maximum: Int = .max, isNamed: Bool = true,
        _ work: @Sendable (_ path: String, _ name: String) async throws -> Value
    ) async throws -> Value {
        let settings = call.services.settings
        let maximum = min(maximum, settings.maximumUploadBytes)
        try StrictBody.checkLength(call.request, maximum: maximum)
        try StrictBody.checkEncoding(call.request)
        if StrictBody.mediaType(call.request)?.hasPrefix("multipart/") == true {
            throw Problem(.unsupportedMediaType, "Send the file itself as the body, not as part of a form.")
        }
        let name = isNamed ? try fileName(call) : "upload"
        let folder = try folder(settings)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = "\(folder)/\(name)"
        let request = call.request
        try await StrictBody.within(settings.uploadDeadline) {
            do {
                try await write(request.body, to: path, maximum: maximum)
            } catch {
                throw StrictBody.broken(error)
            }
        }
        return try await work(path, name)
    }

    /// Makes a folder of its own for files under way; who asks removes it.
    ///
    /// - Throws: ``Problem`` 503 where there is no room.
    static func folder(_ settings: ServerSettings) throws -> String {
        let folder = "\(settings.temporaryFolder)/\(UploadFolder.upload)\(UUID().uuidString.lowercased())"
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw Problem.overloaded("The server has no room for files at present.")
        }
        return folder
    }

    private static func write(_ body: RequestBody, to path: String, maximum: Int) async throws {
        guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
            let file = FileHandle(forWritingAtPath: path)
        else { throw Problem.overloaded("The server has no room for uploads at present.") }
        defer { try? file.close() }
        var total = 0
        var pace = BodyPace()
        for try await buffer in body {
            try pace.add(buffer.readableBytes)
            total += buffer.readableBytes
            guard total <= maximum else { throw StrictBody.tooLarge(maximum) }
            do {
                try file.write(contentsOf: Data(buffer.readableBytesView))
            } catch {
                throw Problem.overloaded("The server has no room for uploads at present.")
            }
        }
        guard total > 0 else { throw Problem(.badRequest, "The body is empty: send the file itself as the body.") }
    }

    /// The name of the file as it was given.
    static func givenName(_ call: Call) throws -> String? {
        try call.query.text("filename", maximumLength: 255) ?? disposition(call.request)
    }

    /// The base name of the file, from the parameter `filename` or `Content-Disposition`; its ending tells the format.
    private static func fileName(_ call: Call) throws -> String {
        guard let given = try givenName(call) else {
            throw Problem.parameter(
                "filename", "Give the name of the file as ?filename=streets.gpkg or in Content-Disposition.",
                code: "required")
        }
        let base = given.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
        let safe = base.unicodeScalars.map { scalar -> Character in
            let isKept =
                scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
                || "._-".unicodeScalars.contains(scalar)
            return isKept ? Character(scalar) : "_"
        }
        let name = String(safe.prefix(120))
        guard name.contains(where: { $0 != "." && $0 != "_" }), !name.hasPrefix(".") else {
            throw Problem.parameter("filename", "This is no usable name of a file.")
        }
        return name
    }

    private static func disposition(_ request: Request) -> String? {
        for part in request.headers[.contentDisposition]?.split(separator: ";").dropFirst() ?? [] {
            let halves = part.split(separator: "=", maxSplits: 1)
            guard halves.count == 2, halves[0].trimmingBlanks.lowercased() == "filename" else { continue }
            return String(halves[1].trimmingBlanks.filter { $0 != "\"" })
        }
        return nil
    }
}
