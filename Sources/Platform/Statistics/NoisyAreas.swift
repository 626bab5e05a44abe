import Analysis
import GeoCore
import Participation
import Storage

/// Noise in the counts of area units.
struct AreaNoise {
    /// What it hides, and what is spent on it.
    let epsilon: Double
    let source: NoiseSource
    private let clip: Int
    private let law: GeometricNoise

    init(epsilon: Double, clip: Int, source: NoiseSource) throws {
        (self.epsilon, self.clip, self.source) = (epsilon, clip, source)
        law = try GeometricNoise(thousandths: Int((epsilon * 1000).rounded()), contributions: clip)
    }

    /// What the noise of a unit exceeds, on either side, in one case of twenty at most.
    var bound: Int { law.bound(probability: 0.05) }

    /// Counts of the units with noise; of each participant the first so many contributions count.
    func counts(_ placement: AreaPlacement, _ columns: ContributionColumns, version: Int64) -> [Int] {
        var seen: [UInt64: Int] = [:]
        var isKept = [Bool](repeating: true, count: columns.count)
        for row in (0..<columns.count).sorted(by: { columns.id[$0] < columns.id[$1] }) where columns.author[row] != 0 {
            let before = seen[columns.author[row], default: 0]
            isKept[row] = before < clip
            seen[columns.author[row]] = before + 1
        }
        return placement.numbers { isKept[$0] }.enumerated().map { unit, held in
            var random = source.random(version: version, place: "unit \(unit)", held: held)
            return held.count + law.draw(using: &random)
        }
    }
}

extension AreaOptions {
    /// The parameters that have a range.
    public static let parameters: [AnalysisParameter] = [
        .init(
            "epsilon", .number(0.01...10, unit: "", example: 1),
            "Adds noise to the count of every unit, so that nobody can tell whether any one person is among those counted "
                + "(differential privacy): the smaller, the more noise. It is spent of the yearly privacy budget of the "
                + "proceeding."),
        .init(
            "clip", .integer(1...100, unit: "contributions", example: 3),
            "Contributions of one participant that count at all under epsilon: more need more noise."),
        .init("snap", AreaUnit.snapping, AreaUnit.snappingMeaning),
    ]

    /// - Throws: ``PlatformError`` `badRequest` for noise that cannot be.
    func validate() throws {
        try Self.parameters.check([("epsilon", epsilon), ("clip", Double(clip)), ("snap", snap)])
        guard snap == 0 || smoothing == .local else {
            throw PlatformError(.badRequest, "snap belongs to smoothing=local", parameter: "snap")
        }
        guard try NoiseLevel.isAsked(epsilon: epsilon, clip: clip) else { return }
        guard focus == nil, smoothing == .global, overlap != .all else {
            throw PlatformError(
                .badRequest, "epsilon is for plain counts: it takes no focus, smoothing=global and overlap=first",
                parameter: "epsilon")
        }
    }
}

extension Installation {
    /// The noise that the options ask for; none where they ask for none.
    func areaNoise(
        _ options: AreaOptions, in layer: PlanningLayer, of proceeding: Proceeding, filter: ContributionFilter,
        scope: Scope
    ) async throws -> AreaNoise? {
        try options.validate()
        guard let epsilon = options.epsilon else { return nil }
        try requirePrivacyBudget(of: proceeding)
        // What is counted, and what filters may look up in rows.
        let states = (scope.viewer.countedStates(in: proceeding.key) + scope.viewer.visibleStates(in: proceeding.key))
            .map(\.rawValue)
        return try AreaNoise(
            epsilon: epsilon, clip: options.clip,
            source: NoiseSource(
                key: try await noiseKey(scope: scope),
                question: "areas|\(layer.id)|\(layer.version)|\(epsilon)|\(options.clip)|\(states)", filter: filter))
    }
}

extension AreaStatistics {
    /// Tells of noise in the counts, and nothing that it is not in or that does not know of it.
    mutating func tell(_ noise: AreaNoise, counts: [Int]) {
        (self.epsilon, noiseBound) = (noise.epsilon, noise.bound)
        (outside, isOutsideSuppressed, unlocated, isUnlocatedSuppressed) = (0, true, 0, true)
        (suspect, isSuspectSuppressed) = (0, true)
        for place in units.indices {
            (units[place].interval, units[place].smoothedRate) = (nil, nil)
            (units[place].isSilent, units[place].isUnreliable) = (false, false)
            let isHidden = units[place].isSuppressed
            let ends = [counts[place], max(0, counts[place] - noise.bound), max(0, counts[place] + noise.bound)]
            for (name, value) in zip(["noisyCount", "lower", "upper"], ends) {
                units[place].further.append(.init(name, isHidden ? .null : .integer(Int64(value))))
            }
        }
    }
}
