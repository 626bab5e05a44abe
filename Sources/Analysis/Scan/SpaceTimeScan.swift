public import GeoCore

/// The cylinders a space-time scan looks at.
public struct SpaceTimeScanOptions: Sendable, Hashable {
    /// Circles, direction, simulations and lists, as in space.
    public var circles = ScanOptions()
    /// Most of the steps a cylinder may last, above 0 and at most 1.
    public var maximumDuration = 0.5
    /// Whether only cylinders that last until the final step count: what is going on now.
    public var isProspective = false
    /// Fewest cases in a cylinder.
    public var minimumCases = 2

    /// The defaults.
    public init() {}
}

/// Finds circles and spans of time with more (or fewer) contributions than place and time on their own let expect: the
/// space-time permutation scan.
///
/// No population is needed: expected is contributions of the circle · contributions of the span / all. Simulations
/// deal the times anew among the places. Source: Kulldorff et al. 2005, doi:10.1371/journal.pmed.0020059.
///
/// - Parameters:
///   - points: contributions in metres; those at one place enter a circle together.
///   - steps: the step of each contribution, 0 ..< `stepCount`.
///   - stepCount: number of steps, 2 to 1000.
///   - options: largest circle and span, direction, simulations.
/// - Throws: ``AnalysisError`` when lengths differ, a step or an option is out of range, or there are too many zones.
/// - Complexity: O(entries of circles · span²) per simulation.
public func spaceTimeScan(
    _ points: Points, steps: [Int], stepCount: Int, options: SpaceTimeScanOptions = SpaceTimeScanOptions()
) async throws(AnalysisError) -> ScanResult {
    try options.circles.check()
    try requireFinite(points)
    guard steps.count == points.count else {
        throw AnalysisError(.invalidColumns, "There must be a step for each contribution.")
    }
    guard (2...1000).contains(stepCount), steps.allSatisfy({ (0..<stepCount).contains($0) }) else {
        throw AnalysisError(.invalidParameter, "A space-time scan needs 2 to 1000 steps and every step among them.")
    }
    guard options.maximumDuration > 0, options.maximumDuration <= 1, options.minimumCases >= 1 else {
        throw AnalysisError(
            .invalidParameter, "The longest span must be above 0 and at most 1 of the steps, such as 0.5.")
    }
    let ones = [Double](repeating: 1, count: points.count)
    let zones = try await CircularZones.make(points, population: ones, share: options.circles.maximumShare)
    let longest = max(1, NearestInteger.integer((Double(stepCount) * options.maximumDuration - 0.5).rounded(.up)))
    let cylinders = Cylinders(
        zones: zones, spans: Spans(stepCount, longest: min(longest, stepCount), isProspective: options.isProspective),
        stepTotals: steps.reduce(into: [Int](repeating: 0, count: stepCount)) { $0[$1] += 1 },
        minimum: options.minimumCases, direction: options.circles.direction, all: points.count)
    return try await cylinders.result(points, steps, options.circles)
}

/// The spans of steps a cylinder may have, and which of them hold a step.
struct Spans: Sendable {
    let first: [Int]
    let last: [Int]
    /// The spans with each step.
    let holding: [[Int32]]

    init(_ steps: Int, longest: Int, isProspective: Bool) {
        var (first, last): ([Int], [Int]) = ([], [])
        var holding = [[Int32]](repeating: [], count: steps)
        for start in 0..<steps {
            for end in start..<min(steps, start + longest) where !isProspective || end == steps - 1 {
                for step in start...end { holding[step].append(Int32(truncatingIfNeeded: first.count)) }
                first.append(start)
                last.append(end)
            }
        }
        self.first = first
        self.last = last
        self.holding = holding
    }
}
