import Participation
import Testing

struct ModerationActionTests {
    /// The table of the documentation, row by row.
    @Test(arguments: [
        (Contribution.State.pending, "publish hide reject redact erase"),
        (.published, "hide reject redact erase"), (.hidden, "publish reject redact erase"),
        (.rejected, "publish erase"), (.withdrawn, "erase"), (.erased, ""),
    ])
    func allowsWhatTheTableSays(_ state: Contribution.State, _ actions: String) {
        let allowed = ModerationAction.allCases.filter { $0.sources.contains(state) }.map(\.rawValue)
        #expect(allowed.joined(separator: " ") == actions)
    }

    @Test func asksForAReasonButForTheFirstPublication() {
        #expect(!ModerationAction.publish.needsReason(from: .pending))
        #expect(ModerationAction.publish.needsReason(from: .rejected))
        #expect(ModerationAction.hide.needsReason(from: .pending))
    }

    @Test func weighsReportsBeforeMachines() {
        let all: ModerationNeed.Signs = [.personalData, .wordList, .voteBurst, .suspicious, .beforehand]
        #expect(ModerationNeed(reports: 1).weight > ModerationNeed(signs: all).weight)
        let weights = [ModerationNeed.Signs.personalData, .wordList, .voteBurst, .suspicious, .beforehand].map {
            ModerationNeed(signs: $0).weight
        }
        #expect(weights == weights.sorted(by: >) && Set(weights).count == 5)
        #expect(ModerationNeed().weight == 0)
    }

    @Test func holdsBackUnderEitherPolicy() {
        func signs(_ text: String, _ policy: ProceedingSettings.Moderation) -> ModerationNeed.Signs {
            .holding([text], policy: policy, words: WordList(["idiot*"]))
        }
        #expect(signs("Mehr Bäume!", .post) == [])
        #expect(signs("Mehr Bäume!", .pre) == .beforehand)
        #expect(signs("Ruf 0171 3920012 an", .post) == .personalData)
        #expect(signs("Idioten!", .pre) == [.beforehand, .wordList])
    }
}
