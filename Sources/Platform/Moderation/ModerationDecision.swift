public import Participation

/// What a moderator decides on one or many items.
public struct ModerationDecision: Sendable, Hashable {
    /// What is done.
    public var action: ModerationAction
    /// Why; needed for all but the publication of what was never refused.
    public var reason: ModerationReason?
    /// A note for colleagues, at most 1,000 characters; gone when the item is erased.
    public var note: String?
    /// For a redaction: the passages to take out of title and text, wherever they occur; when empty, all that looks
    /// like personal data.
    public var passages: [String]

    /// Makes a decision.
    public init(
        _ action: ModerationAction, reason: ModerationReason? = nil, note: String? = nil, passages: [String] = []
    ) {
        self.action = action
        self.reason = reason
        self.note = note
        self.passages = passages
    }

    /// What is wrong with the decision itself.
    var faults: [RuleViolation] {
        var faults: [RuleViolation] = []
        if let note { faults += TextRule(length: 0...1000).violations(in: note, at: "/note") }
        if !passages.isEmpty, action != .redact {
            faults.append(
                RuleViolation(pointer: "/passages", code: "notAllowed", detail: "only a redaction has passages"))
        }
        if passages.count > 50 {
            faults.append(
                RuleViolation(pointer: "/passages", code: "tooMany", detail: "at most 50 passages are allowed"))
        }
        for (index, passage) in passages.enumerated() where passage.isEmpty {
            faults.append(
                RuleViolation(pointer: "/passages/\(index)", code: "empty", detail: "a passage needs a character"))
        }
        return faults
    }

    /// Why it cannot be made on an item in a state; `nil` where it can.
    func refusal(in state: Contribution.State) -> (code: String, detail: String)? {
        guard action.sources.contains(state) else {
            let states = Contribution.State.allCases.filter(action.sources.contains).map(\.name)
            return (
                "transition",
                "it is \(state.name) and cannot be \(action.done); that can be done with what is "
                    + states.joined(separator: ", ")
            )
        }
        if action.needsReason(from: state), reason == nil {
            return (
                "required", "a reason is required: " + ModerationReason.allCases.map(\.rawValue).joined(separator: ", ")
            )
        }
        return nil
    }
}
