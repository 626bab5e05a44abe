import Foundation
import FoundationXML
import GeoCore
import Platform
import Storage
import Testing

/// Pictures of what contributions are like as a whole.
struct PatternPictureTests {
    private static let grouped = Task { try await PatternTests.grouped().city() }

    private static func quick(_ method: PatternQuestion.Method) -> PatternQuestion {
        var question = PatternQuestion(method: method)
        (question.simulations, question.steps, question.permutations) = (19, 5, 99)
        if [.ripley, .crossK, .knox].contains(method) { question.reach = 500 }
        if method == .ripley { question.correction = .border }
        if method == .crossK { question.correction = PatternQuestion.Correction.none }
        if [.moran, .geary, .generalG, .joinCounts].contains(method) { question.cell = 1000 }
        return question
    }

    private func answer(_ method: PatternQuestion.Method, _ city: TestCity) async throws -> PatternAnswer {
        try await city.installation.findPattern(Self.quick(method), of: city.proceeding(), scope: city.anonymous)
    }

    private func picture(_ answer: PatternAnswer, _ language: String = "en") -> String {
        String(decoding: answer.svg(language: language), as: UTF8.self)
    }

    @Test(arguments: PatternQuestion.Method.allCases)
    func everyMethodIsDrawnInBothLanguages(_ method: PatternQuestion.Method) async throws {
        let answer = try await answer(method, Self.grouped.value)
        for language in ["de", "en"] {
            let svg = answer.svg(language: language)
            #expect(XMLParser(data: Data(svg)).parse())
            let text = String(decoding: svg, as: UTF8.self)
            #expect(text.contains(#"xml:lang="\#(language)""#))
            #expect(text.contains(#"<title id="t">"#) && text.contains(#"<desc id="d">"#))
            let png = try PictureForm.png(width: 320).picture(svg)
            #expect(png.prefix(8) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
            #expect(png[16..<20] == [0, 0, 1, 0x40] && png.suffix(8).prefix(4) == Array("IEND".utf8)[...])
        }
        #expect(picture(answer, "de") != picture(answer, "en"))
    }

    @Test(arguments: [PatternQuestion.Method.clarkEvans, .knox, .geary, .generalG])
    func aStatisticStandsBesideWhatChanceGives(_ method: PatternQuestion.Method) async throws {
        let answer = try await answer(method, Self.grouped.value)
        let (english, german) = (picture(answer), picture(answer, "de"))
        for word in ["observed: ", "expected: ", "95 % by chance alone: ", "<circle", " · p "] {
            #expect(english.contains(word), "\(word)")
        }
        for word in ["beobachtet: ", "erwartet: ", "95 % bei bloßem Zufall: "] {
            #expect(german.contains(word), "\(word)")
        }
        #expect(english.contains("R = ") == (method == .clarkEvans))
    }

    @Test func categoriesAreAMatrixOfTheirQuotients() async throws {
        let answer = try await answer(.colocation, Self.grouped.value)
        let text = picture(answer)
        // The groups are of one category each: every neighbour is of the own one.
        for pair in ["radverkehr – radverkehr: ", "radverkehr – sonstiges: 0<", "sonstiges – sonstiges: "] {
            #expect(text.contains("<title>\(pair)"), "\(pair)")
        }
        #expect(text.contains("Colocation quotient") && !text.contains("url(#w)"))
    }

    @Test(arguments: [PatternQuestion.Method.clarkEvans, .knox, .geary, .colocation])
    func whatIsWithheldIsNotDrawn(_ method: PatternQuestion.Method) async throws {
        var planted = PlantedContributions(seed: 6)
        planted.spread(2, around: 9.91, 53.39, width: 0.01, from: PatternTests.start, days: 20)
        planted.spread(
            2, around: 9.91, 53.39, width: 0.01, from: PatternTests.start, days: 20, category: "Radverkehr")
        let shown = try await answer(method, planted.privateCity())
        #expect(shown.analysis.summary.isEmpty && shown.series.isEmpty)
        let text = picture(shown)
        #expect(XMLParser(data: Data(text.utf8)).parse())
        for trace in ["<circle", "R = ", "z = ", "observed", "expected", "<title>", "n = 4"] {
            #expect(!text.contains(trace), "\(trace)")
        }
    }
}
