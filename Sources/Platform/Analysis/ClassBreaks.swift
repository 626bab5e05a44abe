import Analysis
import GeoCore

/// How values are divided into classes for a map.
public struct ClassBreaks: Sendable, Hashable {
    /// By which rule.
    public enum Rule: String, Sendable, Hashable, CaseIterable {
        /// About as many values in each class.
        case quantile
        /// Classes of equal width.
        case equal
        /// Values of a class differ as little as possible (natural breaks).
        case jenks
        /// The mean, then the mean of those above it, and so on, for few large values among many small ones.
        case headTail = "head-tail"
        /// Limits that grow by the same factor, for values of very different sizes.
        case geometric
        /// Classes one standard deviation wide about the mean.
        case standardDeviation = "standard-deviation"
    }

    /// By which rule.
    public var rule: Rule
    /// How many classes; `head-tail` finds its own number.
    public var classes: Int

    /// Fewest and most classes.
    public static let range = 2...20

    /// Classes by a rule, five unless said otherwise.
    public init(_ rule: Rule, classes: Int = 5) {
        self.rule = rule
        self.classes = classes
    }

    /// The parameters, of the methods that have them.
    static func parameters<Method: RawRepresentable<String>>(of methods: [Method]) -> [AnalysisParameter] {
        [
            .init("breaks", HotspotQuestion.words(Rule.self), of: methods, Self.breaksSummary),
            .init("classes", .integer(range, unit: "", example: 5), of: methods, Self.classesSummary),
        ]
    }

    /// What `breaks` means.
    public static let breaksSummary = "By which rule values are divided into classes; not at all by default."
    /// What `classes` means.
    public static let classesSummary =
        "How many classes; head-tail finds its own number, and standard-deviation has fewer where none lie so far out."

    /// Makes classes of what is given; none where no rule is.
    ///
    /// - Throws: ``PlatformError`` `badRequest` for a number of classes without a rule.
    public init?(rule: Rule?, classes: Int?) throws {
        guard let rule else {
            guard classes == nil else {
                throw PlatformError(
                    .badRequest,
                    "classes needs breaks, one of "
                        + Rule.allCases.map(\.rawValue).joined(separator: ", "), parameter: "classes")
            }
            return nil
        }
        self.init(rule, classes: classes ?? 5)
    }

    /// Divides values.
    ///
    /// - Returns: `nil` without values.
    /// - Throws: ``PlatformError`` `badRequest` for a number of classes out of range.
    func divide(_ values: [Double]) throws -> ValueClasses? {
        guard Self.range.contains(classes) else {
            throw PlatformError(
                .badRequest,
                "classes must be a whole number from \(Self.range.lowerBound) to \(Self.range.upperBound), for example 5",
                parameter: "classes")
        }
        guard let largest = values.max() else { return nil }
        let limits: [Double] =
            switch rule {
            case .quantile: try quantileBreaks(values, classes: classes)
            case .equal: try equalIntervalBreaks(values, classes: classes)
            case .jenks: try NaturalBreaks(values, classes: classes).upperLimits
            case .headTail: try headTailBreaks(values) + [largest]
            case .geometric: try geometricBreaks(values, classes: classes)
            case .standardDeviation: try standardDeviationBreaks(values, classes: classes)
            }
        var rising: [Double] = []
        for limit in limits where rising.last.map({ $0 < limit }) ?? true { rising.append(limit) }
        var classes = ValueClasses(rule: rule, limits: rising, counts: Array(repeating: 0, count: rising.count))
        for value in values { classes.counts[classes.number(of: value) - 1] += 1 }
        return classes
    }
}

/// Classes of values: each holds those above the limit before and up to its own.
public struct ValueClasses: Sendable, Hashable {
    /// By which rule they were found.
    public var rule: ClassBreaks.Rule
    /// Upper limits, rising.
    public var limits: [Double]
    /// How many values each class holds.
    public var counts: [Int]

    /// The number of the class of a value, counted from 1.
    func number(of value: Double) -> Int { (limits.firstIndex { value <= $0 } ?? limits.count - 1) + 1 }

    /// The classes as JSON.
    var json: JSONValue {
        .object([
            .init("rule", .string(rule.rawValue)), .init("limits", .array(limits.map { .number($0) })),
            .init("counts", .array(counts.map { .integer(Int64($0)) })),
        ])
    }
}
