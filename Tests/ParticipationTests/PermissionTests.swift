import Participation
import Testing

@Suite struct PermissionTests {
    @Test func theAnonymousMayNothingBeyondThePublic() {
        for permission in Permission.allCases { #expect(!Viewer.anonymous.may(permission)) }
        #expect(Viewer.anonymous.visibleStates(in: 1) == [.published])
    }

    @Test func aModeratorSeesTheUnpublishedOfAssignedProceedingsOnly() {
        let moderator = Viewer(account: "m", grants: [Grant(.moderator, proceeding: 7)])
        #expect(moderator.visibleStates(in: 7).contains(.pending))
        #expect(moderator.visibleStates(in: 8) == [.published])
        #expect(moderator.proceedings(where: .moderate) == [7])
        #expect(!moderator.may(.manageProceeding, in: 7))
    }

    @Test func anAnalystCountsTheUnpublishedAndReadsNoneOfIt() {
        let analyst = Viewer(account: "a", grants: [Grant(.analyst, proceeding: 7)])
        #expect(analyst.countedStates(in: 7) == Viewer.statesSeenBySomebody)
        #expect(analyst.visibleStates(in: 7) == [.published])
        #expect(analyst.countedStates(in: 8) == [.published])
        #expect(Viewer.anonymous.countedStates(in: 7) == [.published])
    }

    @Test func whoRunsTheInstallationReadsNoUnpublishedContent() {
        let admin = Viewer(account: "p", grants: [Grant(.platformAdmin)])
        #expect(admin.visibleStates(in: 1) == [.published])
        #expect(admin.may(.administerInstallation))
    }

    @Test func nobodySeesWhatIsErasedOrWithdrawn() {
        #expect(!Viewer.staff.visibleStates(in: 1).contains(.erased))
        #expect(!Viewer.staff.visibleStates(in: 1).contains(.withdrawn))
    }
}
