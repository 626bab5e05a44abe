public import GeoCore
public import Participation
public import Storage

extension Installation {
    /// The file of an image on a contribution that the viewer may see, or that is the viewer's own.
    ///
    /// - Parameter receipt: the receipt its author got, for those without a participant token.
    /// - Returns: the file, and whether it is the viewer's own.
    /// - Throws: ``PlatformError`` `notFound`.
    public func attachmentFile(
        _ id: Int64, _ size: AttachmentFile.Size, of contribution: Int64, in proceeding: Proceeding,
        receipt: String? = nil, scope: Scope
    ) async throws -> (file: AttachmentFile, isOwn: Bool) {
        let found = try await engine.read { connection -> (file: AttachmentFile, isOwn: Bool)? in
            let reader = scope.reader(connection)
            let own = try reader.authored(contribution: contribution, of: proceeding)
            let isOwn = Self.isAuthor(own?.item.author, of: own, receipt: receipt, scope: scope)
            guard try isOwn || reader.isThere(CommentRoot.contribution(contribution), of: proceeding) else {
                return nil
            }
            return try reader.attachmentFile(id, size, of: .contribution(contribution), in: proceeding).map {
                ($0, isOwn)
            }
        }
        guard let found else { throw PlatformError(.notFound, "there is no image of that number") }
        return found
    }

    /// The images of a proceeding on what the viewer may see, by number, one page.
    public func attachments(
        of proceeding: Proceeding, limit: Int, after cursor: Cursor?, scope: Scope
    ) async throws -> Page<Attachment> {
        try await engine.read {
            try scope.reader($0).attachments(of: proceeding, limit: limit, after: cursor)
        }
    }
}

extension Attachment {
    /// The attachment as JSON: what it shows, and where it is found on the server.
    public func value(in proceeding: Proceeding) -> JSONValue {
        let address = address(in: proceeding)
        return .object([
            .init("id", .string(String(id))), .init("href", .string(address)),
            .init("thumbnail", .string(address + "/thumbnail")), .init("alt", .string(alt)),
            .init("credit", credit.map { .string($0) } ?? .null), .init("width", .integer(Int64(width))),
            .init("height", .integer(Int64(height))), .init("type", .string(mediaType)),
        ])
    }
}
