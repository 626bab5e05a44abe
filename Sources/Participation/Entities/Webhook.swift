/// What a receiver can be told of.
public enum FeedEvent: String, Sendable, Hashable, CaseIterable, Codable {
    case contributionCreated = "contribution.created"
    /// Title, text, category, type or place.
    case contributionChanged = "contribution.changed"
    /// Shown, hidden, rejected, withdrawn, erased.
    case contributionState = "contribution.state"
    case commentCreated = "comment.created"
    case commentChanged = "comment.changed"
    case commentState = "comment.state"
    /// An official answer to a contribution.
    case answerCreated = "answer.created"
    /// A vote on a contribution was cast, changed or withdrawn; whose, is not told.
    case contributionVotes = "contribution.votes"
    /// A vote on a comment was cast, changed or withdrawn.
    case commentVotes = "comment.votes"
    case conceptionCreated = "conception.created"
    /// Title, text, image, place or order.
    case conceptionChanged = "conception.changed"
    case conceptionState = "conception.state"
    /// A vote on a conception was cast, changed or withdrawn.
    case conceptionVotes = "conception.votes"
    case appointmentCreated = "appointment.created"
    case appointmentChanged = "appointment.changed"
    case appointmentDeleted = "appointment.deleted"
    /// A download whose file is in.
    case downloadCreated = "download.created"
    /// What is said of a download, also whether it is put away.
    case downloadChanged = "download.changed"
    case downloadDeleted = "download.deleted"
    case proceedingCreated = "proceeding.created"
    /// What a proceeding is and its lists, also that it is in use again; not its data.
    case proceedingChanged = "proceeding.changed"
    case proceedingArchived = "proceeding.archived"
    /// A proceeding is gone with everything of it; told to receivers of the whole tenant.
    case proceedingDeleted = "proceeding.deleted"

    /// Whether it is told to receivers that ask for no event in particular: votes come by the thousand and are told by
    /// name only.
    public var isToldByDefault: Bool {
        switch self {
        case .contributionVotes, .commentVotes, .conceptionVotes: false
        default: true
        }
    }
}

/// An address that is told of changes.
public struct Webhook: Sendable, Hashable {
    /// Number, unique in the installation.
    public var id: Int64
    /// Where events are posted.
    public var url: String
    /// What is told; empty means everything but votes.
    public var events: Set<FeedEvent>
    /// Key of the proceeding whose events are told; `nil` for all of the tenant.
    public var proceeding: Int64?
    /// When it was made, milliseconds since 1970.
    public var created: Int64
    /// When it ends with the emergency access in which it was added, milliseconds since 1970.
    public var ends: Int64?

    /// Makes a webhook.
    public init(
        id: Int64 = 0, url: String, events: Set<FeedEvent> = [], proceeding: Int64? = nil, created: Int64,
        ends: Int64? = nil
    ) {
        self.id = id
        self.url = url
        self.events = events
        self.proceeding = proceeding
        self.created = created
        self.ends = ends
    }
}

/// One event on its way to one receiver: a row of the outbox, and later of the log.
///
/// It names what has changed and holds no texts: the receiver reads them with its own rights.
public struct WebhookDelivery: Sendable, Hashable {
    /// How it went.
    public enum Outcome: Int64, Sendable, Hashable {
        case waiting = 0
        case delivered = 1
        case givenUp = 2

        /// The word used in answers.
        public var name: String {
            switch self {
            case .waiting: "waiting"
            case .delivered: "delivered"
            case .givenUp: "givenUp"
            }
        }
    }

    /// Number, rising with time of the change.
    public var id: Int64
    /// The receiver.
    public var webhook: Int64
    /// What happened.
    public var event: String
    /// Slug of the proceeding.
    public var proceeding: String
    /// The contribution, conception, comment, appointment or download; `nil` for proceedings.
    public var item: Int64?
    /// What a comment stands on.
    public var root: CommentRoot?
    /// The state after it.
    public var state: Contribution.State?
    /// When it happened, milliseconds since 1970.
    public var created: Int64
    /// How often it was tried.
    public var attempts: Int64
    /// When it is tried next, milliseconds since 1970.
    public var due: Int64
    /// How it went.
    public var outcome: Outcome
    /// Status of the last answer.
    public var status: Int64?
    /// Why the last attempt gave no answer.
    public var fault: String?

    /// Makes a delivery.
    public init(
        id: Int64, webhook: Int64, event: String, proceeding: String, item: Int64?, root: CommentRoot?,
        state: Contribution.State?, created: Int64, attempts: Int64, due: Int64, outcome: Outcome, status: Int64?,
        fault: String?
    ) {
        self.id = id
        self.webhook = webhook
        self.event = event
        self.proceeding = proceeding
        self.item = item
        self.root = root
        self.state = state
        self.created = created
        self.attempts = attempts
        self.due = due
        self.outcome = outcome
        self.status = status
        self.fault = fault
    }
}
