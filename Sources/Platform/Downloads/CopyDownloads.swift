import Participation
import Storage

extension Installation {
    /// Offers the downloads of one proceeding in another one too, but for those on its course and its results.
    ///
    /// Each is copied part by part inside the store, and seen when it is whole: no other write waits for more than a part.
    ///
    /// - Returns: the copies.
    /// - Throws: ``Storage/StorageError``, `CancellationError`; what was copied until then stays.
    func copyDownloads(from template: Proceeding, to proceeding: Proceeding, scope: Scope) async throws -> [Download] {
        var copies: [Download] = []
        for source in try await downloads(of: template, scope: scope) where !source.isDocumentation {
            var wanted = source
            wanted.created = now()
            let begun = wanted
            wanted.id = try await engine.write { try scope.writer($0).begin(begun, of: proceeding) }
            let copy = wanted
            var (ordinal, bytes): (Int64, Int64) = (0, 0)
            while bytes < source.byteCount {
                try Task.checkCancellation()
                let place = ordinal
                let part = try await engine.write {
                    try scope.writer($0).copyPart(place, of: source.id, in: template, to: copy.id, of: proceeding)
                }
                guard let part else { break }
                (ordinal, bytes) = (ordinal + 1, bytes + part)
            }
            let (isWhole, time) = (bytes == source.byteCount, now())
            try await engine.write { connection in
                let writer = scope.writer(connection)
                // It went meanwhile.
                guard isWhole else { return try writer.removeDownload(copy.id, of: proceeding, now: time) }
                try writer.complete(copy.id, of: proceeding, now: time)
                try writer.touch(proceeding)
            }
            if isWhole { copies.append(copy) }
        }
        return copies
    }
}
