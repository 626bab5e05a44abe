import Foundation
import GeoCore
import Participation
import Platform
import Storage
import Testing

/// Statistics of the contributions as a whole, on patterns that are known.
struct PatternTests {
    static let start: Int64 = 1_777_593_600_000

    /// Four dense groups, each within a day of its own.
    static func grouped() -> PlantedContributions {
        var planted = PlantedContributions(seed: 3)
        for (index, place) in [(9.89, 53.385), (9.91, 53.40), (9.93, 53.39), (9.90, 53.37)].enumerated() {
            planted.spread(
                25, around: place.0, place.1, width: 0.004,
                from: start + Int64(index) * 20 * PlantedContributions.day, days: 1,
                category: index % 2 == 0 ? "Sonstiges" : "Radverkehr")
        }
        return planted
    }

    /// A lattice, in no order of time.
    static func regular() -> PlantedContributions {
        var planted = PlantedContributions(seed: 5)
        for row in 0..<10 {
            for column in 0..<10 {
                let time = start + Int64(planted.unit() * 100 * Double(PlantedContributions.day))
                planted.add(9.88 + Double(column) * 0.006, 53.37 + Double(row) * 0.0036, at: time)
            }
        }
        return planted
    }

    private func figure(_ answer: PatternAnswer, _ name: String) -> Double? {
        guard case .number(let number)? = answer.analysis.summary.first(where: { $0.name == name })?.value else {
            return nil
        }
        return number
    }

    private func find(_ question: PatternQuestion, _ city: TestCity) async throws -> PatternAnswer {
        try await city.installation.findPattern(question, of: city.proceeding(), scope: city.anonymous)
    }

    @Test func groupsAreClusteredAndALatticeIsRegular() async throws {
        let (groups, lattice) = (try await Self.grouped().city(), try await Self.regular().city())
        let clustered = try await find(PatternQuestion(method: .clarkEvans), groups)
        #expect(try #require(figure(clustered, "index")) < 0.5)
        #expect(try #require(figure(clustered, "p")) < 1e-6)
        let regular = try await find(PatternQuestion(method: .clarkEvans), lattice)
        #expect(try #require(figure(regular, "meanDistance")) > 350)
        #expect(try #require(figure(clustered, "area")) == (try #require(figure(regular, "area"))))
        #expect(clustered.analysis.warnings.contains { $0.contains("Donnelly") })
    }

    @Test func ripleyTellsAtWhichDistanceTheyGather() async throws {
        let city = try await Self.grouped().city()
        var question = PatternQuestion(method: .ripley)
        question.simulations = 19
        question.steps = 10
        question.reach = 1000
        question.correction = .border
        let answer = try await find(question, city)
        #expect(answer.series.map(\.name) == ["r", "k", "l", "lMinusR", "lower", "upper"])
        #expect(answer.series[0].values.count == 10)
        #expect(figure(answer, "maximumDeviationP") == 0.05)
        #expect(try #require(figure(answer, "strongestClustering")) > 100)
        let null = answer.analysis.parameters.first { $0.name == "null" }
        #expect(null?.value == .text("uniform") && null?.origin == .chosen)
        #expect(String(decoding: answer.svg(language: "de"), as: UTF8.self).contains("Simulationen"))
        let lines = String(decoding: try answer.csv(), as: UTF8.self).split(separator: "\r\n")
        #expect(lines.first == "r,k,l,lMinusR,lower,upper" && lines.count == 11)
    }

    @Test(arguments: [PatternQuestion.Method.ripley, .crossK])
    func distancesThatTheAreaDoesNotHaveAreRefused(_ method: PatternQuestion.Method) async throws {
        let city = try await Self.grouped().city()
        func answer(_ reach: Double) async throws -> PatternAnswer {
            var question = PatternQuestion(method: method)
            (question.reach, question.steps, question.simulations) = (reach, 5, 0)
            question.correction = method == .ripley ? .border : PatternQuestion.Correction.none
            return try await find(question, city)
        }
        let error = await #expect(throws: PlatformError.self) { try await answer(100_000) }
        #expect(error?.code == .invalidInput && error?.parameter == "reach")
        #expect(error?.detail.contains("half of the shorter side of the area") == true)
        let hint = try #require(error?.hint)
        let quarter = try #require(Double(hint.dropFirst("reach=".count).prefix { $0.isNumber }))
        #expect(try await !answer(quarter).analysis.warnings.contains { $0.contains("reach is above") })
        let told = try await JSONValue.parse(answer(quarter * 1.5).geoJSON(), limits: .importing)
        let caution = told["analysis"]?["cautions"]?.array?.first { caution in
            if case .string(let text)? = caution["en"] { text.contains("reach is above") } else { false }
        }
        guard case .string(let german)? = caution?["de"] else {
            Issue.record("no warning of long distances")
            return
        }
        #expect(german.contains("einem Viertel der kürzeren Seite"))
        _ = await #expect(throws: PlatformError.self) { try await answer(quarter * 2 + 10) }
    }

    @Test func aCategoryIsComparedWithAllContributions() async throws {
        var planted = Self.regular()
        for index in 0..<20 {
            planted.add(
                9.90 + Double(index) * 1e-4, 53.385 + Double(index % 3) * 1e-4, at: Self.start, category: "Grün")
        }
        let city = try await planted.city()
        var filter = ContributionFilter()
        filter.categories = try await city.installation.categories(of: city.proceeding(), scope: city.staff)
            .filter { $0.name.hasPrefix("Grün") }.map(\.id)
        var question = PatternQuestion(method: .ripley)
        question.simulations = 19
        question.steps = 5
        question.reach = 300
        let answer = try await city.installation.findPattern(
            question, of: city.proceeding(), filter: filter, scope: city.anonymous)
        #expect(answer.analysis.used == 20)
        #expect(answer.analysis.parameters.first { $0.name == "null" }?.value == .text("contributions"))
        #expect(figure(answer, "contributionsInAll") == 120)
        #expect(figure(answer, "maximumDeviationP") == 0.05)
        #expect(try #require(figure(answer, "tableError")) < 0.01)
    }

    @Test func thoseNearInSpaceAreNearInTime() async throws {
        let (groups, lattice) = (try await Self.grouped().city(), try await Self.regular().city())
        var question = PatternQuestion(method: .knox)
        question.reach = 500
        question.days = 2
        question.permutations = 199
        let interacting = try await find(question, groups)
        // 4 groups of 25: all pairs within a group are near in both.
        #expect(figure(interacting, "pairsInBoth") == 1200)
        #expect(figure(interacting, "permutedP") == 0.005)
        let rule = interacting.analysis.parameters.first { $0.name == "permutations" }?.rule
        #expect(rule?.contains("permutedP is one-sided") == true && rule?.contains("p is two-sided") == true)
        let independent = try await find(question, lattice)
        #expect(try #require(figure(independent, "permutedP")) > 0.05)
    }

    @Test func theMiddleAndTheSpreadAreShapes() async throws {
        let city = try await Self.regular().city()
        let answer = try await find(PatternQuestion(method: .centrography), city)
        #expect(answer.features.map(\.id) == ["ellipse", "standardDistance", "meanCentre", "medianCentre"])
        let document = try JSONValue.parse(answer.geoJSON(), limits: .importing)
        let mean = document["features"]?.array?[2]["geometry"]?["coordinates"]?.array?.compactMap(\.double) ?? []
        try #require(mean.count == 2)
        // The middle of the lattice; metres and degrees are not quite proportional.
        #expect(abs(mean[0] - 9.907) < 2e-4 && abs(mean[1] - 53.3862) < 2e-4)
        #expect(try #require(figure(answer, "standardDistance")) > 1000)
    }

    @Test(arguments: [PatternQuestion.Method.moran, .geary, .generalG])
    func cellsThatHoldManyLieTogether(_ method: PatternQuestion.Method) async throws {
        let city = try await Self.grouped().city()
        var question = PatternQuestion(method: method)
        question.cell = 200
        for rule in [Neighbourhood.Rule.rings, .band, .nearest] {
            question.neighbourhood.rule = rule
            question.permutations = 99
            let answer = try await find(question, city)
            let score = try #require(figure(answer, "z"))
            // Squared differences hang on single cells far more than products do.
            #expect(score > (method == .geary ? 1 : 3), "\(rule): \(score)")
            #expect(answer.analysis.parameters.first { $0.name == "weights" }?.value == .text(rule.rawValue))
        }
    }

    @Test func ratesOfAreaUnitsAreStandardisedForTheirInhabitants() async throws {
        let city = try await TestCity()
        _ = try await city.importContributions()
        _ = try await city.importLayer(
            TestCity.geodata.appendingPathComponent("stadtteile.gpkg"), id: "stadtteile", populationField: "population")
        var question = PatternQuestion(method: .moran)
        question.layer = "stadtteile"
        let answer = try await find(question, city)
        #expect(answer.features.count == Int(try #require(figure(answer, "units"))))
        #expect(try #require(figure(answer, "permutedP")) <= 1)
        let counts = answer.features.compactMap { feature in
            feature.properties.first { $0.name == "count" }?.value.double
        }
        #expect(counts.reduce(0, +) == Double(answer.analysis.used))
        let svg = String(decoding: answer.svg(language: "de"), as: UTF8.self)
        #expect(svg.contains("viele bei vielen") && svg.contains("Ähnlichkeit benachbarter Gebiete"))
        for wrong in [\PatternQuestion.cell, \.neighbourhood.distance] {
            var refused = question
            refused[keyPath: wrong] = 300
            let (asked, proceeding) = (refused, try await city.proceeding())
            await #expect(throws: PlatformError.self) {
                try await city.installation.findPattern(asked, of: proceeding, scope: city.anonymous)
            }
        }
    }

    @Test func votesThatGatherAreToldFromContributionsThatDo() async throws {
        var planted = PlantedContributions(seed: 8)
        for index in 0..<60 {
            // Every sixth is at one place and has many votes; the others are all about.
            let isHeavy = index % 6 == 0
            planted.add(
                9.90 + planted.unit() * (isHeavy ? 0.002 : 0.03), 53.38 + planted.unit() * (isHeavy ? 0.002 : 0.02),
                at: Self.start, votes: isHeavy ? 60 : 1)
        }
        let city = try await planted.city()
        var question = PatternQuestion(method: .ripley)
        (question.weight, question.simulations, question.reach) = (.support, 39, 800)
        let answer = try await find(question, city)
        let null = answer.analysis.parameters.first { $0.name == "null" }
        #expect(null?.value == .text("contributions") && null?.rule?.contains("dealt anew") == true)
        #expect(answer.analysis.parameters.first { $0.name == "weight" }?.value == .text("support"))
        #expect(try #require(figure(answer, "squaredDeviationP")) <= 0.05)
    }

    @Test func cellsOfACategoryAreJoined() async throws {
        let city = try await Self.grouped().city()
        var question = PatternQuestion(method: .joinCounts)
        question.cell = 100
        let answer = try await find(question, city)
        #expect(try #require(figure(answer, "both")) > (try #require(figure(answer, "expectedBoth"))))
        #expect(try #require(figure(answer, "z")) > 3)
        #expect(try #require(figure(answer, "significantCells")) > 0)
        #expect(answer.features.count == Int(try #require(figure(answer, "cellsWithTrait"))))
        question.focus = "gibtsnicht"
        let (proceeding, asked) = (try await city.proceeding(), question)
        let error = await #expect(throws: PlatformError.self) {
            try await city.installation.findPattern(asked, of: proceeding, scope: city.anonymous)
        }
        #expect(error?.detail.contains("there are") == true)
    }

    @Test func categoriesThatLieTogetherAttractEachOther() async throws {
        var planted = PlantedContributions(seed: 11)
        for index in 0..<40 {
            let (x, y) = (9.88 + planted.unit() * 0.05, 53.37 + planted.unit() * 0.03)
            let time = Self.start + Int64(index)
            planted.add(x, y, at: time, category: "Radverkehr")
            planted.add(x + 0.0002, y, at: time, category: "Fußverkehr")
            planted.add(9.88 + planted.unit() * 0.05, 53.37 + planted.unit() * 0.03, at: time, category: "Sonstiges")
        }
        let city = try await planted.city()
        var question = PatternQuestion(method: .colocation)
        question.neighbourhood.nearest = 1
        question.permutations = 199
        let answer = try await find(question, city)
        #expect(answer.series.map(\.name) == ["category", "neighbour", "contributions", "quotient", "p", "q"])
        #expect(answer.series[0].values.count == 9)
        let row = try #require(
            answer.series[0].values.indices.first {
                answer.series[0].values[$0] == .string("radverkehr")
                    && answer.series[1].values[$0] == .string("fussverkehr")
            })
        #expect(try #require(answer.series[3].values[row].double) > 2)
        #expect(try #require(answer.series[4].values[row].double) <= 0.01)
    }

    @Test func pairsNeedTheAreaOfTheProceeding() async throws {
        let city = try await TestCity()
        let document = #"{"id": "ohne", "name": "Ohne", "categories": [{"id": "a", "name": "A"}]}"#
        let proceeding = try await city.installation.createProceeding(
            ProceedingDocument(json: Array(document.utf8), tenant: city.staff.tenant), scope: city.staff)
        _ = try await city.installation.importContributions(
            path: city.file(
                "two.geojson",
                """
                {"type":"FeatureCollection","features":[
                {"type":"Feature","geometry":{"type":"Point","coordinates":[9.9,53.39]},"properties":{"title":"Eins hier","text":"Ein Beitrag mit Text.","category":"A"}},
                {"type":"Feature","geometry":{"type":"Point","coordinates":[9.91,53.39]},"properties":{"title":"Zwei hier","text":"Noch einer mit Text.","category":"A"}}]}
                """
            ).path, fileName: "two.geojson", options: ContributionImportOptions(), to: proceeding, scope: city.staff)
        let current = try await city.installation.proceeding("ohne", scope: city.staff)
        let error = await #expect(throws: PlatformError.self) {
            try await city.installation.findPattern(
                PatternQuestion(method: .clarkEvans), of: current, scope: city.anonymous)
        }
        #expect(error?.detail.contains("area of the proceeding") == true)
    }

    @Test func anEnvelopeThatIsNoneIsRefused() async throws {
        let city = try await TestCity.withContributions.value
        var question = PatternQuestion(method: .ripley)
        (question.simulations, question.rank) = (19, 10)
        let (asked, proceeding) = (question, try await city.proceeding())
        let error = await #expect(throws: PlatformError.self) {
            try await city.installation.findPattern(asked, of: proceeding, scope: city.anonymous)
        }
        #expect(error?.parameter == "rank" && error?.detail.contains("half of the number of simulations, 9") == true)
    }
}
