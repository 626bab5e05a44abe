import Participation
import Storage

/// What images hang on: a contribution or a conception that the viewer may change.
struct AttachmentHolder {
    /// What it is.
    let root: CommentRoot
    let state: Contribution.State
    let version: Int64
    let attachments: [Attachment]
    /// Whether the viewer has written it; what others do to it is written down.
    let isOwn: Bool

    private init(_ contribution: Contribution, isOwn: Bool) {
        root = .contribution(contribution.id)
        (state, version, attachments) = (contribution.state, contribution.version, contribution.attachments)
        self.isOwn = isOwn
    }

    private init(_ conception: Conception) {
        root = .conception(conception.id)
        (state, version, attachments) = (conception.state, conception.version, conception.attachments)
        isOwn = false
    }

    var item: ItemReference { ItemReference(root) }

    /// One of its images.
    ///
    /// - Throws: ``PlatformError`` `notFound`.
    func attachment(_ id: Int64) throws -> Attachment {
        guard let found = attachments.first(where: { $0.id == id }) else { throw Installation.noImage }
        return found
    }
}

/// Who asks for what hangs on something, and when.
struct AttachmentRequest: Sendable {
    let root: CommentRoot
    let proceeding: Proceeding
    let receipt: String?
    let scope: Scope
    let time: Int64

    /// The same with the proceeding as it is at the moment.
    func with(_ proceeding: Proceeding) -> AttachmentRequest {
        AttachmentRequest(root: root, proceeding: proceeding, receipt: receipt, scope: scope, time: time)
    }
}

extension AttachmentHolder {
    /// What an image is to hang on, or what is said of one is to be changed: a contribution by its author within the
    /// window or by a moderator, a conception by those who manage the proceeding.
    ///
    /// - Throws: ``PlatformError`` `notFound` when it is not there for the viewer, `forbidden`.
    init(changing request: AttachmentRequest, _ installation: Installation, _ reader: ScopedReader) throws {
        switch request.root {
        case .contribution(let id):
            let found = try reader.authored(contribution: id, of: request.proceeding)
            let (item, isOwn) = try installation.changeable(
                found, in: request.proceeding, receipt: request.receipt, scope: request.scope, at: request.time)
            self.init(item, isOwn: isOwn)
        case .conception(let id): try self.init(conception: id, request, installation, reader)
        }
    }

    /// What an image is to be taken off: a contribution by its author within the window or at any time with the receipt,
    /// or by a moderator; a conception by those who manage the proceeding.
    ///
    /// - Throws: as ``init(changing:_:_:)``.
    init(removingFrom request: AttachmentRequest, _ installation: Installation, _ reader: ScopedReader) throws {
        let (proceeding, scope) = (request.proceeding, request.scope)
        switch request.root {
        case .contribution(let id):
            let found = try reader.authored(contribution: id, of: proceeding)
            let isOwn = Installation.isAuthor(
                found?.item.author, of: found, receipt: request.receipt, scope: scope)
            guard let found, isOwn || scope.viewer.visibleStates(in: proceeding.key).contains(found.item.state) else {
                throw Installation.noImage
            }
            if isOwn, !found.isProven(by: request.receipt) {
                try installation.requireWindow(created: found.item.created, in: proceeding, at: request.time)
            }
            guard isOwn || scope.viewer.may(.moderate, in: proceeding.key) else {
                throw PlatformError(.forbidden, "only its author may remove an image")
            }
            self.init(found.item, isOwn: isOwn)
        case .conception(let id): try self.init(conception: id, request, installation, reader)
        }
    }

    /// What those may be told again who have hung an image on it: the author whenever that is, and who moderates.
    ///
    /// - Throws: as ``init(changing:_:_:)``.
    init(answering request: AttachmentRequest, _ installation: Installation, _ reader: ScopedReader) throws {
        let (proceeding, scope) = (request.proceeding, request.scope)
        switch request.root {
        case .contribution(let id):
            let found = try reader.authored(contribution: id, of: proceeding)
            let isOwn = Installation.isAuthor(
                found?.item.author, of: found, receipt: request.receipt, scope: scope)
            guard let found, isOwn || scope.viewer.visibleStates(in: proceeding.key).contains(found.item.state) else {
                throw PlatformError(.notFound, "there is no contribution of that number")
            }
            guard isOwn || scope.viewer.may(.moderate, in: proceeding.key) else {
                throw PlatformError(.forbidden, "only its author may change a contribution")
            }
            self.init(found.item, isOwn: isOwn)
        case .conception(let id): try self.init(conception: id, request, installation, reader)
        }
    }

    private init(
        conception id: Int64, _ request: AttachmentRequest, _ installation: Installation, _ reader: ScopedReader
    ) throws {
        try installation.require(.manageProceeding, in: request.proceeding, scope: request.scope)
        guard let found = try reader.conception(id, of: request.proceeding) else { throw Installation.noConception }
        self.init(found)
    }
}

extension Installation {
    static var noImage: PlatformError { PlatformError(.notFound, "there is no image of that number") }
}
