public import GeoCore
public import Participation
public import Storage

extension Installation {
    /// The images on a contribution or a conception that the viewer may see, or on a contribution that is the viewer's
    /// own, the oldest first.
    ///
    /// - Parameter receipt: the receipt its author got, for those without a participant token.
    /// - Returns: the images, the version of what they hang on, and whether it is the viewer's own.
    /// - Throws: ``PlatformError`` `notFound`.
    public func attachments(
        on root: CommentRoot, of proceeding: Proceeding, receipt: String? = nil, scope: Scope
    ) async throws -> (attachments: [Attachment], version: Int64, isOwn: Bool) {
        let request = AttachmentRequest(
            root: root, proceeding: proceeding, receipt: receipt, scope: scope, time: now())
        return try await engine.read { try Self.images(request, scope.reader($0)) }
    }

    static func images(
        _ request: AttachmentRequest, _ reader: ScopedReader
    ) throws -> (attachments: [Attachment], version: Int64, isOwn: Bool) {
        let proceeding = request.proceeding
        switch request.root {
        case .contribution(let id):
            let own = try reader.authored(contribution: id, of: proceeding)
            let isOwn = isAuthor(own?.item.author, of: own, receipt: request.receipt, scope: request.scope)
            guard let item = try isOwn ? own?.item : reader.contribution(id, of: proceeding) else {
                throw PlatformError(.notFound, "there is no contribution of that number")
            }
            return (item.attachments, item.version, isOwn)
        case .conception(let id):
            guard let item = try reader.conception(id, of: proceeding) else { throw noConception }
            return (item.attachments, item.version, false)
        }
    }

    /// The file of an image on a contribution or a conception that the viewer may see, or on a contribution that is the
    /// viewer's own.
    ///
    /// - Parameter receipt: the receipt its author got, for those without a participant token.
    /// - Returns: the file, and whether it is the viewer's own.
    /// - Throws: ``PlatformError`` `notFound`.
    public func attachmentFile(
        _ id: Int64, _ size: AttachmentFile.Size, of root: CommentRoot, in proceeding: Proceeding,
        receipt: String? = nil, scope: Scope
    ) async throws -> (file: AttachmentFile, isOwn: Bool) {
        let request = AttachmentRequest(
            root: root, proceeding: proceeding, receipt: receipt, scope: scope, time: now())
        return try await engine.read { connection in
            let reader = scope.reader(connection)
            let isOwn = try Self.images(request, reader).isOwn
            guard let file = try reader.attachmentFile(id, size, of: ItemReference(root), in: proceeding) else {
                throw Self.noImage
            }
            return (file, isOwn)
        }
    }

    /// What of the two has a number: contributions and conceptions share one row of numbers.
    public func attachmentRoot(_ id: Int64, of proceeding: Proceeding, scope: Scope) async throws -> CommentRoot {
        let root = CommentRoot.conception(id)
        return try await engine.read { try scope.reader($0).isThere(root, of: proceeding) }
            ? root : .contribution(id)
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
