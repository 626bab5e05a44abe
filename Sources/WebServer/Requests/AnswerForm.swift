import HTTPTypes
import Hummingbird
import Participation
import Platform
import Storage

/// The form of an analysis's answer: a format, and for pixels how many.
struct AnswerForm: Sendable {
    /// The formats of pictures.
    static let pictures = ["svg", "png"]

    /// The parameters by which a form is chosen.
    static func parameters(_ formats: [String]) -> [ParameterDescription] {
        let width = ParameterDescription(
            name: "width", summary: "Width of a PNG in pixels, \(PictureForm.standardWidth) by default.",
            shape: .integer(PictureForm.widths))
        return [Call.formatParameter(formats)] + (formats.contains("png") ? [width] : [])
    }

    /// The media types of formats, without parameters.
    static func mediaTypes(_ formats: [String]) -> [String] { formats.map { mediaType($0) } }

    private static func mediaType(_ format: String) -> String {
        switch format {
        case "csv": "text/csv"
        case "svg": "image/svg+xml"
        case "png": "image/png"
        case "geojson": "application/geo+json"
        default: "application/json"
        }
    }

    /// What the answer is written as.
    let format: String
    private let width: Int?

    /// Reads the form from the query.
    ///
    /// - Throws: ``Problem`` 400.
    init(_ call: Call, _ formats: [String]) throws {
        format = try call.format(formats)
        width = try call.query.integer("width", in: PictureForm.widths)
        if width != nil, format != "png" { throw Problem.parameter("width", "width is for f=png alone.") }
    }

    /// The format that an analysis has to write: pixels are made of its SVG.
    var written: String { format == "png" ? "svg" : format }

    /// Whether words in a language stand in it.
    var isPicture: Bool { Self.pictures.contains(format) }

    /// Whether the bytes get smaller when they are compressed.
    var isCompressible: Bool { GzipMiddleware.isCompressible(Self.mediaType(format)) }

    /// What is sent of what was written.
    ///
    /// - Throws: `PlatformError` for a picture that is too large.
    func bytes(_ written: [UInt8]) throws -> [UInt8] {
        format == "png"
            ? try PictureForm.png(width: width ?? PictureForm.standardWidth).picture(written) : written
    }

    /// Whether bytes are a gzip stream: no text begins like one (RFC 1952, 2.3.1).
    static func isPacked(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x1F, 0x8B]) }

    /// The answer with its header fields; bytes that were compressed already tell so by how they begin.
    ///
    /// - Parameter name: of the file that a table is offered as.
    func response(
        _ bytes: [UInt8], name: String, tag: String?, request: Request, since start: ContinuousClock.Instant
    ) -> Response {
        var headers = ServerTiming.headers(since: start)
        var type = Self.mediaType(format)
        if isPicture { headers[.vary] = "Accept-Language" }
        if format != "png" { type += "; charset=utf-8" }
        if format == "csv" {
            type += "; header=present"
            headers[.contentDisposition] = Answer.attachment("\(name).csv")
        }
        guard isCompressible, Self.isPacked(bytes) else {
            return Answer.bytes(bytes, type: type, tag: tag, request: request, headers: headers)
        }
        headers[.contentEncoding] = "gzip"
        return Answer.bytes(
            bytes, type: type, tag: tag.map(GzipMiddleware.weak), request: request, headers: headers)
    }
}
