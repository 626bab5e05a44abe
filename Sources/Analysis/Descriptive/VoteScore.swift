/// How well a contribution is received, from votes for and against it.
public struct VoteScore: Sendable, Equatable {
    /// Votes for it.
    public let up: Int
    /// Votes against it.
    public let down: Int

    /// Makes a score from numbers of votes; negative numbers count as 0.
    public init(up: Int, down: Int) {
        self.up = max(up, 0)
        self.down = max(down, 0)
    }

    /// Mean of the share of votes for it after a Beta(2, 2) prior: between 0 and 1, 0.5 without votes.
    public var posteriorMean: Double { (Double(up) + 2) / (Double(up) + Double(down) + 4) }

    /// Lower limit of the 95 % interval of the share of votes for it, for ranking; 0 without votes.
    ///
    /// Source: Wilson 1927, J. Am. Stat. Assoc. 22, doi:10.1080/01621459.1927.10502953.
    public var wilsonLowerBound: Double { wilsonBound(-1) }

    /// Upper limit of the same interval; 1 without votes.
    public var wilsonUpperBound: Double { wilsonBound(1) }

    /// The damped weight of a contribution in densities and hotspots: 1 + ln(1 + max(0, up − down)).
    public var dampedWeight: Double { 1 + Elementary.log(1 + max(0, Double(up) - Double(down))) }

    /// How much opinions differ: 0 where one side alone has votes, the number of votes where the sides are even.
    ///
    /// The number of votes to the power of the smaller side's share of the larger, as reddit ranks by controversy
    /// (`r2/lib/db/_sorts.pyx`).
    public var controversy: Double {
        guard up > 0, down > 0 else { return 0 }
        return Elementary.pow(Double(up) + Double(down), Double(min(up, down)) / Double(max(up, down)))
    }

    private func wilsonBound(_ sign: Double) -> Double {
        let n = Double(up) + Double(down)
        guard n > 0 else { return sign < 0 ? 0 : 1 }
        let z = 1.96
        let p = Double(up) / n
        let spread = z * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
        return min(max((p + z * z / (2 * n) + sign * spread) / (1 + z * z / n), 0), 1)
    }
}
