import Analysis
import GeoCore

/// What the shapes of an answer tell by being there.
enum ShapeOrigin {
    /// Nothing: they are all cells of an area.
    case cells
    /// That somebody wrote there: they are the cells that hold something.
    case occupiedCells
    /// Where those lie around whom they are drawn.
    case hulls
    /// Where contributions lie about: they are cells or contours of a density.
    case surface
    /// What lies around single contributions: nothing may be told of them.
    case contributions
}

extension HotspotQuestion {
    /// What the shapes of the answer tell by being there.
    var shapeOrigin: ShapeOrigin {
        switch method {
        case .dbscan, .hdbscan, .optics, .scan: .hulls
        // One heavy contribution can make most of a weighted density wherever it is near.
        case .kde: surface == .cells && weight != .one ? .contributions : .surface
        case .relativeRisk: .surface
        // Noise is told of empty cells too.
        case .grid: epsilon == nil ? .occupiedCells : .cells
        case .locationQuotient: .occupiedCells
        case .colocationLocal: .contributions
        case .emerging: locations == .occupied ? .occupiedCells : .cells
        case .gi, .moran, .geary, .auto: .cells
        }
    }
}

extension Contributors {
    /// Whether they are somebody, but too few for a number to be told of them.
    var areFew: Bool { count > 0 && !areEnough }

    /// Whether they are so many that numbers may be told of them.
    var areEnough: Bool { count >= threshold && !isDominated }

    /// How many they must be for that: five, or ten where something sensitive is among what they wrote.
    var threshold: Int { max(CellSuppression.standardThreshold, least) }
}

extension AnalysisAnswer {
    /// Figures of the whole that are those of a single shape or contribution, or of all without those withheld.
    private static var extremes: Set<String> {
        [
            "maximum", "smallestBandwidth", "largestBandwidth", "noise", "occupiedCells", "cellsWithTrait",
            "higherCells", "lowerCells", "effectiveNumber",
        ]
    }
    /// Figures of the whole that the counts of cells withheld could be worked out of: they are exact, and few counts are
    /// not known.
    private static var equations: Set<String> {
        [
            "moransI", "moransZ", "gearysC", "gearysZ", "variance", "z", "p", "permutedP", "both", "expectedBoth",
            "neither",
            "mixed", "carriedByFew", "fragile",
        ]
    }

    /// Figures of the whole that tell how many places have a class: less those whose class is told, they are those whose
    /// class is withheld.
    private static func countsClasses(_ name: String) -> Bool {
        [
            "hotCells", "coldCells", "stableHotCells", "hotUnits", "coldUnits", "highHigh", "lowHigh", "lowLow",
            "highLow", "dissimilar", "otherSimilar",
        ].contains(name) || name.hasSuffix(" hot") || name.hasSuffix(" cold")
    }

    /// Withholds figures of shapes with contributions of fewer than five people, as many others as are needed so that no
    /// total gives them away, and shapes that are only there because of so few altogether.
    ///
    /// Classes were computed on the true numbers and stay where five people stand behind a place and its neighbours. An
    /// answer that rests on fewer than five people in all tells nothing. Source: Hundepool et al. 2012, Statistical
    /// Disclosure Control, chapter 4.
    ///
    /// - Parameter hidden: the private categories of the proceeding.
    mutating func withholdFew(_ origin: ShapeOrigin, _ hidden: PrivateCategories) throws {
        defer { analysis.parameters += hidden.parameters }
        // Few may lie where others do, or near the border.
        analysis.cautions.removeAll { $0.kind == .manyAtOnePlace || $0.kind == .uncorrectedEdges }
        guard let contributors, contributors.areEnough, origin != .contributions else {
            withholdAll(hidden)
            return
        }
        switch origin {
        case .hulls:
            // A row for each contribution tells of every single one.
            withholdScales()
            series = []
            table = .features
        case .cells, .occupiedCells:
            // So does the sum of a step that one person wrote in.
            if !features.isEmpty { series.removeAll { $0.name == "contributions" } }
        case .surface, .contributions: break
        }
        let isHiding =
            switch origin {
            case .cells, .occupiedCells: try withholdCells(contributors, areOccupied: origin == .occupiedCells)
            case .hulls, .surface, .contributions: try withholdShapes(contributors, origin)
            }
        guard isHiding else { return }
        // Scales beside series of steps tell of steps of smaller cells, which fewer wrote in.
        if origin == .occupiedCells || origin == .surface || !scales.isEmpty { withholdScales() }
        analysis.summary.removeAll { Self.extremes.contains($0.name) }
        warn(hidden)
    }

    private mutating func warn(_ hidden: PrivateCategories) {
        let further =
            hidden.sensitive.isEmpty ? "" : ", or \(CellSuppression.sensitiveThreshold) in sensitive categories"
        analysis.cautions.removeAll(where: \.tellsCounts)
        analysis.warnings.append(
            "contributions of private categories are among these: counts of fewer than "
                + "\(CellSuppression.standardThreshold) people\(further), sums that are mostly those of one or two, and what would give them away, are "
                + "withheld")
    }

    private mutating func withholdAll(_ hidden: PrivateCategories) {
        (features, series, scales, analysis.summary, analysis.classes) = ([], [], [], [], nil)
        // What was chosen was chosen from the data.
        analysis.parameters.removeAll { $0.origin == .chosen }
        // Where nothing is told, nothing shows where it lies.
        analysis.cautions.removeAll { $0.kind == .coarsePlaces }
        suppressUsed()
        for place in analysis.leftOut.indices { suppressLeftOut(place) }
        warn(hidden)
    }

    private mutating func suppressUsed() {
        (analysis.used, analysis.isUsedSuppressed) = (0, true)
        // They are that number, by itself, in parts, or per inhabitant or area.
        let equal: Set = [
            "cases", "overallRate", "contributionsInFocus", "otherContributions", "contributionsInAll", "share",
            "expectedDistance",
        ]
        analysis.summary.removeAll { equal.contains($0.name) }
        // The rule by which one click chose its method counts them.
        for place in analysis.parameters.indices where analysis.parameters[place].name == "method" {
            analysis.parameters[place].rule = nil
        }
    }

    private mutating func suppressLeftOut(_ place: Int) {
        (analysis.leftOut[place].count, analysis.leftOut[place].isSuppressed) = (0, true)
    }

    /// Withholds the numbers of few that are left out, and others that would give them away.
    ///
    /// - Parameters:
    ///   - counts: what the number of those used is the sum of.
    ///   - contributors: who stands behind each of these.
    /// - Returns: which of the counts must be withheld, whether other numbers are, and whether the sum of all may be told.
    private mutating func withholdLeftOut(
        besides counts: [Int], _ contributors: [Contributors]
    ) throws -> (hidden: Set<Int>, areOthersHidden: Bool, isTotalTold: Bool) {
        let suppression = try CellSuppression(
            counts + analysis.leftOut.map(\.count),
            contributors: contributors + analysis.leftOut.map { $0.contributors ?? Contributors() })
        let others = suppression.suppressed.filter { $0 >= counts.count }
        for place in others { suppressLeftOut(place - counts.count) }
        if !others.isEmpty { suppressUsed() }
        return (
            Set(suppression.suppressed.filter { $0 < counts.count }), !others.isEmpty, suppression.isTotalPublishable
        )
    }

    /// - Returns: whether something is withheld.
    private mutating func withholdShapes(_ contributors: Contributors, _ origin: ShapeOrigin) throws -> Bool {
        let areSumsHidden = try withholdDominatedSums()
        var isHiding = try withholdLeftOut(besides: [analysis.used], [contributors]).areOthersHidden || areSumsHidden
        features = features.compactMap { feature -> AnalysisFeature? in
            var feature = feature
            feature.mask()
            if let parts = feature.parts {
                let kept = parts.indices.filter { !parts[$0].areFew }
                if kept.count < parts.count {
                    isHiding = true
                    feature.keep(kept)
                    feature.keepFigures { !["area", "shareOfContributions"].contains($0) }
                }
                if feature.contributors?.areFew ?? true {
                    isHiding = true
                    feature.keepFigures { $0 != "shareOfContributions" }
                }
                return kept.isEmpty ? nil : feature
            }
            if let top = feature.top {
                // The first and the last are two of the contributions, which the public list tells by their time.
                feature.keepFigures { !["from", "until"].contains($0) }
                if top.areFew { feature.keepFigures { !["topCategory", "topCategoryCount"].contains($0) } }
            }
            // A hull around nobody may be told, of a density what none is near enough to see is told by few.
            if let people = feature.contributors, !people.areFew, origin == .hulls || people.count > 0 {
                return feature
            }
            isHiding = true
            return nil
        }
        return isHiding
    }

    /// - Returns: whether something is withheld.
    private mutating func withholdCells(_ contributors: Contributors, areOccupied: Bool) throws -> Bool {
        let areSumsHidden = try withholdDominatedSums()
        // Shapes are made anew with each look at them.
        var cells = features
        let known = cells.map(\.smallestCount)
        guard known.contains(where: { $0 != nil }) else {
            return try withholdLeftOut(besides: [analysis.used], [contributors]).areOthersHidden
        }
        let (hidden, areOthersHidden, isTotalTold) = try withholdLeftOut(
            besides: known.map { $0 ?? 0 }, cells.map { $0.contributors ?? Contributors() })
        let mixes = try CategoryMix.masked(cells.map { $0.mix ?? CategoryMix() }, hidden: hidden)
        for place in cells.indices {
            if cells[place].mix != nil { cells[place].masked = [("categories", mixes[place])] }
            cells[place].mask()
            cells[place].withhold(isHidden: hidden.contains(place), isAnyHidden: !hidden.isEmpty)
        }
        features = areOccupied ? cells.indices.filter { !hidden.contains($0) }.map { cells[$0] } : cells
        // Cells that are there because they hold something are as many as were tested.
        let gone: Set<String> = areOccupied && !hidden.isEmpty ? ["tests", "bins"] : []
        let areClassesHidden = !gone.isEmpty || cells.contains(where: \.isClassOfFew)
        analysis.summary.removeAll { gone.contains($0.name) || areClassesHidden && Self.countsClasses($0.name) }
        // The share of hot cells at the size of the answer is their number.
        if areClassesHidden { withholdScales() }
        if !isTotalTold {
            analysis.summary = []
            suppressUsed()
        }
        // How many cells a class has, less those that are told, would be those that are not.
        if !hidden.isEmpty, let classes = analysis.classes {
            let numbers = features.compactMap { feature in
                feature.properties.first { $0.name == "class" }?.value.double.flatMap { Int(exactly: $0) }
            }
            analysis.classes?.counts = classes.counts.indices.map { number in numbers.count { $0 == number + 1 } }
        }
        if !hidden.isEmpty {
            analysis.summary.removeAll { Self.equations.contains($0.name) }
            series.removeAll { $0.name == "moranZ" }
        }
        return !hidden.isEmpty || areOthersHidden || areSumsHidden
    }
}
