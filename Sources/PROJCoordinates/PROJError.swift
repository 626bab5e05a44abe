/// Why a coordinate reference system or a transformation cannot be used.
public struct PROJError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of failure.
    public enum Code: String, Sendable, Hashable {
        /// The text names no coordinate reference system that we know.
        case unknownCRS
        /// There is no transformation between the two.
        case noTransformation
        /// A coordinate cannot be transformed.
        case outOfDomain
        /// A system in metres is needed and another was given.
        case notMetric
    }

    /// What kind of failure it is.
    public var code: Code
    /// What is wrong and what to do.
    public var description: String
    /// Index of the row at fault, counted from 0.
    public var row: Int?

    /// Makes an error.
    public init(_ code: Code, _ description: String, row: Int? = nil) {
        self.code = code
        self.description = description
        self.row = row
    }
}
