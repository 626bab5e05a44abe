import Foundation
import GeoCore
public import Participation
public import Storage

extension Installation {
    /// Takes in a citizen's contribution; when it returns, the contribution is on disk.
    ///
    /// - Returns: the contribution, whether an earlier request with the same key had made it, and the receipt that
    ///   proves authorship.
    /// - Throws: ``PlatformError`` `forbidden` when the phase is closed, `unauthenticated` where a participant is
    ///   needed, `invalidInput` with all rules broken, `conflict` with the earlier contribution where the participant
    ///   has said the same nearby within the hour; `forbidden` too for a channel that those who moderate alone may tell.
    public func submitContribution(
        _ draft: NewContribution, to proceeding: Proceeding, scope: Scope, idempotency: IdempotencyKey? = nil
    ) async throws -> (contribution: Contribution, isReplay: Bool, receipt: String) {
        let time = now()
        try requireOpen(.contributions, in: proceeding, at: time, scope: scope)
        if draft.channel != .online { try require(.moderate, in: proceeding, scope: scope) }
        let categories = try await categories(of: proceeding, scope: scope)
        let checked = try CheckedDraft(draft, in: proceeding, categories: categories)
        let told = try await holdingSigns(checked.words, in: proceeding, scope: scope)
            .union(signs(of: draft.form, in: proceeding, scope: scope))
        var contribution = Contribution(
            title: checked.draft.title, text: checked.draft.text, category: checked.draft.category,
            type: checked.draft.type, geometry: checked.draft.geometry, quality: checked.quality,
            created: time, author: scope.viewer.participant, channel: checked.draft.channel,
            language: checked.draft.language ?? scope.tenant.defaultLanguage)
        (contribution.tags, contribution.pickedKeywords) = (checked.draft.tags, checked.draft.pickedKeywords)
        let new = contribution
        let route = Self.idempotencyScope("\(proceeding.key)/contributions", scope: scope)
        return try await engine.write { connection in
            let writer = scope.writer(connection)
            if let earlier = try Self.earlier(idempotency, route: route, writer: writer) {
                guard let stored = try writer.reader.authored(contribution: earlier.item, of: proceeding)?.item else {
                    throw PlatformError(.notFound, "what this Idempotency-Key had made is gone")
                }
                return (stored, true, Receipt(key: idempotency, salt: earlier.salt).text)
            }
            let isRepeated = try Self.requireNew(
                checked, in: proceeding, now: time, reader: writer.reader, scope: scope)
            let signs = isRepeated ? told.union(.repeatedText) : told
            var stored = new
            stored.state = signs.isEmpty ? .published : .pending
            stored.quality = try Self.quality(
                of: checked, by: new.author, in: proceeding, reader: writer.reader)
            stored.id = try writer.insert([PlacedContribution(stored, point: checked.point)], into: proceeding)[0]
            if !stored.pickedKeywords.isEmpty {
                try writer.keepPicked(stored.pickedKeywords, of: stored.id, in: proceeding)
            }
            if !signs.isEmpty {
                try writer.noteNeed(of: .contribution(stored.id), signs: signs, in: proceeding, now: time)
            }
            let receipt = Receipt(key: idempotency)
            try writer.keepMarks(
                of: stored.id, in: proceeding, receipt: receipt.digest, fingerprint: checked.fingerprint)
            if let idempotency {
                try writer.remember(
                    key: idempotency.name, scope: route, body: idempotency.body, salt: receipt.salt, item: stored.id,
                    now: time)
            }
            try writer.touch(proceeding)
            return (stored, false, receipt.text)
        }
    }

    /// How long the same text counts as sent twice, in milliseconds.
    private static let duplicateTime: Int64 = 3_600_000
    /// How near the same text counts as sent twice, in metres.
    private static let duplicateDistance = 100.0

    /// Refuses what the same participant has said already within the hour, nearby or without a place.
    ///
    /// - Returns: whether they have said it before, at another time or place; not asked of those who moderate.
    private static func requireNew(
        _ checked: CheckedDraft, in proceeding: Proceeding, now: Int64, reader: ScopedReader, scope: Scope
    ) throws -> Bool {
        guard let author = scope.viewer.participant else { return false }
        let same = try reader.sameTexts(fingerprint: checked.fingerprint, of: author, in: proceeding)
        let twin = same.first { earlier in
            guard earlier.created >= now - duplicateTime else { return false }
            guard let old = earlier.point, let new = checked.point else { return earlier.point == checked.point }
            return NearbyDistance.metres(old, new) <= duplicateDistance
        }
        guard let twin else { return !same.isEmpty && !scope.viewer.may(.moderate, in: proceeding.key) }
        throw PlatformError(
            .conflict, "you have sent this already, as contribution \(twin.id)",
            hint: "change that one, or say what is different here", contribution: twin.id)
    }
}

/// Distances of places close to each other.
enum NearbyDistance {
    /// Metres between two positions in degrees, on a sphere of the earth's mean radius.
    ///
    /// Equirectangular: off by less than one part in a thousand below 10 km away from the poles.
    static func metres(_ a: Position, _ b: Position) -> Double {
        let degree = 111_195.08
        let x = (a.x - b.x) * degree * cos((a.y + b.y) / 2 * .pi / 180)
        let y = (a.y - b.y) * degree
        return (x * x + y * y).squareRoot()
    }
}
