import Analysis
public import GeoCore
import PROJCoordinates

/// One cell, isoline, hull or other shape of an answer.
public struct AnalysisFeature: Sendable {
    /// A stable name inside this answer: cell indices or cluster number.
    public var id: String
    /// The shape in the metric CRS.
    public var shape: MetricGeometry
    /// Figures, in a fixed order.
    public var properties: [(name: String, value: JSONValue)]
    /// What the map colours: the bin of Gi*, the count, the density, the size of the cluster.
    public var value: Double?
    /// Who stands behind its count, where few of them have to be withheld from some.
    var contributors: Contributors?
    /// Who stands behind its class, which its neighbours have a say in.
    var surroundings: Contributors?
    /// Sums of it that are mostly those of one or two people, where some must not be told.
    var dominatedSums: Set<VotedSum> = []
    /// Who stands behind the most frequent category of a cluster.
    var top: Contributors?
    /// Who lies in each polygon of a contour.
    var parts: [Contributors]?
    /// How many are of each category, where that is told and few may have to be withheld.
    var mix: CategoryMix?
    /// What is told in place of figures of the same names to those from whom few are withheld.
    var masked: [(name: String, value: JSONValue)] = []
}

/// A column of numbers that belong to no single shape, such as a value for each distance or step.
public struct AnalysisSeries: Sendable {
    /// Name, unique in the answer.
    public var name: String
    /// Unit, such as `m`.
    public var unit: String?
    /// One value a row; all series of an answer have as many.
    public var values: [JSONValue]
}

extension AnalysisSeries {
    /// A column of numbers, some of which may be undefined.
    init(_ name: String, _ values: [Double?], _ unit: String? = nil) {
        self.init(name: name, unit: unit, values: values.map { value in value.map { .number($0) } ?? .null })
    }
}

/// The answer to a question on where contributions lie: shapes in metres with their figures, and how they came about.
public struct AnalysisAnswer<Question: Sendable>: Sendable {
    /// A shape of the answer.
    public typealias Feature = AnalysisFeature

    /// What is written as a table.
    public enum Table: Sendable {
        /// The shapes with their figures.
        case features
        /// The series, where they say more.
        case series
        /// The figures of the whole, where there is nothing else.
        case summary
    }

    /// What was asked.
    public var question: Question
    /// How the answer came about.
    public var analysis: AnalysisRecord
    /// The shapes, in a fixed order.
    public var features: [AnalysisFeature] {
        get { shapes.features }
        set { shapes = AnswerShapes(newValue) }
    }
    /// Columns of numbers beside the shapes; mostly none.
    public var series: [AnalysisSeries] = []
    /// How the answer depends on the scale, one row a scale, where ``series`` tell something else.
    public var scales: [AnalysisSeries] = []
    /// What ``csv()`` writes.
    public var table = Table.features
    /// What `auto` found beside the shapes.
    var findings: OneClickFindings?
    /// Slugs of the categories among what was analysed.
    var categories: [String] = []
    /// Who stands behind all of it, where few of them have to be withheld from some.
    var contributors: Contributors?
    /// Outline of the study area in the metric CRS.
    public var area: MetricGeometry?
    /// Name of the proceeding, for the title of a map.
    public var proceedingName: String
    /// From longitude and latitude to the plane of the shapes; looked up by the name of the CRS when `nil`.
    var plane: CoordinateTransform?
    /// What ``features`` are made of.
    private(set) var shapes: AnswerShapes

    init(
        question: Question, analysis: AnalysisRecord, shapes: AnswerShapes, series: [AnalysisSeries] = [],
        table: Table = .features, categories: [String] = [], contributors: Contributors? = nil, area: MetricGeometry?,
        proceedingName: String, plane: CoordinateTransform? = nil
    ) {
        (self.question, self.analysis, self.shapes, self.series) = (question, analysis, shapes, series)
        (self.table, self.categories, self.contributors, self.area) = (table, categories, contributors, area)
        (self.proceedingName, self.plane) = (proceedingName, plane)
    }

    /// Leaves out how the answer depends on the scale: the share of its own is the number of significant cells.
    mutating func withholdScales() {
        scales = []
        series.removeAll { $0.name == "hotShare" || $0.name.hasPrefix("jaccard") }
        analysis.summary.removeAll { $0.name == "meanJaccard" || $0.name == "leastJaccard" }
    }

    /// The same answer, whose shapes were not asked for yet.
    var unread: AnalysisAnswer {
        var answer = self
        if let cells = shapes.cells { answer.shapes = AnswerShapes(cells) }
        return answer
    }
}

/// The answer to a ``HotspotQuestion``.
public typealias HotspotAnswer = AnalysisAnswer<HotspotQuestion>
