import HTTPTypes
import Hummingbird
import Participation
import Platform
import Storage

extension Call {
    /// The answer of an analysis of a proceeding: conditional on its tag, computed off the threads that serve.
    ///
    /// - Parameters:
    ///   - formats: those the answer can have, the default first.
    ///   - name: of the file that a table is offered as.
    func analysisAnswer(
        formats: [String], name: String,
        _ make: @escaping @Sendable (ContributionFilter, Proceeding, Scope, String) async throws -> [UInt8]
    ) async throws -> Response {
        let filter = try filter()
        let format = try format(formats)
        let scope = try await scope()
        let proceeding = try await proceeding(scope)
        let language = format == "svg" ? context.language : nil
        let tag = VersionTag.make(proceeding, scope: scope, request: request, language: language)
        if Answer.isCurrent(tag, request: request) { return Answer.bytes([], type: "", tag: tag, request: request) }
        let start = ContinuousClock.now
        let bytes = try await services.analyse(for: context) { try await make(filter, proceeding, scope, format) }
        var headers = ServerTiming.headers(since: start)
        let type: String
        switch format {
        case "csv":
            type = "text/csv; charset=utf-8; header=present"
            headers[.contentDisposition] = Answer.attachment("\(name).csv")
        case "svg":
            type = "image/svg+xml; charset=utf-8"
            headers[.vary] = "Accept-Language"
        case "geojson": type = "application/geo+json; charset=utf-8"
        default: type = "application/json; charset=utf-8"
        }
        return Answer.bytes(bytes, type: type, tag: tag, request: request, headers: headers)
    }
}
