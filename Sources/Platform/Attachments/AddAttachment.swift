import Images
public import Participation
public import Storage

/// What comes with the file of an image.
public struct NewAttachment: Sendable, Hashable {
    /// What is to be seen on it, for those who do not see it.
    public var alt: String
    /// Who made it.
    public var credit: String?

    /// Makes a draft.
    public init(alt: String, credit: String? = nil) {
        self.alt = alt
        self.credit = credit
    }
}

/// What was found out of an image before a byte of it was read.
public struct AttachmentAdmission: Sendable, Hashable {
    /// Most bytes of the file.
    public var maximumBytes: Int
    /// When the request came in, milliseconds since 1970: it decides on phase and window, however long the file takes.
    public var received: Int64
}

extension Installation {
    /// Looks whether an image would be taken, before a byte of it is read.
    ///
    /// - Parameter idempotency: the key of the request, whatever the body: where it has made an image already, its
    ///   author is let through to the answer of that time.
    /// - Throws: what adding the image would, but for what is wrong with the file.
    public func requireAttachable(
        _ draft: NewAttachment, to root: CommentRoot, of proceeding: Proceeding, receipt: String? = nil,
        idempotency: IdempotencyKey? = nil, scope: Scope
    ) async throws -> AttachmentAdmission {
        let request = AttachmentRequest(
            root: root, proceeding: proceeding, receipt: receipt, scope: scope, time: now())
        try await engine.read { connection in
            let reader = scope.reader(connection)
            if let idempotency, try reader.hasMade(key: idempotency.name, scope: Self.attachmentRoute(request)) {
                _ = try AttachmentHolder(answering: request, self, reader)
            } else {
                _ = try self.attachable(request, reader)
                try Self.requireRoom(for: 1, reader, scope)
            }
        }
        _ = try Self.cleaned(draft)
        return AttachmentAdmission(
            maximumBytes: proceeding.settings.attachments.maximumMegabytes << 20, received: request.time)
    }

    /// Hangs an image on a contribution or a conception.
    ///
    /// On a contribution its author may within the window of the proceeding, and a moderator; on a conception those who
    /// manage the proceeding.
    ///
    /// Only the pixels of the file are kept: it is decoded, turned upright, scaled down and encoded anew. Where texts
    /// are held back for a moderator, the contribution waits again until somebody has seen the image.
    ///
    /// - Parameters:
    ///   - file: the bytes as they came.
    ///   - mediaType: the media type they came with.
    ///   - received: when the request came in, of ``AttachmentAdmission``; now, where there was no look before.
    /// - Returns: the attachment, and whether an earlier request with the same key had made it.
    /// - Throws: ``PlatformError`` `notFound` when what it is to hang on is not there for the viewer, `forbidden` for
    ///   others than its author, after the window, when the phase is closed and where images are not taken, `conflict`
    ///   when there are enough of them, here or in all the tenant, `invalidInput` for the texts, `unsupported` with what
    ///   helps for the file, `unavailable` when memory is short.
    public func addAttachment(
        _ draft: NewAttachment, file: [UInt8], declared mediaType: String? = nil, to root: CommentRoot,
        of proceeding: Proceeding, received: Int64? = nil, receipt: String? = nil, idempotency: IdempotencyKey? = nil,
        scope: Scope
    ) async throws -> (attachment: Attachment, isReplay: Bool) {
        let time = now()
        let draft = try Self.cleaned(draft)
        let image = try Self.prepared(file, declared: mediaType)
        let wanted = Attachment(
            item: ItemReference(root), alt: draft.alt, credit: draft.credit,
            mediaType: image.picture.kind.mediaType, width: image.picture.width, height: image.picture.height,
            byteCount: image.picture.bytes.count, created: time)
        let (picture, thumbnail) = (AttachmentFile(image.picture), AttachmentFile(image.thumbnail))
        let request = AttachmentRequest(
            root: root, proceeding: proceeding, receipt: receipt, scope: scope, time: received ?? time)
        let route = Self.attachmentRoute(request)
        return try await engine.write { connection in
            let writer = scope.writer(connection)
            if let earlier = try Self.earlier(idempotency, route: route, writer: writer) {
                let found = try AttachmentHolder(answering: request, self, writer.reader).attachments
                guard let stored = found.first(where: { $0.id == earlier.item }) else {
                    throw PlatformError(.notFound, "what this Idempotency-Key had made is gone")
                }
                return (stored, true)
            }
            // An upload takes minutes, and settings may have changed meanwhile.
            guard let current = try writer.reader.proceeding(id: proceeding.id), current.key == proceeding.key else {
                throw PlatformError(.notFound, "there is no \(root.kind) of that number")
            }
            let holder = try self.attachable(request.with(current), writer.reader)
            try Self.requireRoom(for: wanted.byteCount, writer.reader, scope)
            let signs = try Self.holdingSigns(
                [draft.alt, draft.credit], in: current, reader: writer.reader, scope: scope)
            let stored = try writer.insert(wanted, picture: picture, thumbnail: thumbnail, in: proceeding)
            try Self.hold(holder, signs, in: proceeding, writer, at: time)
            if !holder.isOwn { try writer.audit("attachment.add", item: stored.path(in: proceeding), now: time) }
            try writer.remember(idempotency, route: route, item: stored.id, now: time)
            try writer.touch(proceeding)
            return (stored, false)
        }
    }

    /// Lets what got an image, or other words to one, wait for a moderator where there are signs that ask for it.
    static func hold(
        _ holder: AttachmentHolder, _ signs: ModerationNeed.Signs, in proceeding: Proceeding, _ writer: ScopedWriter,
        at time: Int64
    ) throws {
        guard !signs.isEmpty else { return }
        if holder.state == .published { try writer.setState(.pending, of: holder.item, in: proceeding, now: time) }
        try writer.noteNeed(of: holder.item, signs: signs, in: proceeding, now: time)
    }

    /// What an image is to hang on.
    private func attachable(_ request: AttachmentRequest, _ reader: ScopedReader) throws -> AttachmentHolder {
        let holder = try AttachmentHolder(changing: request, self, reader)
        let settings = request.proceeding.settings.attachments
        guard settings.allowed || holder.root.kind == .conception else {
            throw PlatformError(.forbidden, "this proceeding takes no images")
        }
        guard holder.attachments.count < settings.maximumCount else {
            throw PlatformError(
                .conflict,
                "a \(holder.root.kind) has at most \(settings.maximumCount) image(s) in this proceeding",
                hint: "remove one first")
        }
        return holder
    }

    /// Refuses a picture where those of the tenant take all the room that is theirs.
    private static func requireRoom(for bytes: Int, _ reader: ScopedReader, _ scope: Scope) throws {
        let megabytes = scope.tenant.settings.imageMegabytes
        guard try reader.imageBytes() + Int64(bytes) <= Int64(megabytes) << 20 else {
            throw PlatformError(
                .conflict, "there is no room for more images: all together may have \(megabytes) MiB here",
                hint: "ask those who run the participation for more room")
        }
    }

    /// Where the keys of requests count that hang images on something.
    private static func attachmentRoute(_ request: AttachmentRequest) -> String {
        let root = request.root
        return idempotencyScope(
            "\(request.proceeding.key)/\(root.kind)s/\(root.id)/attachments", scope: request.scope)
    }

    /// The draft with its texts cleaned.
    ///
    /// - Throws: ``PlatformError`` `invalidInput` with all rules broken.
    static func cleaned(_ draft: NewAttachment) throws -> NewAttachment {
        var draft = draft
        draft.alt = TextRule.cleaned(draft.alt)
        draft.credit = draft.credit.map(TextRule.cleaned).flatMap { $0.isEmpty ? nil : $0 }
        let faults = Attachment.violations(alt: draft.alt, credit: draft.credit)
        guard faults.isEmpty else {
            throw PlatformError(
                .invalidInput, "say in alt what is to be seen on the image, for those who do not see it",
                violations: faults)
        }
        return draft
    }

    private static func prepared(_ file: [UInt8], declared mediaType: String?) throws -> PreparedImage {
        do {
            return try PreparedImage(file, declared: mediaType)
        } catch {
            throw PlatformError(
                error.code == .failed ? .unavailable : .unsupported, error.description,
                violations: [RuleViolation(pointer: "", code: error.code.rawValue, detail: error.description)])
        }
    }
}

extension AttachmentFile {
    fileprivate init(_ rendition: Rendition) {
        var digest = SHA256()
        digest.update(rendition.bytes)
        self.init(mediaType: rendition.kind.mediaType, digest: digest.hexadecimal(), bytes: rendition.bytes)
    }
}

extension Attachment {
    /// The attachment in the words of audit events.
    func path(in proceeding: Proceeding) -> String { "\(item.path(in: proceeding))/attachments/\(id)" }
}
