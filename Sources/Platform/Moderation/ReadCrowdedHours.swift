public import Participation
public import Storage

extension Installation {
    /// Share of the votes on a thing within one hour that is told to moderators, in hundredths.
    public static let crowdedPercent: Int64 = 30
    /// Fewest votes on a thing of which that is told.
    public static let crowdedVotes: Int64 = 10

    /// The hours in which more than three in ten of the votes on a thing were cast, most votes first, at most 1,000.
    ///
    /// An hour is no proof of anything: a town hall votes in one too.
    ///
    /// - Throws: ``PlatformError`` `forbidden` unless a moderator asks.
    public func crowdedHours(of proceeding: Proceeding, scope: Scope) async throws -> [CrowdedHour] {
        try require(.moderate, in: proceeding, scope: scope)
        return try await engine.read {
            try scope.reader($0).crowdedHours(
                of: proceeding, above: Self.crowdedPercent, fewest: Self.crowdedVotes, limit: 1000)
        }
    }
}
