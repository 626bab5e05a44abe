public import Participation
public import Storage

/// What is to be changed of a download; the members of a JSON merge patch (RFC 7396).
public struct DownloadChange: Sendable {
    /// New title.
    public var title: String?
    /// What is in it, or nothing.
    public var description = MemberChange<String>.keep
    /// Language, or none.
    public var language = MemberChange<String>.keep
    /// Whether it documents the course and the results.
    public var isDocumentation: Bool?
    /// Where it stands in lists.
    public var weight: Int?
    /// Whether only those who manage the proceeding see it.
    public var isArchived: Bool?

    /// Changes nothing.
    public init() {}

    func applied(to old: Download) -> Download {
        var download = old
        download.title = title ?? old.title
        download.description = description.applied(to: old.description)
        download.language = language.applied(to: old.language)
        download.isDocumentation = isDocumentation ?? old.isDocumentation
        download.weight = weight ?? old.weight
        download.isArchived = isArchived ?? old.isArchived
        return download
    }
}

extension Installation {
    /// Changes what is said of a download; its file stays.
    ///
    /// - Throws: ``PlatformError`` `forbidden` unless the proceeding is the viewer's to manage, `notFound`, `stale`,
    ///   `invalidInput`.
    public func changeDownload(
        _ id: Int64, _ change: DownloadChange, of proceeding: Proceeding, precondition: Precondition = .any,
        scope: Scope
    ) async throws -> Download {
        try require(.manageProceeding, in: proceeding, scope: scope)
        let time = now()
        return try await engine.write { connection in
            let writer = scope.writer(connection)
            let old = try Self.found(try writer.reader.download(id, of: proceeding))
            try precondition.require(old.version)
            var wanted = try Self.checked(change.applied(to: old))
            guard wanted != old else { return old }
            wanted.changed = time
            try writer.replace(old, with: wanted, of: proceeding)
            try writer.audit("download.change", item: old.path(in: proceeding), now: time)
            try writer.touch(proceeding)
            return try Self.found(try writer.reader.download(id, of: proceeding))
        }
    }

    /// Removes a download with its file, for good.
    ///
    /// - Throws: ``PlatformError`` `forbidden` unless the proceeding is the viewer's to manage, `notFound`, `stale`.
    public func removeDownload(
        _ id: Int64, of proceeding: Proceeding, precondition: Precondition = .any, scope: Scope
    ) async throws {
        try require(.manageProceeding, in: proceeding, scope: scope)
        let time = now()
        try await engine.write { connection in
            let writer = scope.writer(connection)
            let old = try Self.found(try writer.reader.download(id, of: proceeding))
            try precondition.require(old.version)
            try writer.removeDownload(id, of: proceeding, now: time)
            try writer.audit("download.remove", item: old.path(in: proceeding), now: time)
            try writer.touch(proceeding)
        }
        try await purge(isUrgent: false)
    }

    static func found(_ download: Download?) throws -> Download {
        guard let download else { throw PlatformError(.notFound, "there is no download of that number") }
        return download
    }
}
