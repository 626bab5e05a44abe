import Participation
import Testing

struct ScheduleTests {
    @Test(arguments: [
        (Int64(9), Phase.unstarted), (10, .phase1), (19, .phase1), (20, .frozen), (29, .frozen), (30, .phase2),
        (40, .frozen),
    ])
    func intervalsAreHalfOpen(_ now: Int64, phase: Phase) {
        let schedule = Schedule(phase1Start: 10, phase1End: 20, phase2Start: 30, phase2End: 40)
        #expect(schedule.phase(at: now) == phase)
    }

    @Test func overlappingPhasesAreMixed() {
        #expect(Schedule(phase1Start: 10, phase1End: 30, phase2Start: 20, phase2End: 40).phase(at: 25) == .phasemix)
    }

    @Test func withoutAnyInstantItIsPhase1() {
        #expect(Schedule().phase(at: 0) == .phase1)
    }

    @Test(arguments: [(Int64(5), Phase.unstarted), (10, .phase2), (20, .frozen)])
    func aScheduleOfPhase2AloneHasNoPhase1(_ now: Int64, phase: Phase) {
        #expect(Schedule(phase2Start: 10, phase2End: 20).phase(at: now) == phase)
    }

    @Test func anEndAloneMeansOpenUntilThen() {
        let schedule = Schedule(phase1End: 10)
        #expect(schedule.phase(at: 9) == .phase1)
        #expect(schedule.phase(at: 10) == .frozen)
    }
}
