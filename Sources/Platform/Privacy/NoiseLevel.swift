/// What every question with noise must keep to.
enum NoiseLevel {
    /// - Returns: whether there is to be noise.
    /// - Throws: ``PlatformError`` `badRequest`.
    static func isAsked(epsilon: Double?, clip: Int) throws -> Bool {
        guard let epsilon else {
            guard clip == 3 else {
                throw PlatformError(.badRequest, "clip belongs to epsilon, for example epsilon=1", parameter: "clip")
            }
            return false
        }
        guard (epsilon * 1000).rounded() / 1000 == epsilon else {
            throw PlatformError(
                .badRequest, "epsilon has at most three decimals, for example 0.5", parameter: "epsilon")
        }
        return true
    }
}
