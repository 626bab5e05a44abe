extension HotspotQuestion {
    /// By what a count can be divided.
    public enum Division: String, Sendable, Hashable, CaseIterable {
        /// How many are of each category.
        case category
    }
}

extension HotspotQuestion {
    /// Methods that tell how their answer depends on the scale.
    static let scaled: [Method] = [
        .gi, .moran, .geary, .locationQuotient, .kde, .relativeRisk, .scan, .emerging, .dbscan, .hdbscan, .optics,
        .auto,
    ]

    /// What `sensitivity` asks of them.
    static let scaledMeaning =
        "Whether gi, moran, geary and location-quotient are run again on other cell sizes and origins, emerging on other "
        + "cell sizes, scan of model=bernoulli on cells of half and double size, kde and relative-risk with other "
        + "bandwidths, dbscan and optics with other reaches, hdbscan with other sizes of the smallest cluster; so they "
        + "are unless it is false, location-quotient, kde and clusters up to 100,000 contributions, relative-risk, "
        + "emerging and scan where it is quick."
}

extension HotspotQuestion.Method {
    /// Whether shares of contributions are tested, which knows whole ones only: none weighs more than another.
    var countsShares: Bool { self == .relativeRisk || self == .locationQuotient || self == .colocationLocal }

    /// Whether the series of an answer tell something else than how it depends on the scale.
    var hasSeries: Bool { self == .optics || self == .emerging }

    /// Whether contributions are grouped into clusters.
    public var makesClusters: Bool { self == .dbscan || self == .hdbscan || self == .optics }
}
