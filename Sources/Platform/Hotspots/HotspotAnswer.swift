public import GeoCore

/// The answer to a ``HotspotQuestion``: shapes in metres with their figures, and how they came about.
public struct HotspotAnswer: Sendable {
    /// One cell, isoline or cluster hull.
    public struct Feature: Sendable {
        /// A stable name inside this answer: cell indices or cluster number.
        public var id: String
        /// The shape in the metric CRS.
        public var shape: MetricGeometry
        /// Figures, in a fixed order.
        public var properties: [(name: String, value: JSONValue)]
        /// What the map colours: the bin of Gi*, the count, the density, the size of the cluster.
        public var value: Double?
    }

    /// What was asked.
    public var question: HotspotQuestion
    /// How the answer came about.
    public var analysis: AnalysisRecord
    /// The shapes, in a fixed order.
    public var features: [Feature]
    /// Outline of the study area in the metric CRS.
    public var area: MetricGeometry?
    /// Name of the proceeding, for the title of a map.
    public var proceedingName: String
}
