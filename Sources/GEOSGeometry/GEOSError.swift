/// Why GEOS could not answer.
public struct GEOSError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of failure.
    public enum Code: String, Sendable, Hashable {
        /// GEOS refused the geometry or the operation.
        case failed
        /// The operation would cost more than is allowed for geometry from outside.
        case tooComplex
    }

    /// What kind of failure it is.
    public var code: Code
    /// What is wrong, for people.
    public var description: String

    /// Makes an error.
    public init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
