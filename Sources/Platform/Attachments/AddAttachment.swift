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

extension Installation {
    /// Looks whether an image would be taken, before a byte of it is read.
    ///
    /// - Returns: most bytes of the file.
    /// - Throws: what adding the image would, but for what is wrong with the file.
    public func requireAttachable(
        _ draft: NewAttachment, to contribution: Int64, of proceeding: Proceeding, receipt: String? = nil, scope: Scope
    ) async throws -> Int {
        let time = now()
        _ = try await engine.read { connection in
            try self.attachable(
                contribution, of: proceeding, receipt: receipt, scope.reader(connection), scope, at: time
            ).isAuthor
        }
        _ = try Self.cleaned(draft)
        return proceeding.settings.attachments.maximumMegabytes << 20
    }

    /// Hangs an image on a contribution: its author within the window of the proceeding, or a moderator.
    ///
    /// Only the pixels of the file are kept: it is decoded, turned upright, scaled down and encoded anew. Where texts
    /// are held back for a moderator, the contribution waits again until somebody has seen the image.
    ///
    /// - Parameters:
    ///   - file: the bytes as they came.
    ///   - mediaType: the media type they came with.
    /// - Returns: the attachment, and whether an earlier request with the same key had made it.
    /// - Throws: ``PlatformError`` `notFound` when the contribution is not there for the viewer, `forbidden` for others
    ///   than its author, after the window, when the phase is closed and where images are not taken, `conflict` when
    ///   there are enough of them, `invalidInput` for the texts, `unsupported` with what helps for the file,
    ///   `unavailable` when memory is short.
    public func addAttachment(
        _ draft: NewAttachment, file: [UInt8], declared mediaType: String? = nil, to contribution: Int64,
        of proceeding: Proceeding, receipt: String? = nil, idempotency: IdempotencyKey? = nil, scope: Scope
    ) async throws -> (attachment: Attachment, isReplay: Bool) {
        let time = now()
        let draft = try Self.cleaned(draft)
        let image = try Self.prepared(file, declared: mediaType)
        let signs = try await holdingSigns([draft.alt, draft.credit], in: proceeding, scope: scope)
        let item = ItemReference.contribution(contribution)
        let wanted = Attachment(
            item: item, alt: draft.alt, credit: draft.credit, mediaType: image.picture.kind.mediaType,
            width: image.picture.width, height: image.picture.height, byteCount: image.picture.bytes.count,
            created: time)
        let (picture, thumbnail) = (AttachmentFile(image.picture), AttachmentFile(image.thumbnail))
        let route = Self.idempotencyScope("\(proceeding.key)/contributions/\(contribution)/attachments", scope: scope)
        return try await engine.write { connection in
            let writer = scope.writer(connection)
            if let earlier = try Self.earlier(idempotency, route: route, writer: writer) {
                let found = try writer.reader.authored(contribution: contribution, of: proceeding)?.item.attachments
                guard let stored = found?.first(where: { $0.id == earlier.item }) else {
                    throw PlatformError(.notFound, "what this Idempotency-Key had made is gone")
                }
                return (stored, true)
            }
            let (target, isAuthor) = try self.attachable(
                contribution, of: proceeding, receipt: receipt, writer.reader, scope, at: time)
            let stored = try writer.insert(wanted, picture: picture, thumbnail: thumbnail, in: proceeding)
            if !signs.isEmpty {
                if target.state == .published { try writer.setState(.pending, of: item, in: proceeding, now: time) }
                try writer.noteNeed(of: item, signs: signs, in: proceeding, now: time)
            }
            if !isAuthor { try writer.audit("attachment.add", item: stored.path(in: proceeding), now: time) }
            try writer.remember(idempotency, route: route, item: stored.id, now: time)
            try writer.touch(proceeding)
            return (stored, false)
        }
    }

    /// The contribution that an image is to hang on, and whether it is the viewer's own.
    private func attachable(
        _ id: Int64, of proceeding: Proceeding, receipt: String?, _ reader: ScopedReader, _ scope: Scope, at time: Int64
    ) throws -> (item: Contribution, isAuthor: Bool) {
        let found = try reader.authored(contribution: id, of: proceeding)
        let (item, isAuthor) = try changeable(found, in: proceeding, receipt: receipt, scope: scope, at: time)
        let settings = proceeding.settings.attachments
        guard settings.allowed else { throw PlatformError(.forbidden, "this proceeding takes no images") }
        guard item.attachments.count < settings.maximumCount else {
            throw PlatformError(
                .conflict, "a contribution has at most \(settings.maximumCount) image(s) in this proceeding",
                hint: "remove one first")
        }
        return (item, isAuthor)
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
