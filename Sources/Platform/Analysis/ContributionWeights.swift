import Analysis

extension HotspotQuestion.Weight {
    /// What a contribution weighs.
    ///
    /// - Parameter prior: what is believed of the share of votes for it before its own are seen.
    func weight(_ votes: VoteScore, comments: Int64, _ prior: VotePrior?) -> Double {
        switch self {
        case .one: 1
        case .approval: prior?.posteriorMean(votes) ?? votes.posteriorMean
        case .votes: votes.dampedWeight
        case .comments: VoteScore(up: Int(comments), down: 0).dampedWeight
        case .support: 1 + Double(votes.up) + Double(comments)
        }
    }
}
