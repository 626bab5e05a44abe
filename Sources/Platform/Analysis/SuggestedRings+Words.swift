import Analysis

extension SuggestedRings {
    /// Why this number of rings was chosen.
    var inWords: String {
        switch rule {
        case .firstPeak: "first peak of the score of global Moran's I over 1 to \(scores.count) rings"
        case .eightNeighbors where fallsFromTheFirst:
            "fewest rings with at least 8 neighbours: the score of global Moran's I falls from the first ring on, and so has "
                + "no peak over 1 to \(scores.count) rings"
        case .eightNeighbors:
            "fewest rings with at least 8 neighbours: the score of global Moran's I has no peak over 1 to "
                + "\(scores.count) rings"
        }
    }

    /// Whether the score is highest at the first ring and lower with each further one.
    private var fallsFromTheFirst: Bool {
        let known = scores.compactMap { $0 }
        return known.count == scores.count && known.count > 1 && zip(known, known.dropFirst()).allSatisfy { $0 > $1 }
    }
}
