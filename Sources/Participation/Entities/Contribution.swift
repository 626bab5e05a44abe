public import GeoCore

/// One contribution of a citizen as it is stored.
public struct Contribution: Sendable, Hashable {
    /// Whether and how it is shown.
    public enum State: Int64, Sendable, Hashable, CaseIterable {
        case pending = 0
        case published = 1
        case hidden = 2
        case rejected = 3
        case withdrawn = 4
        case erased = 5

        /// The word used in answers.
        public var name: String {
            switch self {
            case .pending: "pending"
            case .published: "published"
            case .hidden: "hidden"
            case .rejected: "rejected"
            case .withdrawn: "withdrawn"
            case .erased: "erased"
            }
        }

        /// Whether a moderator must have given a reason for it.
        public var hasReason: Bool { self == .hidden || self == .rejected }
    }

    /// How good the place is.
    public enum LocationQuality: Int64, Sendable, Hashable, CaseIterable {
        /// In the proceeding's area, or the proceeding has none.
        case inside = 0
        /// Outside the area.
        case outsideArea = 1
        /// Outside, but within a tolerance.
        case nearby = 2
        /// No place given.
        case unlocated = 3
        /// Null island, swapped axes, or out of this world.
        case suspect = 4

        /// The word used in answers.
        public var name: String {
            switch self {
            case .inside: "inside"
            case .outsideArea: "outsideArea"
            case .nearby: "nearby"
            case .unlocated: "unlocated"
            case .suspect: "suspect"
            }
        }
    }

    /// Number, unique in the installation, rising with time of entry.
    public var id: Int64
    /// Short title.
    public var title: String
    /// The text as typed.
    public var text: String
    /// Slug of the category.
    public var category: String?
    /// Name of the type (Rubrik).
    public var type: String?
    /// The geometry in longitude/latitude.
    public var geometry: Geometry?
    /// How good the place is.
    public var quality: LocationQuality
    /// Whether and how it is shown.
    public var state: State
    /// When it was made, milliseconds since 1970.
    public var created: Int64
    /// When it was last changed, milliseconds since 1970.
    public var changed: Int64
    /// Votes for.
    public var votesUp: Int64
    /// Votes against.
    public var votesDown: Int64
    /// Published comments, replies included.
    public var commentCount: Int64
    /// Where it was imported from.
    public var source: String?
    /// Its name there.
    public var externalID: String?
    /// The pseudonymous participant who wrote it.
    ///
    /// `nil` for anonymous and imported ones; never shown to the public.
    public var author: String?
    /// How it came in.
    public var channel: ContributionChannel
    /// Language of its texts, such as `de`.
    public var language: String?
    /// +1 with every change of its content or state.
    public var version: Int64
    /// When its author last changed it, milliseconds since 1970.
    public var edited: Int64?
    /// Votes for that its source had counted; part of ``votesUp``.
    public var importedVotesUp: Int64
    /// Votes against that its source had counted; part of ``votesDown``.
    public var importedVotesDown: Int64
    /// Whether a moderator took passages out.
    public var isRedacted = false
    /// Why a moderator hid or rejected it; known to readings of one's own alone.
    public var stateReason: ModerationReason?
    /// Where it stands with the authority.
    public var status = OfficialStatus.received
    /// The images that hang on it, the oldest first.
    public var attachments: [Attachment] = []
    /// Tags of the proceeding's list that its author chose.
    public var tags: [String] = []
    /// Keywords that its author picked.
    public var pickedKeywords: [String] = []
    /// Keywords that its source had suggested.
    public var suggestedKeywords: [String] = []

    /// Makes a contribution; its votes count as its source's.
    public init(
        id: Int64 = 0, title: String, text: String, category: String? = nil, type: String? = nil,
        geometry: Geometry? = nil, quality: LocationQuality = .unlocated, state: State = .published,
        created: Int64, changed: Int64? = nil, votesUp: Int64 = 0, votesDown: Int64 = 0, commentCount: Int64 = 0,
        source: String? = nil, externalID: String? = nil, author: String? = nil,
        channel: ContributionChannel = .online, language: String? = nil, version: Int64 = 1, edited: Int64? = nil
    ) {
        self.id = id
        self.title = title
        self.text = text
        self.category = category
        self.type = type
        self.geometry = geometry
        self.quality = quality
        self.state = state
        self.created = created
        self.changed = changed ?? created
        self.votesUp = votesUp
        self.votesDown = votesDown
        self.commentCount = commentCount
        self.source = source
        self.externalID = externalID
        self.author = author
        self.channel = channel
        self.language = language
        self.version = version
        self.edited = edited
        importedVotesUp = votesUp
        importedVotesDown = votesDown
    }
}

/// What a citizen sends; everything else is set by the server.
public struct NewContribution: Sendable, Hashable {
    /// Short title.
    public var title: String
    /// The text.
    public var text: String
    /// Slug of the category.
    public var category: String?
    /// Name of the type.
    public var type: String?
    /// The geometry in longitude/latitude.
    public var geometry: Geometry?
    /// Language of the texts, such as `de`; the tenant's when `nil`.
    public var language: String?
    /// Tags of the proceeding's list.
    public var tags: [String] = []
    /// Keywords, whatever they are.
    public var pickedKeywords: [String] = []
    /// How it came in; another than ``ContributionChannel/online`` is for those who moderate and enter it for its author.
    public var channel = ContributionChannel.online
    /// What the form tells of who fills it in.
    public var form = FormSigns()

    /// Makes a draft.
    public init(
        title: String, text: String, category: String? = nil, type: String? = nil, geometry: Geometry? = nil,
        language: String? = nil
    ) {
        self.title = title
        self.text = text
        self.category = category
        self.type = type
        self.geometry = geometry
        self.language = language
    }
}
