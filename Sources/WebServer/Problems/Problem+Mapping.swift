import HTTPTypes
import Hummingbird
import NIOCore

extension Problem {
    /// What a client is told of an error, or `nil` where it is a fault of the server.
    init?(mapping error: any Error) {
        switch error {
        case let problem as Problem:
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
