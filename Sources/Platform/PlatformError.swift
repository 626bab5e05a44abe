public import Participation

/// Why a use case refused or failed, told to the person who can act.
///
/// Messages are safe to show: they name fields, rows and limits, never files of the server, SQL or library internals.
public struct PlatformError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of failure; web and command line map them to status and exit codes.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// Not there, or not visible to the one who asks.
        case notFound
        /// The question itself is malformed.
        case badRequest
        /// Understood, but against a rule; `violations` says which.
        case invalidInput
        /// Something of that name or key is there already.
        case conflict
        /// Changed since the one who asks has read it.
        case stale
        /// Only for those who say who they are.
        case unauthenticated
        /// Not allowed to this viewer, or not open now.
        case forbidden
        /// Over a limit of size.
        case tooLarge
        /// A format or coordinate reference system that is not supported.
        case unsupported
        /// Cannot be done now; later it may.
        case unavailable
    }

    /// What kind of failure it is.
    public var code: Code
    /// What is wrong, in a sentence.
    public var detail: String
    /// The single faults, where rules were broken.
    public var violations: [RuleViolation]
    /// What to do about it.
    public var hint: String?
    /// The contribution that stands in the way.
    public var contribution: Int64?
    /// The parameter of a question that cannot be as it is.
    public var parameter: String?
    /// Seconds after which it may be tried again.
    public var retryAfter: Int?

    /// Makes an error.
    ///
    /// - Parameter parameter: by default the one for which the hint begins with a value that works, as in
    ///   `cell=250 makes fewer`.
    public init(
        _ code: Code, _ detail: String, parameter: String? = nil, violations: [RuleViolation] = [],
        hint: String? = nil, contribution: Int64? = nil, retryAfter: Int? = nil
    ) {
        self.code = code
        self.parameter = parameter ?? hint.flatMap(Self.parameter)
        self.detail = detail
        self.violations = violations
        self.hint = hint
        self.contribution = contribution
        self.retryAfter = retryAfter
    }

    /// The detail with its hint.
    public var description: String { hint.map { "\(detail) (\($0))" } ?? detail }

    private static func parameter(of hint: String) -> String? {
        guard let end = hint.firstIndex(of: "="), hint[..<end].allSatisfy({ $0.isASCII && $0.isLetter }) else {
            return nil
        }
        return end == hint.startIndex ? nil : String(hint[..<end])
    }
}
