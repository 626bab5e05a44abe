/// How long a proceeding keeps what ties its contents to people, and what nobody sees.
public struct RetentionTimes: Sendable, Hashable, Codable {
    /// Days after the end of the proceeding until the link between participants and what they wrote, reported and voted
    /// is cut; totals stay.
    public var participantDays: Int
    /// Days after which what is pending, hidden, rejected or withdrawn is erased.
    public var unpublishedDays: Int
    /// Days after which texts from before a redaction are gone.
    public var redactedDays: Int

    /// Makes times; the defaults are half a year, a year, and thirty days.
    public init(participantDays: Int = 183, unpublishedDays: Int = 365, redactedDays: Int = 30) {
        self.participantDays = participantDays
        self.unpublishedDays = unpublishedDays
        self.redactedDays = redactedDays
    }

    /// The names of the members.
    public static let members: Set<String> = ["participantDays", "unpublishedDays", "redactedDays"]

    /// Reads times; members that are absent take their default.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let defaults = RetentionTimes()
        participantDays = try values.decodeIfPresent(Int.self, forKey: .participantDays) ?? defaults.participantDays
        unpublishedDays = try values.decodeIfPresent(Int.self, forKey: .unpublishedDays) ?? defaults.unpublishedDays
        redactedDays = try values.decodeIfPresent(Int.self, forKey: .redactedDays) ?? defaults.redactedDays
    }

    /// The faults of the times; empty when they may be stored.
    public var violations: [RuleViolation] {
        [
            ("participantDays", participantDays), ("unpublishedDays", unpublishedDays), ("redactedDays", redactedDays),
        ].filter { !(1...3650).contains($0.1) }.map { name, _ in
            RuleViolation(
                pointer: "/settings/retention/\(name)", code: "outOfRange", detail: "must be from 1 to 3650 days")
        }
    }
}

extension Proceeding {
    /// When it ends: the later end of its phases; `nil` while no end is set.
    public var end: Int64? {
        switch (schedule.phase1End, schedule.phase2End) {
        case (let first?, let second?): max(first, second)
        case (let first?, nil): schedule.phase2Start == nil ? first : nil
        case (nil, let second?): schedule.phase1Start == nil ? second : nil
        case (nil, nil): nil
        }
    }
}
