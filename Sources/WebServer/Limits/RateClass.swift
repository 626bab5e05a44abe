import HTTPTypes

/// Kinds of requests that are counted together.
enum RateClass: String, Sendable, Hashable, CaseIterable {
    case participants, contributions, comments, votes, reads, statistics, analysis, uploads

    /// One limit: so many within so many seconds.
    struct Window: Sendable, Hashable {
        var count: Double
        var seconds: Double
    }

    /// The limits of one participant or account.
    var perCaller: [Window] {
        switch self {
        case .participants, .reads: []
        case .contributions: [Window(count: 4, seconds: 60), Window(count: 30, seconds: 3600)]
        case .comments: [Window(count: 10, seconds: 60), Window(count: 120, seconds: 3600)]
        case .votes: [Window(count: 30, seconds: 60), Window(count: 600, seconds: 3600)]
        // One question may sum up a million rows; a page of figures asks a handful.
        case .statistics: [Window(count: 60, seconds: 60)]
        case .analysis: [Window(count: 30, seconds: 60)]
        case .uploads: [Window(count: 20, seconds: 3600)]
        }
    }

    /// The limits of one network prefix.
    var perNetwork: [Window] {
        switch self {
        case .participants: [Window(count: 5, seconds: 60), Window(count: 60, seconds: 3600)]
        case .contributions: [Window(count: 30, seconds: 60), Window(count: 300, seconds: 3600)]
        case .comments: [Window(count: 60, seconds: 60), Window(count: 600, seconds: 3600)]
        case .votes: [Window(count: 120, seconds: 60), Window(count: 2400, seconds: 3600)]
        case .reads: [Window(count: 200, seconds: 4)]
        case .statistics: [Window(count: 240, seconds: 60)]
        case .analysis: [Window(count: 60, seconds: 60)]
        case .uploads: [Window(count: 60, seconds: 3600)]
        }
    }

    /// The limits of a whole tenant.
    var perTenant: [Window] {
        switch self {
        case .participants, .contributions: [Window(count: 100, seconds: 1)]
        case .comments: [Window(count: 200, seconds: 1)]
        case .votes: [Window(count: 500, seconds: 1)]
        case .reads, .statistics, .analysis, .uploads: []
        }
    }
}

extension RouteDescription {
    /// The class a route is counted in; `nil` for the changes of staff.
    var rateClass: RateClass? {
        let parts = path.split(separator: "/")
        if method == .get || method == .head {
            if parts.last == "statistics" { return .statistics }
            return parts.contains("hotspots") || parts.contains("pattern") || parts.contains("export")
                || parts.contains("tiles") || parts.contains("comparison") || parts.contains("ranking")
                || path.contains("statistics/areas") || parts.last == "report"
                ? .analysis : .reads
        }
        if method == .post, ["layers", "downloads", "attachments"].contains(parts.last) { return .uploads }
        if case .permission = access { return nil }
        if parts.contains("participants") { return .participants }
        if parts.last == "vote" { return .votes }
        if parts.contains("comments") || parts.contains("reports") { return .comments }
        return parts.contains("contributions") ? .contributions : .comments
    }
}
