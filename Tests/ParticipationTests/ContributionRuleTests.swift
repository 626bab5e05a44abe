import GeoCore
import Participation
import Testing

struct ContributionRuleTests {
    private let categories = [Category(id: "rad", name: "Rad"), Category(id: "alt", name: "Alt", archived: true)]

    @Test func tellsAllFaultsAtOnce() {
        let rule = ContributionRule(settings: ProceedingSettings(mustBeLocated: true), categories: categories)
        let faults = rule.violations(in: NewContribution(title: "x", text: "kurz", category: "alt"))
        #expect(
            faults.map(\.pointer) == ["/properties/title", "/properties/text", "/properties/category", "/geometry"])
    }

    @Test func takesADraftThatKeepsTheRules() {
        let rule = ContributionRule(settings: ProceedingSettings(), categories: categories)
        let draft = NewContribution(
            title: "Mehr Bänke", text: "Am Ufer fehlen Bänke.", category: "rad", geometry: .point(Position(10, 53.5)))
        #expect(rule.violations(in: draft) == [])
    }

    @Test func aCategoryIsRequiredWhereThereAreSome() {
        let draft = NewContribution(title: "Mehr Bänke", text: "Am Ufer fehlen Bänke.")
        #expect(
            ContributionRule(settings: ProceedingSettings(), categories: categories).violations(in: draft).map(\.code)
                == ["required"])
        #expect(ContributionRule(settings: ProceedingSettings(), categories: []).violations(in: draft) == [])
    }

    @Test(arguments: [("idee", []), ("alt", ["unknownType"]), (nil, ["required"])] as [(String?, [String])])
    func asksForATypeWhereThereAreSome(_ type: String?, _ codes: [String]) {
        let types = [
            ContributionType(id: "idee", name: "Idee"), ContributionType(id: "alt", name: "Alt", archived: true),
        ]
        let draft = NewContribution(title: "Radweg fehlt", text: "Hier fehlt ein Radweg.", type: type)
        let rule = ContributionRule(settings: ProceedingSettings(), categories: [], types: types)
        #expect(rule.violations(in: draft).map(\.code) == codes)
    }

    @Test(arguments: [("rad", true), ("a-1", true), ("", false), ("-a", false), ("Rad", false), ("ä", false)])
    func slugsHaveOneSyntax(_ text: String, isValid: Bool) {
        #expect(Slug.isValid(text) == isValid)
    }

    @Test func slugsAreMadeOfNames() {
        #expect(Slug.make(of: "Grün & Straßen  Süd!") == "gruen-strassen-sued")
        #expect(Slug.isValid(Slug.make(of: "???")))
    }
}
