import Formats
import Foundation
import Images
public import Participation
public import Storage

extension Installation {
    /// Looks whether a download would be taken, before a byte of it is read.
    ///
    /// - Returns: most bytes of the file.
    /// - Throws: ``PlatformError`` `forbidden` unless the proceeding is the viewer's to manage, `invalidInput`.
    public func requireOfferable(_ draft: Download, of proceeding: Proceeding, scope: Scope) throws -> Int {
        try require(.manageProceeding, in: proceeding, scope: scope)
        _ = try Self.checked(draft)
        return proceeding.settings.downloads.maximumMegabytes << 20
    }

    /// Offers a file for download; nobody sees it until all of it is in.
    ///
    /// Its kind is told by its content. Images lose all that is no picture, their pixels stay. Memory stays bounded
    /// whatever the size, but for images, which are read whole.
    ///
    /// - Parameters:
    ///   - draft: what is said of it.
    ///   - path: the file.
    ///   - name: what it is called.
    /// - Returns: the download, and whether an earlier request with the same key had made it.
    /// - Throws: ``PlatformError`` `forbidden` unless the proceeding is the viewer's to manage, `invalidInput`,
    ///   `tooLarge`, `unsupported` with what is taken for the file.
    public func addDownload(
        _ draft: Download, path: String, name: String, to proceeding: Proceeding,
        idempotencyKey: String? = nil, scope: Scope
    ) async throws -> (download: Download, isReplay: Bool) {
        let maximum = try requireOfferable(draft, of: proceeding, scope: scope)
        let file = try OfferedFile(path: path, name: name, maximum: maximum)
        var wanted = try Self.checked(draft)
        (wanted.fileName, wanted.mediaType) = (Download.fileName(name, suffix: file.suffix), file.mediaType)
        (wanted.byteCount, wanted.digest) = (Int64(file.size), try file.digest())
        wanted.created = now()
        wanted.changed = wanted.created
        let idempotency = try idempotencyKey.map {
            try IdempotencyKey(key: $0, body: Self.fingerprint(wanted))
        }
        let route = Self.idempotencyScope("\(proceeding.key)/downloads", scope: scope)
        if idempotency != nil {
            let earlier = try await engine.write {
                try Self.earlierDownload(idempotency, route: route, of: proceeding, writer: scope.writer($0))
            }
            if let earlier { return (earlier, true) }
        }
        let begun = wanted
        wanted.id = try await engine.write { try scope.writer($0).begin(begun, of: proceeding) }
        let stored = wanted
        do {
            try await write(file, to: stored.id, of: proceeding, scope: scope)
            var whole = stored
            whole.changed = now()
            let done = whole
            return try await engine.write { connection in
                let writer = scope.writer(connection)
                // Another request with the same key may have been done first.
                if let earlier = try Self.earlierDownload(idempotency, route: route, of: proceeding, writer: writer) {
                    try writer.removeDownload(stored.id, of: proceeding, now: done.changed)
                    return (earlier, true)
                }
                try writer.complete(done.id, of: proceeding, now: done.changed)
                try writer.audit("download.add", item: stored.path(in: proceeding), now: stored.created)
                try writer.remember(idempotency, route: route, item: stored.id, now: stored.created)
                try writer.touch(proceeding)
                return (done, false)
            }
        } catch {
            // A task of its own: in one that is cancelled the store takes nothing.
            let time = now()
            await Task {
                _ = try? await engine.write {
                    try scope.writer($0).removeDownload(stored.id, of: proceeding, now: time)
                }
            }.value
            throw error
        }
    }

    /// A digest of all that a request says, so that the same key with other words is noticed.
    private static func fingerprint(_ download: Download) -> [UInt8] {
        let members: [String] = [
            download.digest, download.fileName, download.title, download.description ?? "", download.language ?? "",
            String(download.isDocumentation), String(download.weight), String(download.isArchived),
        ]
        return SHA256.digest(Array(members.joined(separator: "\u{0}").utf8))
    }

    private func write(_ file: OfferedFile, to id: Int64, of proceeding: Proceeding, scope: Scope) async throws {
        for ordinal in 0..<file.parts {
            try Task.checkCancellation()
            let part = try file.part(ordinal)
            try await engine.write {
                try scope.writer($0).append(part, ordinal: Int64(ordinal), to: id, of: proceeding)
            }
        }
    }

    private static func earlierDownload(
        _ idempotency: IdempotencyKey?, route: String, of proceeding: Proceeding, writer: ScopedWriter
    ) throws -> Download? {
        guard let earlier = try Self.earlier(idempotency, route: route, writer: writer) else { return nil }
        guard let stored = try writer.reader.download(earlier.item, of: proceeding) else {
            throw PlatformError(.notFound, "what this Idempotency-Key had made is gone")
        }
        return stored
    }

    /// The draft with its texts cleaned.
    static func checked(_ draft: Download) throws -> Download {
        var download = draft
        download.title = TextRule.cleaned(draft.title)
        download.description = draft.description.map(TextRule.cleaned).flatMap { $0.isEmpty ? nil : $0 }
        let faults = download.violations
        guard faults.isEmpty else {
            throw PlatformError(.invalidInput, "the download breaks \(faults.count) rule(s)", violations: faults)
        }
        return download
    }
}

extension Download {
    /// The download in the words of audit events.
    func path(in proceeding: Proceeding) -> String { "proceedings/\(proceeding.id)/downloads/\(id)" }
}
