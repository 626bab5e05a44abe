import Formats
import HTTPTypes
import Hummingbird
import NIOCore
import Participation
import Platform
import Storage

extension Problem {
    /// What a client is told of an error, or `nil` where it is a fault of the server.
    init?(mapping error: any Error) {
        switch error {
        case let problem as Problem:
            self = problem
        case let error as PlatformError:
            self.init(error)
        case let error as FormatError:
            self.init(
                .invalidInput, "The file cannot be read: \(error)",
                errors: [Fault(parameter: error.field, code: error.code, detail: "\(error)")])
        case let error as StorageError:
            guard let problem = Problem(storage: error) else { return nil }
            self = problem
        case is CancellationError:
            self = Problem(.unavailable, "The work was stopped before it was done.", headers: [.retryAfter: "2"])
        case is NIOTooManyBytesError:
            self = Problem(.tooLarge, "The body is larger than allowed here.")
        case let error as HTTPError:
            guard let kind = ProblemKind.allCases.first(where: { $0.status == error.status }) else {
                self = Problem(.badRequest, "The request cannot be answered.")
                return
            }
            if kind == .internalError { return nil }
            self = Problem(kind, kind.title(in: .english) + ".")
        default:
            return nil
        }
    }
}

extension Problem {
    /// What a client is told of a use case that refused.
    init(_ error: PlatformError) {
        let kind: ProblemKind =
            switch error.code {
            case .notFound: .notFound
            case .badRequest: .badRequest
            // A file or CRS that is not supported: the media type of the request was fine.
            case .invalidInput, .unsupported: .invalidInput
            case .conflict: .conflict
            case .stale: .preconditionFailed
            case .unauthenticated: .unauthorized
            case .forbidden: .forbidden
            case .tooLarge: .tooLarge
            case .unavailable: .unavailable
            }
        self.init(
            kind, "\(error)",
            errors: error.violations.map { Fault(pointer: $0.pointer, code: $0.code, detail: $0.detail) }
                + (error.parameter.map { [Fault(parameter: $0, code: error.code.rawValue, detail: error.detail)] } ?? []),
            headers: Self.headers(of: kind))
        if let seconds = error.retryAfter { headers[.retryAfter] = "\(seconds)" }
    }

    private static func headers(of kind: ProblemKind) -> HTTPFields {
        switch kind {
        case .unavailable: [.retryAfter: "2"]
        case .unauthorized: [.wwwAuthenticate: "Bearer realm=\"mitplan\""]
        default: [:]
        }
    }

    /// What a client is told of the store; `nil` where it is a fault of the server.
    private init?(storage error: StorageError) {
        switch error.code {
        case .badCursor: self = .parameter("cursor", "The cursor was not made by this list.")
        case .busy, .disk: self = .overloaded("The store does not take this at present; please try again.")
        default: return nil
        }
    }
}
