import Foundation
import GeoCore
import Participation
import Storage
import Testing

@testable import Platform

struct ReportTests {
    @Test func twoRunsOnTheSameDataGiveTheSameFile() async throws {
        var reports: [[UInt8]] = []
        for _ in 0..<2 {
            let city = try await TestCity()
            _ = try await city.importContributions()
            _ = try await city.importLayer(
                TestCity.geodata.appendingPathComponent("stadtteile.gpkg"), id: "stadtteile",
                populationField: "population")
            reports.append(
                try await city.installation.report(of: city.proceeding(), language: "de", scope: city.anonymous))
        }
        #expect(reports[0] == reports[1])
        let text = String(decoding: reports[0], as: UTF8.self)
        #expect(text.hasPrefix("<!DOCTYPE html>\n<html lang=\"de\">"))
        #expect(text.contains("Schwerpunkte") && text.contains("Ort 1") && text.contains("Methode und Grenzen"))
        // Nothing is fetched from elsewhere.
        #expect(
            !text.contains("http://") || text.ranges(of: "http://").count == text.ranges(of: "http://www.w3.org").count)
        #expect(!text.contains("<script"))
    }

    @Test func aPlaceIsAsStableAsItsPeak() async throws {
        let city = try await TestCity.withContributions.value
        let answer = try await city.installation.findHotspots(
            HotspotQuestion(method: .gi), of: city.proceeding(), scope: city.anonymous)
        let places = answer.hotPlaces()
        #expect(!places.isEmpty)
        func number(_ feature: HotspotAnswer.Feature, _ name: String) -> Double? {
            feature.properties.first { $0.name == name }?.value.double
        }
        for place in places {
            let peaks = answer.features.filter { number($0, "z") == place.peak }
            #expect(peaks.contains { number($0, "stability") == place.stability })
        }
    }

    @Test func escapesWhatPeopleWrote() async throws {
        let city = try await TestCity()
        let rows = (0..<80).map { row in
            "<script>alert(\(row))</script>;Text \(row);\(9.900 + Double(row % 8) / 10_000);\(53.400 + Double(row) / 20_000)"
                .replacing(".", with: ",")
        }
        let file = try city.file("a.csv", "title;text;lon;lat\n" + rows.joined(separator: "\n") + "\n")
        _ = try await city.importContributions(file)
        let report = try await city.installation.report(of: city.proceeding(), language: "en", scope: city.anonymous)
        #expect(!String(decoding: report, as: UTF8.self).contains("<script"))
    }

    @Test func saysThatThereIsTooLittle() async throws {
        let city = try await TestCity()
        let report = try await city.installation.report(of: city.proceeding(), language: "en", scope: city.anonymous)
        #expect(String(decoding: report, as: UTF8.self).contains("too few located contributions"))
    }
}

struct GermanReportTests {
    @Test(arguments: [
        (
            "fewest rings with at least 8 neighbours: the score of global Moran's I has no peak over 1 to 5 rings",
            "wenigste Ringe mit mindestens 8 Nachbarn: die Prüfgröße des globalen Moran-I hat über 1 bis 5 Ringe keinen "
                + "Gipfel"
        ),
        (
            "p is two-sided, by the normal law", "p ist zweiseitig, nach der Normalverteilung"
        ),
        (
            "the normal law is rough here (71 % of the cells are empty): p-values near the limits are uncertain",
            "die Normalverteilung ist hier grob (71 % der Zellen sind leer): Irrtumswahrscheinlichkeiten nahe den Grenzen "
                + "sind unsicher"
        ),
    ])
    func saysRulesAndWarningsInGerman(_ english: String, _ german: String) {
        #expect(GermanSentences.text(english) == german)
    }

    @Test func leavesWhatItDoesNotKnow() {
        #expect(GermanSentences.translation(of: "Diggle 1985") == nil)
        #expect(GermanSentences.text("radius of something else") == "radius of something else")
    }

    @Test func hasAGermanSentenceForAllThatItsAnalysesTell() async throws {
        let city = try await TestCity.withContributions.value
        var density = HotspotQuestion(method: .kde)
        density.surface = .isolines
        for question in [HotspotQuestion(method: .auto), density] {
            let answer = try await city.installation.findHotspots(
                question, of: city.proceeding(), scope: city.anonymous)
            let sentences = answer.analysis.warnings + answer.analysis.parameters.compactMap(\.rule)
            // A source is named in any language as it is.
            for sentence in sentences where sentence != "Diggle 1985" {
                #expect(GermanSentences.translation(of: sentence) != nil, "\(sentence)")
            }
        }
    }

    @Test func writesNumbersDaysAndNamesAsGermansDo() async throws {
        let city = try await TestCity.withContributions.value
        func report(_ language: String) async throws -> String {
            String(
                decoding: try await city.installation.report(
                    of: city.proceeding(), language: language, scope: city.anonymous), as: UTF8.self)
        }
        let (german, english) = (try await report("de"), try await report("en"))
        #expect(german.contains("23,6 %") && english.contains("23.6 %"))
        #expect(german.contains("13.04.2026") && english.contains("2026-04-13"))
        #expect(german.contains("im Gebiet") && !german.contains(">inside<"))
        #expect(english.contains(">inside the area<") && english.contains(">without a place<"))
        for code in [">inside<", ">outsideArea<", ">unlocated<", ">suspect<", ", outsideArea ", ", suspectPlace "] {
            #expect(!english.contains(code), "\(code)")
        }
        #expect(german.contains("Zellgröße (cell)") && german.contains("gewählt: "))
        #expect(german.contains("<td>Radverkehr</td>") && !german.contains("<td>radverkehr</td>"))
    }
}
