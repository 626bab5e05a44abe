/// Rates of areas: observed counts over populations at risk, with intervals and smoothed towards the overall rate.
///
/// All columns are in the order of the areas; rates are per head, so multiply by 1,000 for rates per 1,000 inhabitants.
/// Areas without population have `nil` throughout.
public struct ArealRates: Sendable, Equatable {
    /// Observed counts.
    public let observed: [Double]
    /// Populations at risk.
    public let population: [Double]
    /// Observed over population.
    public let rate: [Double?]
    /// Lower limit of the exact Poisson 95 % interval of the rate.
    public let lower: [Double?]
    /// Upper limit of the same.
    public let upper: [Double?]
    /// Empirical-Bayes rate: small populations are drawn towards the overall rate.
    public let smoothed: [Double?]
    /// Empirical-Bayes deviation in standard errors, for Moran's I of rates; `nil` also where the variance is 0.
    public let standardized: [Double?]
    /// Rate over the overall rate; `nil` also when nothing was observed at all.
    public let relative: [Double?]
    /// Whether fewer than 20 were observed: the relative standard error exceeds 22 %.
    public let isUnreliable: [Bool]
    /// Whether something was observed where nobody lives.
    public let hasNoPopulation: [Bool]
    /// Overall rate b; `nil` without any population.
    public let overallRate: Double?
    /// Variance a between areas, before it is held at 0; `nil` without any population.
    public let varianceBetween: Double?

    /// Computes rates and smooths them globally (Marshall 1991, doi:10.2307/2347593).
    ///
    /// The deviation is that of Assunção & Reis 1999 (doi:10.1002/(SICI)1097-0258(19990830)18:16%3C2147).
    ///
    /// - Parameters:
    ///   - observed: one count an area, not negative.
    ///   - population: one population an area, not negative.
    /// - Throws: ``AnalysisError`` when lengths differ or a number is negative or not finite.
    /// - Complexity: linear.
    public init(observed: [Double], population: [Double]) throws(AnalysisError) {
        try Self.check(observed, population)
        self.observed = observed
        self.population = population
        rate = zip(observed, population).map { $1 > 0 ? $0 / $1 : nil }
        let intervals = zip(observed, population).map { observed, population in
            population > 0 ? poissonInterval(observed).map { ($0.lower / population, $0.upper / population) } : nil
        }
        lower = intervals.map { $0?.0 }
        upper = intervals.map { $0?.1 }
        isUnreliable = observed.map { $0 < 20 }
        hasNoPopulation = zip(observed, population).map { $0 > 0 && $1 == 0 }
        let moments = RateMoments(Array(observed.indices), observed, population)
        overallRate = moments?.rate
        varianceBetween = moments?.variance
        smoothed = observed.indices.map { moments?.smooth(observed[$0], population[$0]) }
        standardized = observed.indices.map { moments?.standardize(observed[$0], population[$0]) }
        relative = rate.map { rate in
            guard let rate, let overall = moments?.rate, overall > 0 else { return nil }
            return rate / overall
        }
    }

    /// Rates smoothed towards the rate of each area and its neighbours.
    ///
    /// - Parameters:
    ///   - observed: one count an area, not negative.
    ///   - population: one population an area, not negative.
    ///   - weights: neighbours of the areas; only who is a neighbour counts.
    /// - Returns: `nil` for areas without population.
    /// - Throws: ``AnalysisError`` when lengths differ or a number is negative or not finite.
    /// - Complexity: linear in areas and neighbours.
    public static func locallySmoothed(
        observed: [Double], population: [Double], weights: SpatialWeights
    ) throws(AnalysisError) -> [Double?] {
        try check(observed, population)
        guard weights.count == observed.count else {
            throw AnalysisError(.invalidColumns, "There must be one row of spatial weights for each area.")
        }
        return observed.indices.map { area in
            var members = [area]
            for entry in weights.offsets[area]..<weights.offsets[area + 1]
            where Int(weights.neighbors[entry]) != area {
                members.append(Int(weights.neighbors[entry]))
            }
            return RateMoments(members, observed, population)?.smooth(observed[area], population[area])
        }
    }

    private static func check(_ observed: [Double], _ population: [Double]) throws(AnalysisError) {
        guard observed.count == population.count else {
            throw AnalysisError(.invalidColumns, "There must be one population for each area.")
        }
        guard observed.allSatisfy({ $0.isFinite && $0 >= 0 }), population.allSatisfy({ $0.isFinite && $0 >= 0 })
        else {
            throw AnalysisError(.invalidParameter, "Counts and populations must be finite and not negative.")
        }
    }
}

/// Mean b and variance a of the rates of some areas by the method of moments; areas without population are left out.
private struct RateMoments {
    let rate: Double
    let variance: Double

    init?(_ members: [Int], _ observed: [Double], _ population: [Double]) {
        let populated = members.filter { population[$0] > 0 }
        let people = populated.map { population[$0] }.compensatedSum
        guard people > 0 else { return nil }
        let rate = populated.map { observed[$0] }.compensatedSum / people
        let spread = populated.map { area in
            let deviation = observed[area] / population[area] - rate
            return population[area] * deviation * deviation
        }.compensatedSum
        self.rate = rate
        variance = spread / people - rate / (people / Double(populated.count))
    }

    func smooth(_ observed: Double, _ population: Double) -> Double? {
        guard population > 0 else { return nil }
        let between = max(variance, 0)
        let total = between + rate / population
        guard total > 0 else { return rate }
        return rate + between / total * (observed / population - rate)
    }

    func standardize(_ observed: Double, _ population: Double) -> Double? {
        guard population > 0 else { return nil }
        let total = variance + rate / population
        let used = total > 0 ? total : rate / population
        return used > 0 ? (observed / population - rate) / used.squareRoot() : nil
    }
}
