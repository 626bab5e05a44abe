/// Where a contribution stands with the authority.
public enum OfficialStatus: Int64, Sendable, Hashable, CaseIterable {
    /// Nothing was said yet.
    case received = 0
    case underReview = 1
    case accepted = 2
    case partlyAccepted = 3
    case rejected = 4
    case outOfScope = 5
    case done = 6

    /// The word used in answers.
    public var name: String {
        switch self {
        case .received: "received"
        case .underReview: "underReview"
        case .accepted: "accepted"
        case .partlyAccepted: "partlyAccepted"
        case .rejected: "rejected"
        case .outOfScope: "outOfScope"
        case .done: "done"
        }
    }

    /// The status of a word; `nil` for other words.
    public init?(name: String) {
        guard let status = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = status
    }
}

/// What the authority says to a contribution: one event of a row that is only ever added to.
public struct OfficialAnswer: Sendable, Hashable {
    /// Where more is to be read: a plan, a paper of the council, a conception.
    public struct Link: Sendable, Hashable, Codable {
        /// An address that begins with http:// or https://.
        public var href: String
        /// What is found there.
        public var title: String?

        /// Makes a link.
        public init(href: String, title: String? = nil) {
            self.href = href
            self.title = title
        }
    }

    /// Number, unique in the installation, rising with time.
    public var id: Int64
    /// The contribution.
    public var contribution: Int64
    /// Where the contribution stands from then on.
    public var status: OfficialStatus
    /// The public reason.
    public var text: String
    /// Where more is to be read.
    public var links: [Link]
    /// Who gave it: an account, never shown to the public.
    public var account: String?
    /// When, milliseconds since 1970.
    public var created: Int64

    /// Makes an answer.
    public init(
        id: Int64 = 0, contribution: Int64 = 0, status: OfficialStatus, text: String, links: [Link] = [],
        account: String? = nil, created: Int64 = 0
    ) {
        self.id = id
        self.contribution = contribution
        self.status = status
        self.text = text
        self.links = links
        self.account = account
        self.created = created
    }

    /// The faults of an answer; empty when it may be given.
    public var violations: [RuleViolation] {
        var faults = TextRule(length: 3...10_000).violations(in: text, at: "/text")
        if links.count > 20 {
            faults.append(RuleViolation(pointer: "/links", code: "tooMany", detail: "at most 20 links are allowed"))
        }
        for (index, link) in links.enumerated() {
            let place = "/links/\(index)"
            faults += WebAddress.violations(in: link.href, at: "\(place)/href")
            if let title = link.title {
                faults += TextRule(length: 1...200).violations(in: title, at: "\(place)/title")
            }
        }
        return faults
    }
}
