/// Why a citizen reports a contribution, a conception or a comment.
public enum ReportReason: String, Sendable, Hashable, CaseIterable {
    /// It names or shows people who did not ask for it.
    case personalData
    /// It insults or threatens.
    case insult
    /// It incites hatred or breaks another law.
    case illegal
    /// It advertises.
    case advertising
    /// It has nothing to do with the proceeding.
    case offTopic
    /// Anything else; the text says what.
    case other
}

/// What a citizen sends to report something.
public struct NewReport: Sendable, Hashable {
    /// Why.
    public var reason: ReportReason
    /// More about it.
    public var text: String?

    /// Makes a report.
    public init(reason: ReportReason, text: String? = nil) {
        self.reason = reason
        self.text = text
    }
}
