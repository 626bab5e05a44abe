import FoundationEssentials
import HTTPTypes
import Hummingbird
import NIOCore

/// A failure as a client meets it: problem details of RFC 9457.
///
/// `detail` and the faults are written for people and are safe to show.
struct Problem: HTTPResponseError, Sendable {
    /// One fault of the request and where it is.
    struct Fault: Sendable, Hashable, Encodable {
        /// JSON Pointer (RFC 6901) into the body.
        var pointer: String?
        /// Name of the query parameter.
        var parameter: String?
        /// Name of the header field.
        var header: String?
        /// A stable word for programs.
        var code: String
        /// What is wrong.
        var detail: String
    }

    /// What kind of failure it is.
    var kind: ProblemKind
    /// What is wrong and what to do, at most 500 characters.
    var detail: String
    /// The single faults; at most 50 are told.
    var errors: [Fault] = []
    /// Header fields that belong to the answer, such as `Allow`.
    var headers: HTTPFields = [:]

    init(_ kind: ProblemKind, _ detail: String, errors: [Fault] = [], headers: HTTPFields = [:]) {
        self.kind = kind
        self.detail = detail
        self.errors = errors
        self.headers = headers
    }

    var status: HTTPResponse.Status { kind.status }

    func response(from request: Request, context: some RequestContext) throws -> Response {
        response(language: Language(of: request), requestID: (context as? WebContext)?.requestID)
    }

    /// The answer in a language, naming the request.
    func response(language: Language, requestID: String?) -> Response {
        let document = Document(
            type: kind.type, title: kind.title(in: language), status: status.code, detail: String(detail.prefix(500)),
            instance: "urn:uuid:\(requestID ?? UUID().uuidString.lowercased())",
            errors: errors.isEmpty ? nil : Array(errors.prefix(50)))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let bytes = (try? encoder.encode(document)).map { Array($0) } ?? []
        var headers = headers
        headers[.contentType] = "application/problem+json; charset=utf-8"
        headers[.contentLanguage] = language.rawValue
        headers[.cacheControl] = "no-store"
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    private struct Document: Encodable {
        var type: String
        var title: String
        var status: Int
        var detail: String
        var instance: String
        var errors: [Fault]?
    }

    /// A short, harmless echo of outside text: at most 60 characters, control characters left out.
    static func echo(_ text: some StringProtocol) -> String {
        let clean = text.unicodeScalars.prefix(60).filter { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }
        return String(String.UnicodeScalarView(clean))
    }
}

extension Problem {
    /// A query parameter with a wrong value.
    static func parameter(_ name: String, _ detail: String, code: String = "invalid") -> Problem {
        Problem(.badRequest, detail, errors: [Fault(parameter: name, code: code, detail: detail)])
    }

    /// Something that is not there, or that this caller may not know of.
    static func missing(_ what: String) -> Problem { Problem(.notFound, "There is no \(what) of this name here.") }

    /// Too much at once; the client may come again after so many seconds, drawn so that not all come at once.
    static func overloaded(
        _ detail: String = "The server has too much to do; please try again in a moment.",
        after seconds: ClosedRange<Int> = 1...5
    ) -> Problem {
        Problem(.unavailable, detail, headers: [.retryAfter: String(Int.random(in: seconds))])
    }
}
