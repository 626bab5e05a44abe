import Participation
import Storage

extension Installation {
    /// Lets those pass who may do something now: the activity is open, and they are known where that is asked.
    ///
    /// - Throws: ``PlatformError`` `forbidden` with the reason and when it opens, `unauthenticated` without a
    ///   participant where one is needed.
    func requireOpen(_ activity: Activity, in proceeding: Proceeding, at time: Int64, scope: Scope) throws {
        try requirePhase(activity, in: proceeding, at: time)
        guard scope.viewer.participant == nil else { return }
        switch activity {
        case .votes, .conceptionVotes: break
        case .contributions, .comments, .conceptionComments:
            if proceeding.settings.anonymousAllowed || scope.viewer.account != nil { return }
        }
        throw PlatformError(
            .unauthenticated, "\(activity.subject) needs a participant token",
            hint: "get one with POST /api/v1/participants")
    }

    /// Lets those pass who come while an activity is open.
    ///
    /// - Throws: ``PlatformError`` `forbidden` with the reason and when it opens.
    func requirePhase(_ activity: Activity, in proceeding: Proceeding, at time: Int64) throws {
        guard let closure = proceeding.closure(of: activity, at: time) else { return }
        throw PlatformError(
            .forbidden, closure.detail,
            violations: [RuleViolation(pointer: "", code: closure.reason.rawValue, detail: closure.detail)])
    }
}
