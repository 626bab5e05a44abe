extension HotspotQuestion {
    /// By what a count can be divided.
    public enum Division: String, Sendable, Hashable, CaseIterable {
        /// How many are of each category.
        case category
    }
}

extension HotspotQuestion.Method {
    /// Whether shares of contributions are tested, which knows whole ones only: none weighs more than another.
    var countsShares: Bool { self == .relativeRisk || self == .locationQuotient || self == .colocationLocal }

    /// Whether contributions are grouped into clusters.
    public var makesClusters: Bool { self == .dbscan || self == .hdbscan || self == .optics }
}
