import GeoCore
import Participation
import Platform
import Storage
import Testing

/// Categories about each other, and contributions in the course of the day and the week.
struct CategoryNeighbourTests {
    private static let start: Int64 = 1_777_593_600_000

    /// Two groups in which two categories mix, and a third category far from both.
    private func planted() -> PlantedContributions {
        var planted = PlantedContributions(seed: 4)
        for place in [9.88, 9.93] {
            planted.spread(
                25, around: place, 53.39, width: 0.006, from: Self.start, days: 20, category: "Radverkehr")
            planted.spread(25, around: place, 53.39, width: 0.006, from: Self.start, days: 20)
        }
        planted.spread(
            40, around: 9.905, 53.37, width: 0.006, from: Self.start, days: 20, category: "Grün und Erholung")
        return planted
    }

    @Test func contributionsTellHowManyOfAnotherCategoryAreAboutThem() async throws {
        let city = try await planted().city()
        func features(_ against: String) async throws -> HotspotAnswer {
            var question = HotspotQuestion(method: .colocationLocal)
            (question.focus, question.against) = ("radverkehr", against)
            return try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.anonymous)
        }
        func values(_ answer: HotspotAnswer, _ name: String) -> [Double] {
            answer.features.compactMap { feature in feature.properties.first { $0.name == name }?.value.double }
        }
        let near = try await features("sonstiges")
        #expect(near.features.count == 50)
        #expect(values(near, "quotient").reduce(0, +) / 50 > 1)
        let far = try await features("gruen")
        #expect(values(far, "joins").allSatisfy { $0 == 0 })
        #expect(values(far, "quotient").allSatisfy { $0 == 0 })
        #expect(near.analysis.parameters.first { $0.name == "nearest" }?.value == .number(8))
        #expect(String(decoding: near.svg(language: "de"), as: UTF8.self).contains("<path"))
        await #expect(throws: PlatformError.self) { try await features("nirgends") }
    }

    @Test func whatLiesAroundSinglePrivateContributionsIsNotForThePublic() async throws {
        let city = try await planted().privateCity()
        let question = HotspotQuestion(method: .colocationLocal)
        let told = try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.staff)
        #expect(!told.features.isEmpty)
        let shown = try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.anonymous)
        #expect(shown.features.isEmpty && shown.analysis.summary.isEmpty)
        #expect(shown.analysis.warnings.contains { $0.contains("withheld") })
    }

    @Test func crossKTellsWhichCategoriesKeepApart() async throws {
        let city = try await planted().city()
        func excess(_ against: String) async throws -> (values: [Double], p: Double) {
            var question = PatternQuestion(method: .crossK)
            (question.focus, question.against, question.reach, question.steps) = ("radverkehr", against, 400, 5)
            let answer = try await city.installation.findPattern(
                question, of: city.proceeding(), scope: city.anonymous)
            let column = answer.series.first { $0.name == "lMinusExpected" }?.values.compactMap(\.double) ?? []
            let p = answer.analysis.summary.first { $0.name == "maximumDeviationP" }?.value
            guard case .number(let p)? = p else { return (column, 1) }
            return (column, p)
        }
        let apart = try await excess("gruen")
        #expect(apart.values.count == 5 && apart.values.allSatisfy { $0 < 0 } && apart.p == 0.01)
        let mixed = try await excess("sonstiges")
        #expect(abs(mixed.values.last ?? .infinity) < abs(apart.values.last ?? 0))
        var same = PatternQuestion(method: .crossK)
        (same.focus, same.against) = ("gruen", "gruen")
        let asked = same
        await #expect(throws: PlatformError.self) {
            try await city.installation.findPattern(asked, of: city.proceeding(), scope: city.anonymous)
        }
    }

    @Test func crossKAndTimesHavePictures() async throws {
        let city = try await planted().city()
        func svg(_ language: String, _ question: PatternQuestion) async throws -> String {
            let answer = try await city.installation.findPattern(
                question, of: city.proceeding(), scope: city.anonymous)
            return String(decoding: answer.svg(language: language), as: UTF8.self)
        }
        var pair = PatternQuestion(method: .crossK)
        (pair.focus, pair.against, pair.reach, pair.steps) = ("radverkehr", "gruen", 400, 5)
        let curve = try await svg("de", pair)
        #expect(curve.contains("L(r) − erwartetes L(r), m") && curve.contains("Simulationen, je Abstand"))
        pair.simulations = 0
        #expect(try await !svg("en", pair).contains("simulations, at each distance"))
        var times = PatternQuestion(method: .rayleigh)
        let hours = try await svg("de", times)
        #expect(hours.contains("0 bis 1 Uhr") && hours.contains("23 bis 24 Uhr"))
        times.cycle = .week
        let days = try await svg("en", times)
        #expect(days.contains("Monday") && days.contains("Sunday") && !days.contains("23:00"))
    }

    @Test func theTimeOfTheDayIsThatOfTheTenantsClock() async throws {
        var planted = PlantedContributions()
        // From 1 May 2026, a Friday: each day at 16:00 and each at 18:00 of the clock in Germany, two hours before UTC.
        for day in 0..<14 {
            for hour in [14, 16] {
                planted.add(
                    9.9 + Double(day) * 1e-3, 53.39,
                    at: Self.start + Int64(day) * PlantedContributions.day + Int64(hour) * 3_600_000)
            }
        }
        let city = try await planted.city()
        func answer(_ cycle: PatternQuestion.Cycle) async throws -> PatternAnswer {
            var question = PatternQuestion(method: .rayleigh)
            question.cycle = cycle
            return try await city.installation.findPattern(question, of: city.proceeding(), scope: city.anonymous)
        }
        let day = try await answer(.day)
        #expect(day.analysis.summary.first { $0.name == "meanTime" }?.value == .text("17:00"))
        #expect(day.series.map(\.name) == ["hour", "contributions"])
        let hours = day.series[1].values.map(\.double)
        #expect(hours.count == 24 && hours[16] == 14 && hours[18] == 14 && hours[17] == 0)
        guard case .number(let p)? = day.analysis.summary.first(where: { $0.name == "p" })?.value else {
            Issue.record("no probability is told")
            return
        }
        #expect(p < 1e-6)
        let week = try await answer(.week)
        #expect(week.series[1].values.map(\.double) == Array(repeating: 4, count: 7))
    }
}
