/// The length of a step in time: a unit of the tenant's calendar, or a number of days.
public enum TimeStep: Sendable, Hashable, CustomStringConvertible {
    /// A local day, which may have 23 or 25 hours.
    case day
    /// Monday to Sunday (ISO 8601).
    case week
    case month
    case quarter
    /// So many times 24 hours.
    case days(Double)

    /// Least and most days of a step.
    public static let range = 0.04...3660.0

    /// The units of the calendar, long ones first.
    static let units: [TimeStep] = [.quarter, .month, .week, .day]

    /// Reads `day`, `week`, `month`, `quarter` or a number of days; `nil` for anything else.
    public init?(_ text: String) {
        switch text {
        case "day": self = .day
        case "week": self = .week
        case "month": self = .month
        case "quarter": self = .quarter
        default:
            guard let days = Double(text), days.isFinite, Self.range.contains(days) else { return nil }
            self = .days(days)
        }
    }

    /// What a text must be to be read, for those who wrote another.
    public static let rule =
        "must be day, week, month, quarter or a number of days from \(range.lowerBound) to \(Int(range.upperBound)), "
        + "for example week or 14"

    /// The word or number that ``init(_:)`` reads.
    public var description: String {
        switch self {
        case .day: "day"
        case .week: "week"
        case .month: "month"
        case .quarter: "quarter"
        case .days(let days): AnalysisParameter.text(days)
        }
    }
}
