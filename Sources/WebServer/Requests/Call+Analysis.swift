import HTTPTypes
import Hummingbird
import Participation
import Platform
import Storage

extension Problem {
    /// Reads or answers the question of an analysis: a value that its parameter cannot have is 422, since the request
    /// as such is understood.
    static func ofQuestion<Value>(_ work: () async throws -> Value) async throws -> Value {
        do {
            return try await work()
        } catch var problem as Problem {
            if problem.kind == .badRequest { problem.kind = .invalidInput }
            throw problem
        } catch var error as PlatformError {
            if error.code == .badRequest { error.code = .invalidInput }
            throw error
        }
    }
}

extension Call {
    /// The answer of an analysis of a proceeding: conditional on its tag, from memory where it was sent before, else
    /// computed and compressed off the threads that serve.
    ///
    /// - Parameters:
    ///   - formats: those the answer can have, the default first.
    ///   - name: of the file that a table is offered as.
    ///   - make: writes the answer, as a gzip stream if it likes where the client takes that.
    func analysisAnswer(
        formats: [String], name: String,
        _ make: @escaping @Sendable (ContributionFilter, Proceeding, Scope, String) async throws -> [UInt8]
    ) async throws -> Response {
        let filter = try await filter()
        let form = try AnswerForm(self, formats)
        let scope = try await scope()
        let proceeding = try await proceeding(scope)
        let tag = VersionTag.make(
            proceeding, in: installation, scope: scope, request: request,
            language: form.isPicture ? context.language : nil)
        if Answer.isCurrent(tag, request: request) { return Answer.bytes([], type: "", tag: tag, request: request) }
        let start = ContinuousClock.now
        let written = installation.written
        let isPacked = form.isCompressible && GzipMiddleware.isWanted(by: request)
        let key = WrittenAnswers.Key(
            tenant: scope.tenant.key, proceeding: proceeding.key, dataVersion: proceeding.dataVersion,
            viewers: scope.viewer.visibilityClass(in: proceeding.key), question: request.canonicalAddress, tag: tag,
            form: isPacked ? "\(form.format).gzip" : form.format)
        if let known = written.bytes(key) {
            return form.response(known, name: name, tag: tag, request: request, since: start)
        }
        let bytes = try await services.analyse(for: context) {
            try await written.bytes(key) {
                let plain = try form.bytes(
                    try await Problem.ofQuestion { try await make(filter, proceeding, scope, form.written) })
                return isPacked && plain.count >= GzipMiddleware.minimumBytes && !AnswerForm.isPacked(plain)
                    ? DeflateStream.compress(plain) ?? plain : plain
            }
        }
        return form.response(bytes, name: name, tag: tag, request: request, since: start)
    }
}

extension Request {
    /// The address with its parameters in the order of their names: a question asked in another order is the same.
    var canonicalAddress: String {
        guard let query = uri.query else { return uri.path }
        return uri.path + "?" + query.split(separator: "&").sorted().joined(separator: "&")
    }
}
