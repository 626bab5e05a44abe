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
        let form = try AnswerForm(self, formats)
        let scope = try await scope()
        let proceeding = try await proceeding(scope)
        let tag = VersionTag.make(
            proceeding, scope: scope, request: request, language: form.isPicture ? context.language : nil)
        if Answer.isCurrent(tag, request: request) { return Answer.bytes([], type: "", tag: tag, request: request) }
        let start = ContinuousClock.now
        let bytes = try await services.analyse(for: context) {
            try form.bytes(try await make(filter, proceeding, scope, form.written))
        }
        return form.response(bytes, name: name, tag: tag, request: request, since: start)
    }
}
