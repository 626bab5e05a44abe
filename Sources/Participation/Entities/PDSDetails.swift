/// What the Participation Data Specification tells of a project beyond what every proceeding has.
public struct PDSProjectDetails: Sendable, Hashable {
    /// Its id in the system it comes from.
    public var id: String
    /// Who publishes its data.
    public var publisher: String
    /// `active`, `dormant` or `frozen`, where the source tells it.
    public var state: String?
    /// Whether it is run with DIPAS, where the source tells it.
    public var isDIPAS: Bool?
    /// Titles of clusters of contributions, where the source has some.
    public var clusters: [String]?

    /// Makes details.
    public init(
        id: String, publisher: String = "", state: String? = nil, isDIPAS: Bool? = nil, clusters: [String]? = nil
    ) {
        self.id = id
        self.publisher = publisher
        self.state = state
        self.isDIPAS = isDIPAS
        self.clusters = clusters
    }
}

/// What the Participation Data Specification tells of a contribution beyond what every contribution has.
public struct PDSContributionDetails: Sendable, Hashable {
    /// The measures of texts that DIPAS computes, in its order.
    public static let scoreNames = ["content", "relevance", "response", "mutuality", "sentiment"]

    /// Its number in the system it comes from; `nil` where that is none.
    public var number: Int64?
    /// Its page there.
    public var link: String?
    /// Keywords that were suggested, separated by commas.
    public var suggestedKeywords: String
    /// Keywords that the author picked.
    public var pickedKeywords: String
    /// The measures in the order of ``scoreNames``; `nil` where there is none.
    public var scores: [Double?]

    /// Makes details.
    public init(
        number: Int64? = nil, link: String? = nil, suggestedKeywords: String = "", pickedKeywords: String = "",
        scores: [Double?] = [nil, nil, nil, nil, nil]
    ) {
        self.number = number
        self.link = link
        self.suggestedKeywords = suggestedKeywords
        self.pickedKeywords = pickedKeywords
        self.scores = scores
    }
}

extension Schedule {
    /// The phase as PDS names it: after the end, and between the phases, the last one that has begun.
    public func namedPhase(at now: Int64) -> Phase {
        let phase = phase(at: now)
        guard phase == .frozen else { return phase }
        guard let start = phase2Start ?? phase2End, now >= start else { return .phase1 }
        return phase1End != nil && phase1End == phase2End ? .phasemix : .phase2
    }
}
