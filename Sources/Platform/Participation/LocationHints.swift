import GeoCore
public import Participation
public import Storage

extension Installation {
    /// Why the place of a contribution is suspect, for its author; empty where it is not.
    public func locationHints(
        of contribution: Contribution, in proceeding: Proceeding, scope: Scope
    ) async throws -> [LocationHint] {
        guard contribution.quality == .suspect,
            let point = GeometryCheck.place(of: contribution.geometry, in: nil).point
        else { return [] }
        if let hint = GeometryCheck.hint(at: point, in: AreaTest(proceeding.area)) { return [hint] }
        let twin = try await engine.read {
            try scope.reader($0).contribution(
                by: contribution.author, at: point, in: proceeding, except: contribution.id)
        }
        return twin.map { [.sameCoordinates($0)] } ?? []
    }

    /// The quality of a draft's place: suspect where its author has another point at exactly the same coordinates.
    ///
    /// - Parameter known: the contribution as it stands, where one is changed: an old place keeps its quality.
    static func quality(
        of checked: CheckedDraft, by author: String?, known: Contribution? = nil, in proceeding: Proceeding,
        reader: ScopedReader
    ) throws -> Contribution.LocationQuality {
        if let known, known.quality == .suspect, known.geometry == checked.draft.geometry { return .suspect }
        guard case .point? = checked.draft.geometry, let point = checked.point, checked.quality != .suspect else {
            return checked.quality
        }
        let twin = try reader.contribution(by: author, at: point, in: proceeding, except: known?.id ?? 0)
        return twin == nil ? checked.quality : .suspect
    }
}
