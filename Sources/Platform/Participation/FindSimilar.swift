import Foundation
public import GeoCore
public import Participation
public import Storage

/// A contribution that says much the same as another or as a draft.
public struct SimilarContribution: Sendable {
    /// The contribution.
    public var contribution: Contribution
    /// How similar it is, from 0 to 1; above 0.2 where it is told at all.
    public var similarity: Double
    /// Share of common words, from 0 to 1.
    public var words: Double
    /// Metres between the places; `nil` where one has none.
    public var distance: Double?
}

extension Installation {
    /// Radius in metres within which contributions are looked at whatever they say.
    private static let reach = 500.0
    /// Distance in metres over which nearness falls to 1/e.
    private static let scale = 250.0
    /// Most candidates by words, and by place.
    private static let candidates = 100

    /// Contributions the viewer may see that say much the same as a draft, most similar first.
    ///
    /// Seven parts words to three parts nearness, which counts half where a contribution has no place; words alone for
    /// a draft without one.
    ///
    /// - Parameter id: a contribution that is left out, since it is the one compared.
    public func similarContributions(
        to text: String, at place: Position?, except id: Int64 = 0, limit: Int, of proceeding: Proceeding, scope: Scope
    ) async throws -> [SimilarContribution] {
        let box = place.map { place in
            let tall = Self.reach / 111_195
            let wide = tall / max(0.05, cos(place.y * .pi / 180))
            return BoundingBox(
                minX: place.x - wide, minY: place.y - tall, maxX: place.x + wide, maxY: place.y + tall)
        }
        let found = try await engine.read { connection in
            try scope.reader(connection).similarTexts(
                to: text, near: box, except: id, of: proceeding, limit: Self.candidates)
        }
        let rated = found.map { item -> SimilarContribution in
            let distance = item.point.flatMap { point in place.map { NearbyDistance.metres(point, $0) } }
            let nearness = distance.map { exp(-$0 / Self.scale) } ?? 0.5
            let similarity = place == nil ? item.words : 0.7 * item.words + 0.3 * nearness
            return SimilarContribution(
                contribution: item.contribution, similarity: similarity, words: item.words, distance: distance)
        }
        // A neighbour that shares no word is no double; nor is a text that shares one word of twenty.
        return Array(
            rated.filter { $0.similarity > 0.2 && $0.words > 0 }
                .sorted { ($1.similarity, $0.contribution.id) < ($0.similarity, $1.contribution.id) }
                .prefix(limit))
    }

    /// Contributions similar to one that the viewer may see, most similar first.
    ///
    /// - Throws: ``PlatformError`` `notFound`.
    public func similarContributions(
        to id: Int64, limit: Int, of proceeding: Proceeding, scope: Scope
    ) async throws -> [SimilarContribution] {
        let contribution = try await contribution(id, of: proceeding, scope: scope)
        let place = GeometryCheck.place(of: contribution.geometry, in: nil).point
        return try await similarContributions(
            to: contribution.title + " " + contribution.text, at: place, except: id, limit: limit, of: proceeding,
            scope: scope)
    }
}
