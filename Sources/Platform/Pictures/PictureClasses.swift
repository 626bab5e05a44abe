import Analysis

/// Into which class of a legend a value falls.
struct PictureClasses {
    /// Heading of the legend.
    let title: String
    /// What the classes mean, in order.
    let labels: [String]
    private let limits: [Double]
    private let isBins: Bool

    /// The isolines that hold 90, 75, 50 and 25 %.
    static func shares(title: String) -> PictureClasses {
        PictureClasses(
            title: title, labels: ["90 %", "75 %", "50 %", "25 %"], limits: [10, 25, 50, 75], isBins: false)
    }

    /// The seven classes of significance, −3 to 3.
    static func bins(_ words: PictureWords) -> PictureClasses {
        PictureClasses(title: words.significance, labels: words.bins, limits: [], isBins: true)
    }

    /// The quadrants of local Moran's I, by their numbers.
    static func quadrants(_ words: PictureWords) -> PictureClasses {
        PictureClasses(title: words.quadrantTitle, labels: words.quadrants, limits: [0, 1, 2, 3, 4], isBins: false)
    }

    /// Five classes of equal numbers of values.
    static func growing(_ values: [Double], title: String) -> PictureClasses {
        let breaks = (try? quantileBreaks(values, classes: 5)) ?? []
        var limits: [Double] = []
        for limit in breaks where limits.last != limit { limits.append(limit) }
        if limits.isEmpty { limits = [values.max() ?? 0] }
        return PictureClasses(title: title, labels: limits.map { "≤ \(text($0))" }, limits: limits, isBins: false)
    }

    /// Index of the class of a value.
    func index(_ value: Double) -> Int {
        if isBins { return Int(exactly: value.rounded()).map { max(0, min(6, $0 + 3)) } ?? 3 }
        return limits.firstIndex { value <= $0 } ?? max(0, limits.count - 1)
    }

    /// A number as people read it: at most three decimals, none where it is large.
    static func text(_ value: Double) -> String {
        let rounded = abs(value) >= 100 ? value.rounded() : value.rounded(toPlaces: abs(value) >= 1 ? 2 : 3)
        return Int(exactly: rounded).map { "\($0)" } ?? "\(rounded)"
    }
}
