/// What citizens do in a proceeding; each is open or closed by itself.
public enum Activity: String, Sendable, Hashable, Codable, CaseIterable {
    /// Write contributions, change and withdraw one's own.
    case contributions
    /// Comment on contributions.
    case comments
    /// Comment on conceptions.
    case conceptionComments
    /// Vote on contributions and on comments on them.
    case votes
    /// Vote on conceptions and on comments on them.
    case conceptionVotes

    /// Whether it belongs to phase 2, in which conceptions are discussed.
    var isOfPhase2: Bool {
        switch self {
        case .contributions, .comments, .votes: false
        case .conceptionComments, .conceptionVotes: true
        }
    }

    /// What it is, as the subject of a sentence.
    public var subject: String {
        switch self {
        case .contributions: "writing contributions"
        case .comments: "commenting on contributions"
        case .conceptionComments: "commenting on conceptions"
        case .votes: "voting on contributions and their comments"
        case .conceptionVotes: "voting on conceptions and their comments"
        }
    }
}

extension CommentRoot {
    /// What commenting on it is.
    public var commenting: Activity {
        switch self {
        case .contribution: .comments
        case .conception: .conceptionComments
        }
    }

    /// What voting on it, and on comments on it, is.
    public var voting: Activity {
        switch self {
        case .contribution: .votes
        case .conception: .conceptionVotes
        }
    }
}

/// Why an activity is closed, and when it opens.
public struct Closure: Sendable, Hashable {
    /// The kinds of reasons.
    public enum Reason: String, Sendable, Hashable, CaseIterable {
        /// Its phase has not begun.
        case unstarted
        /// Its phase is over.
        case over
        /// The proceeding has no such phase.
        case noSuchPhase
        /// Switched off in the settings.
        case switchedOff
        /// The proceeding is archived.
        case archived
    }

    /// What is closed.
    public var activity: Activity
    /// Why.
    public var reason: Reason
    /// When it opens, milliseconds since 1970, where that is known.
    public var opens: Int64?

    /// Why it is closed, in a sentence.
    public var detail: String {
        switch reason {
        case .unstarted:
            "\(activity.subject) has not begun"
                + (opens.map { "; it opens at \(Timestamp.rfc3339($0))" } ?? "")
        case .over: "\(activity.subject) is over"
        case .noSuchPhase: "\(activity.subject) is no part of this proceeding"
        case .switchedOff: "\(activity.subject) is switched off in this proceeding"
        case .archived: "\(activity.subject) is closed, since the proceeding is archived"
        }
    }
}

extension Proceeding {
    /// Where it stands at an instant: that of its schedule, and frozen in the archive.
    ///
    /// - Parameter now: milliseconds since 1970.
    public func phase(at now: Int64) -> Phase { isArchived ? .frozen : schedule.phase(at: now) }

    /// Why an activity is closed at an instant; `nil` while it is open.
    ///
    /// The one answer to what is open: it is told to clients and asked before every write. Contributions, comments on
    /// them and votes belong to phase 1, comments and votes on conceptions to phase 2; while the phases overlap
    /// (`phasemix`) all are open.
    ///
    /// - Parameter now: milliseconds since 1970, taken when the server received the request.
    public func closure(of activity: Activity, at now: Int64) -> Closure? {
        if isArchived { return Closure(activity: activity, reason: .archived) }
        if settings.closed.contains(activity) { return Closure(activity: activity, reason: .switchedOff) }
        let (start, end) =
            activity.isOfPhase2
            ? (schedule.phase2Start, schedule.phase2End) : (schedule.phase1Start, schedule.phase1End)
        let phase = schedule.phase(at: now)
        let isOpen =
            switch phase {
            case .phasemix: true
            case .phase1: !activity.isOfPhase2
            case .phase2: activity.isOfPhase2
            case .unstarted, .frozen: false
            }
        if isOpen { return nil }
        if let start, now < start { return Closure(activity: activity, reason: .unstarted, opens: start) }
        if let end, now >= end { return Closure(activity: activity, reason: .over) }
        return Closure(activity: activity, reason: .noSuchPhase)
    }
}
