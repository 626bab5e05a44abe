import Analysis

/// How an answer came about, complete enough to be defended in a council meeting and repeated elsewhere.
public struct AnalysisRecord: Sendable, Hashable {
    /// One parameter with its unit, and whether somebody gave it or the engine chose it.
    public struct Parameter: Sendable, Hashable {
        /// Name as in the question.
        public var name: String
        /// The value.
        public var value: Value
        /// Unit, such as `m`.
        public var unit: String?
        /// Who decided it.
        public var origin: Origin
        /// By which rule it was chosen, where it was.
        public var rule: String?
    }

    /// A number or a word.
    public enum Value: Sendable, Hashable {
        case number(Double)
        case text(String)
    }

    /// Who decided a parameter.
    public enum Origin: String, Sendable, Hashable {
        /// The one who asked.
        case given
        /// The engine, from the data.
        case chosen
        /// The default of the method.
        case standard = "default"
    }

    /// The method in words.
    public var method: String
    /// Where it is defined.
    public var reference: String
    /// All parameters, in a fixed order.
    public var parameters: [Parameter] = []
    /// Which contributions were asked about; all where it is empty.
    public var filters: [FilterTerm] = []
    /// The metric CRS that was computed in, such as `EPSG:25832`.
    public var crs: String
    /// What was taken for the study area.
    public var studyArea: String
    /// How many contributions were used.
    public var used = 0
    /// Whether that number is withheld, since it would give away how many few are; it is 0 then.
    public var isUsedSuppressed = false
    /// How many were left out, by reason; sorted by reason.
    public var leftOut: [LeftOut] = []
    /// Figures of the whole, such as the number of hot cells.
    public var summary: [Parameter] = []
    /// Classes that the values were divided into, where that was asked for.
    public var classes: ValueClasses?
    /// Warnings that belong on the map.
    public var warnings: [String] = []
    /// Further ones, with their numbers and in both languages.
    public var cautions: [AnalysisCaution] = []
    /// What the answer means in plain words, where somebody found these.
    public var explanation: AnalysisExplanation?
    /// Version of the proceeding's data.
    public var dataVersion: Int64
    /// Version of the engine.
    public var engineVersion = Installation.version

    /// How many contributions were used, for people; a dash where that is withheld.
    var toldUsed: String { isUsedSuppressed ? "–" : "\(used)" }

    /// Contributions that did not enter an analysis.
    public struct LeftOut: Sendable, Hashable {
        /// Why, as a stable word.
        public var reason: String
        /// How many.
        public var count: Int
        /// Whether that number is withheld, since few people stand behind it; it is 0 then.
        public var isSuppressed = false
        /// Who wrote them, where that matters.
        var contributors: Contributors?
    }
}
