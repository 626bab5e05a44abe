public import Analysis
public import GeoCore

/// By what the features of a layer are ranked.
public enum RankingMeasure: String, Sendable, Hashable, CaseIterable {
    /// Contributions within the distance.
    case contributions
    /// Votes on them, for and against.
    case votes
    /// Comments on them.
    case comments
    /// How well they are received: the lower limit of the share of votes for them (Wilson 1927).
    case support
    /// How much opinions on them differ.
    case controversy
}

extension RankingMeasure {
    /// The sums that it is made of.
    var sums: Set<VotedSum> {
        switch self {
        case .contributions: []
        case .votes, .support, .controversy: [.up, .down]
        case .comments: [.comments]
        }
    }
}

/// The features of a layer, such as streets, plan areas or stops, by what people say about them.
public struct FeatureRanking: Sendable {
    /// One feature with the contributions near it.
    public struct Feature: Sendable {
        /// Place in the layer, counted from 1.
        public var ordinal: Int64
        /// Name for people.
        public var name: String
        /// Shape in longitude/latitude.
        public var geometry: Geometry
        /// Numbers of the contributions within the distance, in order.
        public var contributions: [Int64]
        /// Numbers of those of them that whoever asks may read, in order.
        public var readable: [Int64]
        /// Votes for them.
        public var votesUp: Int64
        /// Votes against them.
        public var votesDown: Int64
        /// Comments on them.
        public var comments: Int64
        /// Slug of the category that most of them have.
        public var topCategory: String?
        /// Who wrote them.
        var contributors = Contributors()
        /// Who wrote those of the category that most of them have.
        var topContributors = Contributors()

        /// Sums that are mostly those of one or two people.
        var dominatedSums: Set<VotedSum> = []
        /// Sums that are not told, with the figures that are made of them.
        var withheldSums: Set<VotedSum> = []

        /// The votes as a score.
        public var score: VoteScore { VoteScore(up: Int(clamping: votesUp), down: Int(clamping: votesDown)) }

        /// How many votes or comments there are.
        func value(_ sum: VotedSum) -> Int64 {
            switch sum {
            case .up: votesUp
            case .down: votesDown
            case .comments: comments
            }
        }

        /// What the feature is ranked by.
        public func value(_ measure: RankingMeasure) -> Double {
            switch measure {
            case .contributions: Double(contributions.count)
            case .votes: Double(votesUp) + Double(votesDown)
            case .comments: Double(comments)
            case .support: score.wilsonLowerBound
            case .controversy: score.controversy
            }
        }
    }

    /// How many people must stand behind a number, where that is told.
    var privacy: [AnalysisRecord.Parameter] = []

    /// The parameters that have a range.
    public static let parameters: [AnalysisParameter] = [
        .init(
            "distance", .number(0...10_000, unit: "m", example: 50),
            "What counts as near; 0, the default, is touching or inside."),
        .init(
            "shapes", .flag,
            "Whether lines and areas among the contributions count by their whole shape, so that those which cross a "
                + "feature are told; by a point of it by default."),
    ]

    /// Slug of the layer.
    public var layer: String
    /// Name of the layer, for people.
    public var layerName: String
    /// Distance in metres that counts as near; 0 is touching or inside.
    public var distance: Double
    /// Whether lines and areas counted by their whole shape, and not by a point of it.
    public var countsShapes = false
    /// By what it is ranked.
    public var measure: RankingMeasure
    /// Which contributions were asked about; all where it is empty.
    public var filters: [FilterTerm] = []
    /// The features that have a contribution near them, highest first; equal ones in the order of the layer.
    public var features: [Feature]
    /// Features without any, or of which nothing is told.
    public var silent: Int
    /// Contributions with a place, near a feature or not.
    public var used = 0
    /// Located contributions near no feature.
    public var elsewhere: Int
    /// Whether that number is withheld, since it would give few away; it is 0 then.
    public var isElsewhereSuppressed = false
    /// Contributions without a place.
    public var unlocated: Int
    /// Whether that number is withheld; it is 0 then.
    public var isUnlocatedSuppressed = false
    /// Contributions whose place cannot be right, or lies beyond the plane.
    public var suspect = 0
    /// Whether that number is withheld; it is 0 then.
    public var isSuspectSuppressed = false
    /// Whether features are left out since few people wrote near them, and the numbers of all contributions.
    public var isWithheld = false
    /// The metric CRS that was computed in.
    public var crs: String
    /// Version of the data.
    public var dataVersion: Int64
}
