/// What a moderator may do with a contribution or comment.
public enum ModerationAction: String, Sendable, Hashable, CaseIterable, Codable {
    /// Shows it to everybody.
    case publish
    /// Takes it out of sight; it may come back.
    case hide
    /// Refuses it for good reason; it may come back on complaint.
    case reject
    /// Puts a mark in the place of passages; the state stays.
    case redact
    /// Removes its content for good; a tombstone remains.
    case erase

    /// The state it leads to; `nil` where the state stays.
    public var target: Contribution.State? {
        switch self {
        case .publish: .published
        case .hide: .hidden
        case .reject: .rejected
        case .redact: nil
        case .erase: .erased
        }
    }

    /// The table of transitions: the states in which an action may be taken.
    ///
    /// | from \ action | publish | hide | reject | redact | erase |
    /// |---|---|---|---|---|---|
    /// | pending | yes | yes | yes | yes | yes |
    /// | published | – | yes | yes | yes | yes |
    /// | hidden | yes | – | yes | yes | yes |
    /// | rejected | yes | – | – | – | yes |
    /// | withdrawn | – | – | – | – | yes |
    /// | erased | – | – | – | – | – |
    public var sources: Set<Contribution.State> {
        switch self {
        case .publish: [.pending, .hidden, .rejected]
        case .hide: [.pending, .published]
        case .reject: [.pending, .published, .hidden]
        case .redact: [.pending, .published, .hidden]
        case .erase: [.pending, .published, .hidden, .rejected, .withdrawn]
        }
    }

    /// Whether a reason must be given in a state: always, but for the first publication.
    public func needsReason(from state: Contribution.State) -> Bool {
        switch self {
        case .publish: state == .rejected
        case .hide, .reject, .redact, .erase: true
        }
    }

    /// The word for what was done, as it stands in messages.
    public var done: String {
        switch self {
        case .publish: "published"
        case .hide: "hidden"
        case .reject: "rejected"
        case .redact: "redacted"
        case .erase: "erased"
        }
    }
}

/// Why a moderator decided as they did.
public enum ModerationReason: String, Sendable, Hashable, CaseIterable, Codable {
    case personalData, insult, discrimination, unlawful, advertising, offTopic, duplicate, manipulation, request,
        appeal, other

    /// The reason in words, as its author reads it: German and English.
    public var words: (german: String, english: String) {
        switch self {
        case .personalData: ("enthält personenbezogene Angaben", "holds personal data")
        case .insult: ("Beleidigung", "insult")
        case .discrimination: ("Diskriminierung", "discrimination")
        case .unlawful: ("rechtswidriger Inhalt", "unlawful content")
        case .advertising: ("Werbung", "advertising")
        case .offTopic: ("geht am Thema des Verfahrens vorbei", "is not about what the proceeding asks")
        case .duplicate: ("steht hier schon", "stands here already")
        case .manipulation: ("Verdacht auf Manipulation", "suspected manipulation")
        case .request: ("auf Antrag", "on request")
        case .appeal: ("nach einer Beschwerde", "after a complaint")
        case .other: ("anderer Grund", "another reason")
        }
    }
}
