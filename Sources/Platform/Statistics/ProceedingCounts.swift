public import Participation
public import Storage

extension Installation {
    /// How much there is in a proceeding, of what the viewer may see: the sums that its statistics tell, without the
    /// rest of them.
    ///
    /// - Complexity: linear in its contributions after a change; nothing where the figures are kept.
    public func counts(of proceeding: Proceeding, scope: Scope) async throws -> ProceedingSums {
        let key = FigureCache.Key(proceeding, scope)
        let kept = proceedingFigures.figures(for: key, version: proceeding.dataVersion)
        if let kept, kept.isCurrent { return kept.figures.sums }
        if columns.holds(proceeding, scope) {
            let own = try await contributionColumns(of: proceeding, filter: ContributionFilter(), scope: scope)
            return ProceedingSums(proceeding, own)
        }
        let sums = try await engine.read { try scope.reader($0).sums(of: [proceeding]).first }
        return sums ?? ProceedingSums(proceeding: proceeding.key)
    }
}

extension ProceedingSums {
    /// The sums of all rows of columns.
    init(_ proceeding: Proceeding, _ columns: ContributionColumns) {
        self.init(
            proceeding: proceeding.key, contributions: Int64(columns.count), comments: columns.comments.reduce(0, +),
            votesUp: columns.votesUp.reduce(0, +), votesDown: columns.votesDown.reduce(0, +),
            latest: columns.created.max() ?? 0)
    }
}
