public import GeoCore

/// Finds circles with more (or fewer) cases than their population lets expect: the Poisson scan.
///
/// Zones are circles around the places, or ellipses too (``ScanWindow``); places at one distance enter together.
/// Simulations lay as many whole cases at random by population, or cases of the weights given: a few heavy ones gather by
/// chance alone as many light ones never do. Source: Kulldorff 1997, doi:10.1080/03610929708831995.
///
/// - Parameters:
///   - points: places in metres.
///   - cases: of each place, not negative; need not be whole.
///   - population: of each place, or its expected cases up to a factor; not negative, some positive.
///   - weights: of the single cases, in any order, where they do not weigh 1 each; their sum is that of `cases`.
///   - options: largest zone, direction, simulations.
/// - Throws: ``AnalysisError`` when lengths differ, a number is negative or not finite, an option is out of range, or
///   there are too many zones.
/// - Complexity: O(zones) per simulation, at most places² · largest share.
public func poissonScan(
    _ points: Points, cases: [Double], population: [Double], weights: [Double]? = nil,
    options: ScanOptions = ScanOptions()
) async throws(AnalysisError) -> ScanResult {
    try options.check()
    try requireFinite(points)
    guard cases.count == points.count, population.count == points.count else {
        throw AnalysisError(.invalidColumns, "There must be cases and a population for each place.")
    }
    guard (cases + (weights ?? [])).allSatisfy({ $0 >= 0 && $0.isFinite }),
        population.allSatisfy({ $0 >= 0 && $0.isFinite })
    else {
        throw AnalysisError(.notFinite, "Cases and populations must be finite and not negative.")
    }
    let (all, people) = (cases.compensatedSum, population.compensatedSum)
    guard all > 0, people > 0 else {
        throw AnalysisError(.tooFewData, "A scan needs at least one case and a population.")
    }
    let families = try await WindowZones.make(points, population: population, options: options)
    let search = CircularSearch(
        points: points, families: families, cases: cases, population: population,
        model: ScanModel(.poisson, options.direction, cases: all, population: people))
    let table = AliasTable(population)
    // In one order whatever that of the cases, so that the draws are the same.
    let lots = weights.map { CircularSimulation.Lots.weights($0.sorted(by: >), table) } ?? .places(table)
    let drawn = CircularSimulation(
        families: families, population: population,
        model: ScanModel(.poisson, options.direction, cases: weights == nil ? all.rounded() : all, population: people),
        lots: lots, seed: options.seed)
    return try await search.result(options, drawn)
}

/// Finds circles where a larger (or smaller) share of the contributions are cases: the Bernoulli scan.
///
/// It needs no population: cases are the contributions of one category, all others are controls. Simulations lay the
/// cases at random among all contributions. Source: Kulldorff 1997, doi:10.1080/03610929708831995.
///
/// - Parameters:
///   - points: places in metres.
///   - cases: of each place, not negative.
///   - totals: cases and controls of each place.
///   - options: largest zone, direction, simulations.
/// - Throws: ``AnalysisError`` when lengths differ, there are more cases than contributions at a place, an option is out
///   of range, or there are too many zones.
/// - Complexity: O(zones) per simulation, at most places² · largest share.
public func bernoulliScan(
    _ points: Points, cases: [Int], totals: [Int], options: ScanOptions = ScanOptions()
) async throws(AnalysisError) -> ScanResult {
    try options.check()
    try requireFinite(points)
    guard cases.count == points.count, totals.count == points.count else {
        throw AnalysisError(.invalidColumns, "There must be cases and a total for each place.")
    }
    guard zip(cases, totals).allSatisfy({ $0 >= 0 && $0 <= $1 && $1 <= 1 << 24 }) else {
        throw AnalysisError(.invalidParameter, "The cases of a place must be between 0 and its total.")
    }
    let all = cases.reduce(0, +)
    let people = totals.reduce(0, +)
    guard all > 0, all < people, people <= 1 << 24 else {
        throw AnalysisError(.tooFewData, "A scan of shares needs both cases and others, at most 16 million together.")
    }
    let population = totals.map(Double.init)
    let families = try await WindowZones.make(points, population: population, options: options)
    let model = ScanModel(.bernoulli, options.direction, cases: Double(all), population: Double(people))
    let search = CircularSearch(
        points: points, families: families, cases: cases.map(Double.init), population: population, model: model)
    var labels: [Int32] = []
    labels.reserveCapacity(people)
    for (place, total) in totals.enumerated() {
        labels.append(contentsOf: repeatElement(Int32(truncatingIfNeeded: place), count: total))
    }
    let drawn = CircularSimulation(
        families: families, population: population, model: model, lots: .people(labels), seed: options.seed)
    return try await search.result(options, drawn)
}

/// Draws places with given chances in constant time (Walker 1977, doi:10.1145/355744.355749; tables of Vose 1991).
struct AliasTable: Sendable {
    private var threshold: [Double]
    private var alias: [Int32]

    /// - Precondition: no chance is negative, one is positive.
    init(_ chances: [Double]) {
        let mean = chances.compensatedSum / Double(max(1, chances.count))
        threshold = chances.map { $0 / mean }
        alias = chances.indices.map { Int32(truncatingIfNeeded: $0) }
        var poor = chances.indices.filter { threshold[$0] < 1 }
        var rich = chances.indices.filter { threshold[$0] >= 1 }
        while let taker = poor.popLast() {
            guard let giver = rich.last else {
                // Only rounding is left over.
                threshold[taker] = 1
                continue
            }
            alias[taker] = Int32(truncatingIfNeeded: giver)
            threshold[giver] -= 1 - threshold[taker]
            if threshold[giver] < 1 {
                rich.removeLast()
                poor.append(giver)
            }
        }
        for place in rich { threshold[place] = 1 }
    }

    @inline(__always)
    func draw(_ random: inout CounterRandom) -> Int {
        let place = random.index(below: threshold.count)
        return random.unit() < threshold[place] ? place : Int(alias[place])
    }
}
