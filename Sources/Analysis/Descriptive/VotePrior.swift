/// What is believed of the share of votes for a contribution before its own votes are seen: a Beta distribution.
public struct VotePrior: Sendable, Equatable {
    /// Votes for, as if they had been cast before.
    public let alpha: Double
    /// Votes against, likewise.
    public let beta: Double
    /// Whether it was fitted; otherwise it is ``standard``.
    public let isFitted: Bool

    /// Beta(2, 2): two votes for and two against.
    public static let standard = VotePrior(alpha: 2, beta: 2, isFitted: false)
    /// Contributions with votes that a fit needs.
    public static let leastContributions = 10

    private init(alpha: Double, beta: Double, isFitted: Bool) {
        (self.alpha, self.beta, self.isFitted) = (alpha, beta, isFitted)
    }

    /// Fits the prior to the contributions of a proceeding by moments.
    ///
    /// The variance of the shares that remains after that of drawing the votes is taken away; where none remains, or
    /// too few contributions have votes, the prior is ``standard``. Source: Kleinman 1973, J. Am. Stat. Assoc. 68,
    /// doi:10.1080/01621459.1973.10481332.
    public init(fitting scores: [VoteScore]) {
        self = .standard
        var (up, all, squares) = (0.0, 0.0, 0.0)
        // In an order of their own, so that sums do not depend on that of the rows.
        let voted = scores.filter { $0.up + $0.down > 0 }.sorted { ($0.up, $0.down) < ($1.up, $1.down) }
        for score in voted {
            up += Double(score.up)
            all += Double(score.up) + Double(score.down)
        }
        guard voted.count >= Self.leastContributions, up > 0, up < all else { return }
        let mean = up / all
        for score in voted {
            let n = Double(score.up) + Double(score.down)
            let deviation = Double(score.up) / n - mean
            squares += n * deviation * deviation
        }
        let variance = mean * (1 - mean)
        let between = squares / all - variance * Double(voted.count) / all
        guard between > 0, between < variance else { return }
        let strength = variance / between - 1
        self.init(alpha: mean * strength, beta: (1 - mean) * strength, isFitted: true)
    }

    /// Mean of the share of votes for a contribution after its votes are seen.
    public func posteriorMean(_ score: VoteScore) -> Double {
        (Double(score.up) + alpha) / (Double(score.up) + Double(score.down) + alpha + beta)
    }
}
