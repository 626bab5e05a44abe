import Analysis
import GEOSGeometry
import PROJCoordinates

extension Installation {
    /// Runs an analysis and says in our words what went wrong below.
    ///
    /// - Throws: ``PlatformError``, `CancellationError`.
    func analysis<Value>(_ work: () async throws -> Value) async throws -> Value {
        do {
            return try await work()
        } catch let error as AnalysisError {
            switch error.code {
            case .cancelled: throw CancellationError()
            case .tooFewData: throw PlatformError(.invalidInput, error.description)
            default: throw PlatformError(.badRequest, error.description)
            }
        } catch let error as GEOSError {
            throw PlatformError(.invalidInput, "the geometry of the study area is too difficult: \(error.description)")
        } catch let error as PROJError {
            throw PlatformError(.unsupported, error.description)
        }
    }
}
