public import GeoCore
public import Participation
public import Storage

/// The file of a download, part by part as it is pulled.
public struct DownloadBytes: AsyncSequence, Sendable {
    /// A part of some hundred kilobytes.
    public typealias Element = [UInt8]

    let engine: any SQLEngine
    let download: Download
    let proceeding: Proceeding
    let scope: Scope

    /// Starts from the first part.
    public func makeAsyncIterator() -> Iterator { Iterator(bytes: self) }

    /// Pulls one part after the other.
    public struct Iterator: AsyncIteratorProtocol {
        private let bytes: DownloadBytes
        private var ordinal: Int64 = 0
        private var left: Int64

        fileprivate init(bytes: DownloadBytes) {
            self.bytes = bytes
            left = bytes.download.byteCount
        }

        /// The next part; `nil` after the last.
        ///
        /// - Throws: ``PlatformError`` `notFound` where the download went meanwhile, `StorageError`, `CancellationError`.
        public mutating func next() async throws -> [UInt8]? {
            guard left > 0 else { return nil }
            let (bytes, place) = (bytes, ordinal)
            let part = try await bytes.engine.read {
                try bytes.scope.reader($0).downloadPart(place, of: bytes.download.id, in: bytes.proceeding)
            }
            guard let part else { throw PlatformError(.notFound, "the download is no longer there") }
            ordinal += 1
            left -= Int64(part.count)
            return part
        }
    }
}

extension Installation {
    /// The downloads of a proceeding, in their order; archived ones for those who manage it.
    public func downloads(of proceeding: Proceeding, scope: Scope) async throws -> [Download] {
        try await engine.read { try scope.reader($0).downloads(of: proceeding) }
    }

    /// The downloads that changed since an instant, with tombstones of those that went, one page.
    public func downloadChanges(
        of proceeding: Proceeding, since: Int64, limit: Int, after cursor: Cursor?, scope: Scope
    ) async throws -> Page<ItemChange<Download>> {
        try await engine.read {
            try scope.reader($0).downloadChanges(of: proceeding, since: since, limit: limit, after: cursor)
        }
    }

    /// One download with its file.
    ///
    /// - Throws: ``PlatformError`` `notFound`.
    public func download(
        _ id: Int64, of proceeding: Proceeding, scope: Scope
    ) async throws -> (download: Download, bytes: DownloadBytes) {
        let found = try Self.found(try await engine.read { try scope.reader($0).download(id, of: proceeding) })
        return (found, DownloadBytes(engine: engine, download: found, proceeding: proceeding, scope: scope))
    }
}

extension Download {
    /// The download as JSON: what is said of it, and where it is found on the server.
    public func value(in proceeding: Proceeding) -> JSONValue {
        func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
        return .object([
            .init("id", .string(String(id))),
            .init(
                "href", .string("/t/\(proceeding.tenant)/api/v1/proceedings/\(proceeding.id)/downloads/\(id)")),
            .init("title", .string(title)), .init("description", text(description)),
            .init("language", text(language)), .init("documentation", .bool(isDocumentation)),
            .init("weight", .integer(Int64(weight))), .init("archived", .bool(isArchived)),
            .init("fileName", .string(fileName)), .init("type", .string(mediaType)),
            .init("bytes", .integer(byteCount)), .init("sha256", .string(digest)),
            .init("created", .string(Timestamp.rfc3339(Timestamp.minute(created)))),
            .init("changed", .string(Timestamp.rfc3339(Timestamp.minute(changed)))),
            .init("version", .integer(version)),
        ])
    }
}
