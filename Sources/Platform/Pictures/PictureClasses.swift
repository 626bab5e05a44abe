import Analysis
import Formats

/// Into which class of a legend a value falls.
struct PictureClasses {
    /// Heading of the legend.
    let title: String
    /// What the classes mean, in order.
    let labels: [String]
    /// Colours of the classes.
    let scale: ColorScale
    private let rule: Rule

    private enum Rule {
        /// The first class whose limit is not below the value.
        case limits([Double])
        /// Values are numbers of classes, counted from this one.
        case codes(from: Int)
        /// Values are numbers of patterns; cold ones, below zero, come after hot ones.
        case patterns
    }

    /// The isolines that hold shares in percent, the largest share first.
    static func shares(_ percents: [Double], title: String, _ words: PictureWords) -> PictureClasses {
        let sorted = percents.sorted(by: >)
        return PictureClasses(
            title: title, labels: sorted.map { "\(words.number($0)) %" }, scale: .sequential,
            rule: .limits(sorted.map { 100 - $0 }))
    }

    /// The seven classes of significance, −3 to 3.
    static func bins(_ words: PictureWords) -> PictureClasses {
        PictureClasses(title: words.significance, labels: words.bins, scale: .diverging, rule: .codes(from: -3))
    }

    /// The quadrants of local Moran's I, by their numbers.
    static func quadrants(_ words: PictureWords) -> PictureClasses {
        PictureClasses(title: words.quadrantTitle, labels: words.quadrants, scale: .quadrants, rule: .codes(from: 0))
    }

    /// How a cell is like its neighbours by local Geary's c, by their numbers.
    static func associations(_ words: PictureWords) -> PictureClasses {
        PictureClasses(title: words.quadrantTitle, labels: words.associations, scale: .quadrants, rule: .codes(from: 0))
    }

    /// The patterns of hot spots in time: none, hot and cold kinds.
    static func patterns(_ words: PictureWords) -> PictureClasses {
        PictureClasses(title: words.patternTitle, labels: words.patterns, scale: .patterns, rule: .patterns)
    }

    /// Falling, no trend, rising.
    static func trends(_ words: PictureWords) -> PictureClasses {
        PictureClasses(title: words.trendTitle, labels: words.trends, scale: .trends, rule: .codes(from: -1))
    }

    /// The classes that were asked for.
    static func given(_ classes: ValueClasses, title: String, _ words: PictureWords) -> PictureClasses {
        PictureClasses(
            title: title, labels: classes.limits.map { "≤ \(words.number($0))" }, scale: .sequential,
            rule: .limits(classes.limits))
    }

    /// Five classes of equal numbers of values.
    static func growing(_ values: [Double], title: String, _ words: PictureWords) -> PictureClasses {
        let breaks = (try? quantileBreaks(values, classes: 5)) ?? []
        var limits: [Double] = []
        for limit in breaks where limits.last != limit { limits.append(limit) }
        if limits.isEmpty { limits = [values.max() ?? 0] }
        return PictureClasses(
            title: title, labels: limits.map { "≤ \(words.number($0))" }, scale: .sequential, rule: .limits(limits))
    }

    /// Index of the class of a value.
    func index(_ value: Double) -> Int {
        func code(_ number: Double) -> Int {
            Int(exactly: number.rounded()).map { max(0, min(labels.count - 1, $0)) } ?? 0
        }
        switch rule {
        case .limits(let limits): return limits.firstIndex { value <= $0 } ?? max(0, limits.count - 1)
        case .codes(let first): return code(value - Double(first))
        case .patterns: return code(value < 0 ? Double(labels.count / 2) - value : value)
        }
    }

    /// A number as people read it: at most three decimals, none where it is large.
    static func text(_ value: Double) -> String {
        let rounded = abs(value) >= 100 ? value.rounded() : value.rounded(toPlaces: abs(value) >= 1 ? 2 : 3)
        return Int(exactly: rounded).map { "\($0)" } ?? "\(rounded)"
    }
}
