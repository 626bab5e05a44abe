import Analysis
import GeoCore

/// A width of hexagons that is chosen from the data, and how.
struct ChosenCell {
    /// Metres, flat to flat.
    var width: Double
    /// By which rule.
    var rule: String

    /// The width where all contributions lie at one place, which says nothing of how far they are from each other.
    static let atOnePlace = 100.0

    /// Chooses a width.
    ///
    /// - Throws: `AnalysisError` for coordinates that are not finite, and when it is cancelled.
    init(_ points: Points) throws {
        let found: SuggestedCellSize?
        do {
            found = try suggestedHexagonEdge(points)
        } catch {
            guard error.code == .tooFewData else { throw error }
            found = nil
        }
        width = found?.width ?? Self.atOnePlace
        rule =
            found.map { Self.words($0.rule) }
            ?? "where all contributions lie at one place, which tells no distances between them"
    }

    private static func words(_ rule: SuggestedCellSize.Rule) -> String {
        let distance = "twice the mean distance to the nearest contribution"
        return switch rule {
        case .distance: "\(distance), rounded to 1-2-5 steps"
        case .extent: "at most a twentieth of the extent of the contributions, in 1-2-5 steps; \(distance) is more"
        case .least: "the least that is chosen; \(distance) is less"
        case .coarser: "wider than \(distance), so that an occupied cell holds 1.5 contributions, in 1-2-5 steps"
        case .finer: "narrower than \(distance), so that 30 cells are occupied, in 1-2-5 steps"
        }
    }
}
