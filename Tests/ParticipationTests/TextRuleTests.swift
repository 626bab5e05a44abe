import Participation
import Testing

struct TextRuleTests {
    private func codes(_ text: String, _ rule: TextRule = .title) -> [String] {
        rule.violations(in: text, at: "/properties/title").map(\.code)
    }

    @Test func lengthsCountWhatPeopleSee() {
        #expect(codes("👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦") == ["tooShort"])
        #expect(codes("Brücke") == [])
        #expect(codes(String(repeating: "a", count: 200)) == [])
        #expect(codes(String(repeating: "a", count: 201)) == ["tooLong"])
    }

    @Test func oneCharacterOfAMegabyteIsTooLong() {
        #expect(codes("Titel " + "e" + String(repeating: "\u{301}", count: 500_000)) == ["tooLong"])
    }

    @Test(arguments: ["\u{301}", "\u{20DD}", "\u{93E}"])
    func pilesOfMarksOfAnyKindAreRefused(_ mark: String) {
        #expect(codes("Titel e" + String(repeating: mark, count: 20)) == [])
        #expect(codes("Titel e" + String(repeating: mark, count: 21)) == ["tooManyMarks"])
    }

    @Test(arguments: [UInt32(0), 0xB, 0x1F, 0x7F, 0x85, 0xFDD0, 0xFFFE, 0x10FFFF])
    func controlsAndNoncharactersAreRefused(_ number: UInt32) throws {
        let character = Character(try #require(Unicode.Scalar(number)))
        #expect(codes("Titel\(character)mit Rest") == ["forbiddenCharacter"])
    }

    @Test func directionControlsAndOuterBlanksGo() {
        #expect(TextRule.cleaned("  \u{202E}Mehr\u{2066} Bäume\u{2069}\n") == "Mehr Bäume")
        #expect(TextRule.cleaned(" \u{202A} ") == "")
    }
}
