import Analysis
import GeoCore

extension AnalysisFeature {
    /// What a withheld cell still tells: its class and what does not depend on its own contributions.
    private static var told: Set<String> {
        [
            "area", "isBorder", "bin", "quadrant", "association", "pattern", "stability", "inspire", "name",
            "inhabitants",
        ]
    }
    /// What a cell tells of its own contributions, and what it is.
    private static var own: Set<String> {
        ["inspire", "name", "inhabitants", "count", "weight", "area", "density", "isBorder"]
    }
    /// What tells of each step of a cell by itself.
    private static var bySteps: Set<String> {
        ["counts", "lastZ", "changeFrom", "perDayBefore", "perDayAfter", "changeRatio", "changeP", "changeQ"]
    }
    /// What tells how the weights of single contributions differ.
    private static var ofWeights: Set<String> { ["effectiveNumber"] }
    /// What is worked out of a cell and its neighbours, so that the count of one can be worked out of those of others.
    private static var byNeighbors: Set<String> {
        ["z", "p", "q", "moran", "geary", "joins", "fragile", "carriedByFew", "trendZ", "trendP", "tau", "slope"]
    }
    /// What hangs on the spread of all counts, and so tells of those that are withheld.
    private static var bySpread: Set<String> { ["standardized", "smoothedQuotient"] }

    /// Withholds what a cell tells of few people.
    ///
    /// - Parameters:
    ///   - isHidden: whether its count must be withheld.
    ///   - isAnyHidden: whether that of another cell must be.
    mutating func withhold(isHidden: Bool, isAnyHidden: Bool) {
        // Steps of a cell that may be told in all may each be of one person.
        properties = properties.map { property in
            if case .array = property.value, property.name == "z" { return (property.name, .null) }
            return Self.bySteps.contains(property.name) ? (property.name, .null) : property
        }
        keepFigures { !Self.ofWeights.contains($0) }
        if isAnyHidden { keepFigures { !Self.bySpread.contains($0) } }
        if isAnyHidden, surroundings != nil { keepFigures { !Self.byNeighbors.contains($0) } }
        let isAlone = isClassOfFew
        if isHidden { keepFigures(Self.told.contains) }
        if isAlone { keepFigures(Self.own.contains) }
        if isHidden || isAlone, !hasClass { value = nil }
        properties.append(("isSuppressed", .bool(isHidden)))
    }

    /// Whether too few stand behind a place and its neighbours for its class to be told.
    var isClassOfFew: Bool { surroundings?.areFew ?? false }

    private var hasClass: Bool {
        properties.contains { ["bin", "quadrant", "association", "pattern"].contains($0.name) && $0.value != .null }
    }

    /// Puts what may be told to everybody in the place of figures that may not.
    mutating func mask() {
        properties = properties.map { property in masked.first { $0.name == property.name } ?? property }
    }

    /// Tells only some of the figures.
    mutating func keepFigures(_ isTold: (String) -> Bool) {
        properties = properties.map { isTold($0.name) ? $0 : ($0.name, .null) }
    }

    /// The count that may give few away: the fewest that are somebody, of the category that is looked at and of all
    /// others; `nil` where nothing is counted.
    var smallestCount: Int? {
        guard let count = number(["count", "contributions"]) else { return contributors?.count }
        guard let focus = number(["focusCount"]) else { return count }
        return [count, focus, count - focus].filter { $0 > 0 }.min() ?? count
    }

    /// The first figure of some names, where it is a whole number.
    func number(_ names: Set<String>) -> Int? {
        properties.first { names.contains($0.name) }?.value.double.flatMap { Int(exactly: $0) }
    }

    /// Keeps some of the polygons that the shape is made of.
    mutating func keep(_ places: [Int]) {
        guard case .multiPolygon(let polygons) = shape.shape else { return }
        shape = MetricGeometry(metres: .multiPolygon(places.map { polygons[$0] }))
    }
}
