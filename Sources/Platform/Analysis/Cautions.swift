import Analysis
import GEOSGeometry
import GeoCore
import Storage

extension GroundedComputation {
    /// Most contributions whose places are held against each other.
    private static var comparedPlaces: Int { 100_000 }

    /// Tells where an answer is weak: few contributions or cells, many at one place or outside the area.
    ///
    /// - Parameters:
    ///   - points: what was analysed.
    ///   - isTest: whether places are tested.
    ///   - isInCells: whether it is cells that are tested.
    /// - Complexity: linear.
    mutating func tellCautions(_ points: Points, isTest: Bool, isInCells: Bool) {
        tell(AnalysisCaution.few(record.used, isTest: isTest))
        if isInCells, isTest, let occupied = ground.occupiedCells { tell(AnalysisCaution.few(cells: occupied)) }
        if points.count <= Self.comparedPlaces {
            tell(AnalysisCaution.repeated(points.count - points.distinctPlaces, of: points.count))
        }
        let hidden = ground.hidden.all
        // Where no category is private, nothing is looked for among a million contributions.
        if !hidden.isEmpty, usedRows.contains(where: { hidden.contains(columns.category[$0]) }) {
            tell(AnalysisCaution.coarsePlaces)
        }
        let outside = record.leftOut.filter { ["outsideArea", "notOnThePlane"].contains($0.reason) }
        let left = outside.reduce(0) { $0 + $1.count }
        tell(AnalysisCaution.outside(left, of: record.used + left))
    }

    /// Tells how many cells have no neighbour.
    mutating func tellIslands(_ islands: Int, of cells: Int) { tell(AnalysisCaution.islands(islands, of: cells)) }

    /// Tells a weakness, where there is one.
    fileprivate mutating func tell(_ caution: AnalysisCaution?) {
        if let caution { ground.record.cautions.append(caution) }
    }

    /// The number that was told as a parameter or figure.
    fileprivate func told(_ name: String) -> Double? {
        guard case .number(let value)? = (record.parameters + record.summary).first(where: { $0.name == name })?.value
        else { return nil }
        return value
    }
}

extension HotspotComputation {
    /// Tells where the answer is weak.
    mutating func tellCautions(_ points: Points) throws {
        let counts = question.countsBesideBins
        if !counts.isEmpty { tell(AnalysisCaution.fixedBins(alpha: question.alpha, counts: counts)) }
        // Exact numbers would undo the noise.
        guard question.epsilon == nil else { return }
        let isTest: Bool =
            switch question.method {
            case .gi, .moran, .geary, .locationQuotient, .relativeRisk, .scan, .emerging, .colocationLocal: true
            case .grid, .kde, .dbscan, .hdbscan, .optics, .auto: false
            }
        tellCautions(points, isTest: isTest, isInCells: question.method != .relativeRisk)
        if question.method == .kde,
            record.parameters.contains(where: { $0.name == "edge" && $0.value == .text("none") })
        {
            try tellEdges(points)
        }
        if question.method == .scan, told("zones") == 0 {
            tell(AnalysisCaution.noCircles(share: question.share, ofInhabitants: question.model == .poisson))
        }
        if question.method == .hdbscan, !question.mayBeOne, told("clusters") == 0,
            let least = told("minPoints"), Double(points.count) >= least
        {
            tell(AnalysisCaution.oneCluster)
        }
        let isCorrectable = [.gi, .moran, .geary, .locationQuotient].contains(question.method)
        if isCorrectable, question.correction == .none, let tests = told("tests") ?? told("cells") {
            tell(
                AnalysisCaution.uncorrected(
                    tests: Int(tests), alpha: question.alpha, ofUnits: question.layer != nil))
        }
    }

    /// Tells how many contributions lie so near the border that a part of their kernel lies outside.
    private mutating func tellEdges(_ points: Points) throws {
        guard let radius = told(question.kernel == .gaussian ? "deviation" : "bandwidth") else { return }
        // Most of a Gaussian lies within two deviations.
        try tellEdges(points, within: question.kernel == .gaussian ? 2 * radius : radius)
    }
}

extension GroundedComputation {
    /// Tells how many contributions lie within reach of a border that is not corrected for.
    fileprivate mutating func tellEdges(_ points: Points, within reach: Double, arePairs: Bool = false) throws {
        guard let area else { return }
        // A border of many corners need not be followed closer than a tenth of that.
        let inner = try area.outline.simplified(tolerance: reach / 10).buffer(metres: -reach)
        let index = PolygonIndex([inner.shape])
        let near = (0..<points.count).count { index.firstPolygon(containing: points.x[$0], points.y[$0]) == nil }
        tell(AnalysisCaution.edges(near, of: points.count, within: reach, arePairs: arePairs))
    }
}

extension PatternComputation {
    /// Tells where the answer is weak.
    mutating func tellCautions(_ points: Points) throws {
        let isInCells = [.moran, .geary, .generalG, .joinCounts].contains(question.method) && question.layer == nil
        tellCautions(points, isTest: question.method != .centrography, isInCells: isInCells)
        if question.method == .ripley, question.correction == PatternQuestion.Correction.none,
            let reach = told("reach")
        {
            try tellEdges(points, within: reach, arePairs: true)
        }
    }
}

extension Points {
    /// How many places differ.
    ///
    /// - Complexity: linear.
    var distinctPlaces: Int {
        var known = Set<Position>(minimumCapacity: count)
        for row in 0..<count { known.insert(Position(x[row], y[row])) }
        return known.count
    }
}

extension AnalysisRecord {
    /// All that weakens the answer in a language, `de` or `en`; what no caution says is in English.
    func weaknesses(_ language: String) -> [String] { warnings + cautions.map { $0.text(language) } }
}
