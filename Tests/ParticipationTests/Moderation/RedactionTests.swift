import Participation
import Testing

struct RedactionTests {
    @Test func putsAMarkInThePlaceOfWhatWasFound() {
        let text = "Ruf an: 0171 3920012 (abends), max@example.org"
        #expect(Redaction.redacting(PersonalData.findings(in: text), in: text) == "Ruf an: ▮▮▮ (abends), ▮▮▮")
    }

    @Test func takesOutEveryOccurrenceOfAPassageTheLongestFirst() {
        let (text, missing) = Redaction.redacting(
            ["Meier", "Frau Meier", "Schulze"], in: "Frau Meier und Herr Meier wohnen hier.")
        #expect(text == "▮▮▮ und Herr ▮▮▮ wohnen hier.")
        #expect(missing == ["Schulze"])
    }

    @Test func leavesOtherTextsAsTheyAre() {
        let text = "Zwölf Boxkämpfer 👩‍👩‍👧 jagen Viktor."
        #expect(Redaction.redacting(PersonalData.findings(in: text), in: text) == text)
    }
}
