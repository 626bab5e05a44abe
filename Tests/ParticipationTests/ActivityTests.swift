import Participation
import Testing

struct ActivityTests {
    private static func proceeding(_ schedule: Schedule, closed: Set<Activity> = []) -> Proceeding {
        Proceeding(
            tenant: "t", id: "p", name: "P", schedule: schedule, settings: ProceedingSettings(closed: closed))
    }

    private static let overlapping = Schedule(phase1Start: 10, phase1End: 30, phase2Start: 20, phase2End: 40)

    static let phases: [(Int64, Phase, Set<Activity>)] = [
        (Int64(9), Phase.unstarted, []),
        (10, .phase1, [.contributions, .comments, .votes]),
        (20, .phasemix, [.contributions, .comments, .votes, .conceptionComments, .conceptionVotes]),
        (30, .phase2, [.conceptionComments, .conceptionVotes]),
        (40, .frozen, []),
    ]

    @Test(arguments: phases)
    func phasesOpenTheirActivities(_ now: Int64, phase: Phase, open: Set<Activity>) {
        let proceeding = Self.proceeding(Self.overlapping)
        #expect(proceeding.schedule.phase(at: now) == phase)
        #expect(Set(Activity.allCases.filter { proceeding.closure(of: $0, at: now) == nil }) == open)
    }

    @Test func tellsWhyAndWhenItOpens() {
        let early = Self.proceeding(Self.overlapping).closure(of: .conceptionVotes, at: 15)
        #expect(early?.activity == .conceptionVotes && early?.reason == .unstarted && early?.opens == 20)
        #expect(early?.detail.contains("1970-01-01T00:00:00.020Z") == true)
        #expect(Self.proceeding(Self.overlapping).closure(of: .votes, at: 30)?.reason == .over)
        #expect(Self.proceeding(Schedule()).closure(of: .conceptionComments, at: 0)?.reason == .noSuchPhase)
        #expect(Self.proceeding(Schedule()).closure(of: .comments, at: 0) == nil)
        #expect(Self.proceeding(Schedule(phase2Start: 5)).closure(of: .contributions, at: 9)?.reason == .noSuchPhase)
    }

    @Test func betweenThePhasesPhase1IsOverAndPhase2Unstarted() {
        let proceeding = Self.proceeding(Schedule(phase1Start: 10, phase1End: 20, phase2Start: 30, phase2End: 40))
        #expect(proceeding.closure(of: .comments, at: 25)?.reason == .over)
        #expect(proceeding.closure(of: .conceptionComments, at: 25)?.opens == 30)
    }

    @Test(arguments: Activity.allCases)
    func aSwitchClosesOneActivity(_ activity: Activity) {
        let proceeding = Self.proceeding(Self.overlapping, closed: [activity])
        #expect(Activity.allCases.filter { proceeding.closure(of: $0, at: 25) != nil } == [activity])
        #expect(proceeding.closure(of: activity, at: 25)?.reason == .switchedOff)
    }
}
