/// Which clusters a scan looks for.
public enum ScanDirection: String, Sendable, Hashable {
    /// More cases than expected.
    case high
    /// Fewer cases than expected.
    case low
    /// Either.
    case both
}

/// What a scan compares with what (Kulldorff 1997, doi:10.1080/03610929708831995).
struct ScanModel: Sendable {
    enum Kind: Sendable {
        case poisson
        case bernoulli
    }

    let kind: Kind
    let direction: ScanDirection
    /// All cases, C.
    let cases: Double
    /// The whole population, or all cases and controls, N.
    let population: Double
    /// Logarithm of the likelihood without clusters, Bernoulli only.
    private let flat: Double

    init(_ kind: Kind, _ direction: ScanDirection, cases: Double, population: Double) {
        self.kind = kind
        self.direction = direction
        self.cases = cases
        self.population = population
        flat = Self.term(cases, cases / population) + Self.term(population - cases, 1 - cases / population)
    }

    /// The logarithm of the likelihood ratio of a zone with `count` cases and `people`; 0 where it is no cluster.
    func ratio(_ count: Double, _ people: Double) -> Double {
        let expected = cases * people / population
        guard expected > 0, expected < cases else { return 0 }
        switch direction {
        case .high: if count <= expected { return 0 }
        case .low: if count >= expected { return 0 }
        case .both: break
        }
        switch kind {
        case .poisson:
            return max(
                0,
                Self.term(count, count / expected)
                    + Self.term(cases - count, (cases - count) / (cases - expected)))
        case .bernoulli:
            let (others, restCases) = (people - count, cases - count)
            let rest = population - people
            let inside = Self.term(count, count / people) + Self.term(others, others / people)
            let outside =
                Self.term(restCases, restCases / rest) + Self.term(rest - restCases, (rest - restCases) / rest)
            return max(0, inside + outside - flat)
        }
    }

    /// A factor F with ratio ≤ F · (c − e)² / (e (C − e)), for skipping logarithms: the divergence of two
    /// distributions is at most their chi-square distance.
    var bound: Double {
        switch kind {
        case .poisson: cases
        case .bernoulli: cases / max(1 - cases / population, 1e-12)
        }
    }

    /// x ln y, 0 for x = 0.
    private static func term(_ x: Double, _ y: Double) -> Double { x > 0 ? x * Elementary.log(y) : 0 }
}
