/// A question the analysis refuses to compute, with a reason that may be shown to people.
public struct AnalysisError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of fault it is; stable for programs.
    public struct Code: Sendable, Hashable {
        /// The stable word.
        public let name: String

        /// A parameter lies outside its allowed range.
        public static let invalidParameter = Code(name: "invalidParameter")
        /// Columns that belong together have different lengths, or indices point nowhere.
        public static let invalidColumns = Code(name: "invalidColumns")
        /// A coordinate, weight or value is not a finite number.
        public static let notFinite = Code(name: "notFinite")
        /// The grid or raster would have more cells than allowed.
        public static let tooManyCells = Code(name: "tooManyCells")
        /// There is too little data for the method.
        public static let tooFewData = Code(name: "tooFewData")
        /// The task that asked was cancelled.
        public static let cancelled = Code(name: "cancelled")
    }

    /// What kind of fault it is.
    public let code: Code
    /// What is wrong and what to do, for people.
    public let description: String

    init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }

    /// Throws when the surrounding task has been cancelled; called once a chunk in long loops.
    static func checkCancellation() throws(AnalysisError) {
        if Task.isCancelled { throw AnalysisError(.cancelled, "The computation was cancelled.") }
    }

    /// Throws unless `value` is finite and greater than zero.
    static func requirePositive(_ value: Double, _ name: String) throws(AnalysisError) {
        guard value.isFinite, value > 0 else {
            throw AnalysisError(.invalidParameter, "\(name) must be a finite number greater than zero.")
        }
    }
}
