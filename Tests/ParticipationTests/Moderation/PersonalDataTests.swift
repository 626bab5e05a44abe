import Participation
import Testing

struct PersonalDataTests {
    private static func passages(_ text: String) -> [String] {
        PersonalData.findings(in: text).map { "\($0.kind.rawValue): \(PersonalData.passage($0, of: text))" }
    }

    // Numbers are from the ranges that the Federal Network Agency keeps free for films and examples.
    @Test(arguments: [
        "030 23125012", "030/23125012", "030-23125012", "(030) 23125012", "030 231 25 012", "0171 39200 12",
        "0171/3920012", "01713920012", "0171.3920012", "01 71 39 20 01 2", "0 1 7 1 3 9 2 0 0 1 2",
        "0 40 / 66 96 98 00",
        "+49 30 23125012", "+49(0)30 23125012", "+49 (0)30-23125012", "004930 23125012", "0049 171 3920012",
        "+43 1 58858 0000", "０１７１３９２００１２", "0171\u{00A0}3920012", "0171–3920012", "0171\u{200B}3920012",
        "null eins sieben eins drei neun zwei null null eins zwei", "٠١٧١٣٩٢٠٠١٢",
    ])
    func findsTelephoneNumbers(_ number: String) {
        #expect(Self.passages("Bitte melden: \(number), gern abends") == ["phone: \(number)"])
    }

    @Test(arguments: ["Tel. 231250", "Telefon: 66969", "Handy 3920012", "WhatsApp: 171392001"])
    func findsNumbersThatAreAnnounced(_ text: String) {
        #expect(Self.passages("Erreichbar unter \(text) ab 18 Uhr").map { $0.prefix(6) } == ["phone:"])
    }

    @Test(arguments: [
        "Am 01.05.2026 um 08.00 Uhr", "01.05.2026 - 03.06.2026", "01.05.26 bis 03.06.26", "von 08:00 - 17:30 Uhr",
        "08.00 - 17.00 Uhr", "20095 Hamburg", "01067 Dresden", "Drucksache 0123/2026", "0,5 m breit",
        "etwa 1.000.000 Euro", "+10.000.000 Euro", "53.550341, 10.000654", "0.123456789", "Tempo 30 statt 50",
        "Hausnummern 12-18", "§ 34 Abs. 2 BauGB", "2026-05-01", "Flurstück 1234/5", "zwei bis drei Bänke",
        "acht neue Bäume, neun alte", "10 000 000 Einwohner", "Buslinie 0815", "A1 und B73",
    ])
    func leavesOtherNumbersAlone(_ text: String) { #expect(Self.passages(text) == []) }

    @Test(arguments: [
        "max@example.org", "max.muster+x@mail.example.com", "jürgen@müller-bäder.example", "max(at)example.org",
        "max [at] example [dot] org", "max (ät) example (punkt) org", "max at example punkt org", "max@example (.) org",
        "max @ example.org", "max{at}example{dot}org", "MAX＠EXAMPLE.ORG", "m\u{200D}ax@example.org",
        "max at example.org", "max-at-example.org", "max <klammeraffe> example.org",
    ])
    func findsAddressesOfMail(_ address: String) {
        #expect(Self.passages("Schreibt an \(address)!") == ["email: \(address)"])
    }

    @Test(arguments: [
        "Treffpunkt @ Rathaus", "www.hamburg.de", "look at www.hamburg.de", "Ecke Markt (am Brunnen)", "ein a (b) c",
        "@stadt folgen", "20 Bänke@Park", "und so weiter.", "Zeit: 5 at 7 Uhr",
    ])
    func leavesOtherSignsAlone(_ text: String) { #expect(Self.passages(text) == []) }

    // The examples of the ISO 13616 registry.
    @Test(arguments: [
        "DE89370400440532013000", "DE89 3704 0044 0532 0130 00", "de89 3704 0044 0532 0130 00",
        "GB82 WEST 1234 5698 7654 32", "FR14 2004 1010 0505 0001 3M02 606", "NL91ABNA0417164300",
        "AT61 1904 3002 3457 3201", "DE89-3704-0044-0532-0130-00", "DE00 1234 5678 9012 3456 78",
    ])
    func findsAccountNumbers(_ number: String) {
        #expect(Self.passages("Spenden an \(number) bitte") == ["iban: \(number)"])
    }

    @Test(arguments: ["GB83 WEST 1234 5698 7654 32", "EG12 ist eine Norm", "der Radweg an der Alster ist zu schmal"])
    func leavesOtherLettersAlone(_ text: String) { #expect(Self.passages(text) == []) }

    @Test(arguments: [
        "HH-AB 1234", "HH AB 1234", "HH-AB1234", "M-X 12", "LÖ-AB 123", "hh-ab 1234", "B-MW 99E", "HH-K 1",
        "HH:AB 1234", "HH · AB 1234", "OD-XY 42H", "HH–AB 1234",
    ])
    func findsLicencePlates(_ plate: String) {
        #expect(Self.passages("Der Wagen \(plate) steht da") == ["licencePlate: \(plate)"])
    }

    @Test(arguments: [
        "U-Bahn und S-Bahn", "am ca 10 Uhr", "DIN EN 1317", "DB RE 70", "HVV U 3", "E-Bike 2", "A 7 bei km 12",
        "um es 12 Mal",
        "ISO-AB 12", "S 21 und U 4", "PLZ HH 20", "in HH 12 Bänke", "Tor-O 12",
    ])
    func leavesLinesAndStandardsAlone(_ text: String) { #expect(Self.passages(text) == []) }

    @Test func findsSeveralInTheirOrder() {
        let text = "Max, 0171 3920012 oder max@example.org, Wagen HH-AB 1234"
        #expect(PersonalData.findings(in: text).map(\.kind) == [.phone, .email, .licencePlate])
    }

    @Test func countsPlacesInScalarsWhateverStandsBefore() {
        let text = "👩‍👩‍👧 grüßt: max@example.org"
        #expect(Self.passages(text) == ["email: max@example.org"])
    }

    /// Twice the text may take about twice the time, whatever it is made of.
    @Test(arguments: ["0", "0 ", "@", "a@", "a.", "(at)", "DE89 ", "HH-AB ", "+", "(", "0-", "a", " at ", "null "])
    func takesLinearTime(_ part: String) {
        let short = String(repeating: part, count: 2000)
        let long = String(repeating: part, count: 16_000)
        // The least of several, so that a thread that had to wait is not taken for slow work.
        func least(_ text: String) -> Duration {
            (0..<10).reduce(.seconds(60)) { least, _ in
                min(least, ContinuousClock().measure { _ = PersonalData.findings(in: text) })
            }
        }
        let (first, second) = (least(short), least(long))
        // Quadratic work would take 64 times as long.
        #expect(second < first * 32 + .milliseconds(50))
    }
}
