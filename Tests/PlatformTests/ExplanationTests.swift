import GeoCore
import Participation
import Platform
import Storage
import Testing

/// What an answer says of itself in plain words.
struct ExplanationTests {
    @Test(arguments: HotspotQuestion.Method.allCases)
    func everyMethodExplainsItselfInBothLanguages(_ method: HotspotQuestion.Method) async throws {
        let city = try await TestCity.withContributions.value
        let answer = try await city.installation.findHotspots(
            HotspotQuestion(method: method), of: city.proceeding(), scope: city.anonymous)
        let text = try #require(answer.analysis.explanation)
        #expect(text.english.contains("\(answer.analysis.used) contributions"))
        #expect(text.german.contains("\(answer.analysis.used) Beiträge"))
        #expect(text.german.contains("keine Stichprobe") && text.english.contains("no sample"))
        let told = try JSONValue.parse(answer.geoJSON(), limits: .importing)["analysis"]?["explanation"]
        #expect(told?["de"]?.string == text.german && told?["en"]?.string == text.english)
    }

    @Test func hotCellsAreExplainedWithTheirNumbers() async throws {
        let city = try await TestCity.withContributions.value
        var filter = ContributionFilter()
        filter.minimumVotes = 1
        let answer = try await city.installation.findHotspots(
            HotspotQuestion(method: .gi), of: city.proceeding(), filter: filter, scope: city.anonymous)
        func figure(_ name: String) -> Int {
            guard case .number(let value)? = answer.analysis.summary.first(where: { $0.name == name })?.value else {
                return -1
            }
            return Int(value)
        }
        let text = try #require(answer.analysis.explanation)
        #expect(text.english.contains("a selection (minVotes 1)") && text.german.contains("einer Auswahl (minVotes 1)"))
        #expect(text.english.contains("\(figure("hotCells")) are hot and \(figure("coldCells")) cold"))
        #expect(text.german.contains("sind \(figure("hotCells")) heiß und \(figure("coldCells")) kalt"))
        #expect(text.english.contains("at the level of 5 % corrected for many tests by Benjamini and Hochberg"))
        #expect(text.german.contains("auf dem Niveau von 5 %, für viele Tests korrigiert nach Benjamini und Hochberg"))
    }

    /// Some that lie two kilometres apart.
    private func scattered(_ count: Int) async throws -> TestCity {
        var planted = PlantedContributions()
        for index in 0..<count {
            planted.add(
                9.86 + Double(index % 4) * 0.03, 53.38 + Double(index / 4) * 0.02,
                at: 1_767_567_600_000 + Int64(index))
        }
        return try await planted.city()
    }

    @Test func oneIsToldAsOne() async throws {
        let city = try await scattered(1)
        var question = HotspotQuestion(method: .grid)
        question.cell = 500
        let answer = try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.anonymous)
        let text = try #require(answer.analysis.explanation)
        #expect(text.english.hasPrefix("1 contribution was looked at."))
        #expect(text.german.hasPrefix("Betrachtet wurde 1 Beitrag."))
        let few = try #require(answer.analysis.cautions.first { $0.kind == .fewContributions })
        #expect(few.english.contains("1 was used") && few.german.contains("1 wurde verwendet"))
    }

    @Test func oneCircleIsToldAsOne() async throws {
        let city = try await TestCity.withContributions.value
        var question = HotspotQuestion(method: .scan)
        (question.focus, question.permutations) = ("radverkehr", 199)
        let answer = try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.anonymous)
        let text = try #require(answer.analysis.explanation)
        let count = answer.features.count { feature in
            feature.properties.contains { $0.name == "isSignificant" && $0.value == .bool(true) }
        }
        #expect(text.english.contains(count == 1 ? "1 of the circles holds" : "\(count) circles hold"))
        #expect(text.german.contains(count == 1 ? "1 der Kreise enthält" : "\(count) Kreise enthalten"))
        let first = try #require(answer.features.first)
        let cases = try #require(first.told("cases")?.double)
        #expect(text.english.contains("Least likely by chance: \(Int(cases)) contributions of radverkehr within "))
        #expect(text.german.contains("Am wenigsten durch Zufall zu erklären: \(Int(cases)) Beiträge zu radverkehr in "))
    }

    @Test func theLargestClusterIsTold() async throws {
        let city = try await TestCity.withContributions.value
        let answer = try await city.installation.findHotspots(
            HotspotQuestion(method: .dbscan), of: city.proceeding(), scope: city.anonymous)
        let text = try #require(answer.analysis.explanation)
        let counts = answer.features.compactMap { $0.told("count")?.double }
        let largest = Int(try #require(counts.max()))
        #expect(text.english.contains("The largest holds \(largest), "))
        #expect(text.german.contains("Die größte enthält \(largest), davon "))
    }

    @Test func howMuchOfARasterIsDenserIsTold() async throws {
        let city = try await TestCity.withContributions.value
        var question = HotspotQuestion(method: .relativeRisk)
        (question.cell, question.focus, question.sensitivity) = (400, "radverkehr", false)
        let answer = try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.anonymous)
        let text = try #require(answer.analysis.explanation)
        let (more, less) = (try #require(figure(answer, "higherCells")), try #require(figure(answer, "lowerCells")))
        #expect(
            text.english.contains(
                "radverkehr is denser among contributions than elsewhere at \(more), and less dense at \(less),"))
        #expect(text.german.contains("ist radverkehr unter den Beiträgen an \(more) dichter als anderswo"))
    }

    @Test func whereNoCellIsHotNothingIsSaidOfHowManyStayHot() async throws {
        let city = try await scattered(8)
        var question = HotspotQuestion(method: .gi)
        (question.cell, question.alpha, question.inference, question.sensitivity) = (500, 0.000_001, .exact, true)
        let answer = try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.anonymous)
        let text = try #require(answer.analysis.explanation)
        #expect(answer.analysis.summary.contains { $0.name == "hotCells" && $0.value == .number(0) })
        #expect(!text.english.contains("stay hot") && !text.german.contains("80 %"))
    }

    @Test func whatIsWithheldIsNotExplained() async throws {
        // Four people in all: nothing may be told.
        var planted = PlantedContributions()
        for index in 0..<4 {
            planted.add(
                9.90 + Double(index) * 0.01, 53.39, at: 1_767_567_600_000 + Int64(index), category: "Radverkehr")
        }
        let city = try await planted.privateCity()
        let answer = try await city.installation.findHotspots(
            HotspotQuestion(method: .grid), of: city.proceeding(), scope: city.anonymous)
        let text = try #require(answer.analysis.explanation)
        #expect(text.english.contains("withheld") && !text.english.contains("4"))
        #expect(answer.analysis.cautions.isEmpty)
    }

    @Test(arguments: [HotspotQuestion.Method.grid, .gi, .kde])
    func weightsAreNotCalledContributions(_ method: HotspotQuestion.Method) async throws {
        let city = try await TestCity.withContributions.value
        var question = HotspotQuestion(method: method)
        (question.weight, question.sensitivity) = (.votes, false)
        let text = try #require(
            try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.anonymous).analysis
                .explanation)
        #expect(text.english.contains("weight by votes") && text.german.contains("Gewicht nach Stimmen"))
        #expect(!text.english.contains("fewer, contributions") && !text.english.contains("They are densest"))
    }

    @Test func tailsThatAreNotDoubledLetChanceThroughTwiceAsOften() async throws {
        let city = try await TestCity.withContributions.value
        var question = HotspotQuestion(method: .gi)
        (question.cell, question.tails, question.sensitivity) = (500, .directed, false)
        let text = try #require(
            try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.anonymous).analysis
                .explanation)
        #expect(text.english.contains("at most 10 % of those named are chance"))
    }

    private func figure(_ answer: HotspotAnswer, _ name: String) -> Int? {
        guard case .number(let value)? = answer.analysis.summary.first(where: { $0.name == name })?.value else {
            return nil
        }
        return Int(exactly: value)
    }

    @Test(arguments: [
        (
            HotspotQuestion.Method.moran,
            [
                ("highHigh", "high among high", "viele bei vielen"), ("lowHigh", "low among high", "wenige bei vielen"),
                ("lowLow", "low among low", "wenige bei wenigen"), ("highLow", "high among low", "viele bei wenigen"),
            ]
        ),
        (
            .geary,
            [
                ("highHigh", "high among high", "viele bei vielen"), ("lowLow", "low among low", "wenige bei wenigen"),
                ("otherSimilar", "otherwise alike", "sonst ähnlich"), ("dissimilar", "dissimilar", "unähnlich"),
            ]
        ),
    ])
    func eachKindOfCellIsToldWithItsNumber(
        _ method: HotspotQuestion.Method, _ kinds: [(name: String, english: String, german: String)]
    ) async throws {
        let city = try await TestCity.withContributions.value
        var question = HotspotQuestion(method: method)
        question.sensitivity = false
        let answer = try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.anonymous)
        let text = try #require(answer.analysis.explanation)
        for kind in kinds {
            let count = try #require(figure(answer, kind.name))
            #expect(text.english.contains(count > 0 ? "\(count) \(kind.english) (" : "none \(kind.english)"))
            #expect(text.german.contains(count > 0 ? "\(count) \(kind.german) (" : kind.german))
        }
        let tests = try #require(figure(answer, "tests"))
        #expect(
            text.english.contains("of \(tests) cells of ") && text.german.contains("von \(tests) Zellen zu "))
        #expect(text.english.contains("at the level of 5 % corrected for many tests by Benjamini and Hochberg"))
        #expect(text.german.contains("auf dem Niveau von 5 %, für viele Tests korrigiert nach Benjamini und Hochberg"))
        #expect(text.english.contains("Least likely by chance is cell ") && text.english.contains("° N, "))
        #expect(
            text.german.contains("Am wenigsten durch Zufall zu erklären ist Zelle ") && text.german.contains("° O: "))
    }

    @Test func whereNoCellIsUnusualThatIsSaidWithWhatWasLookedFor() async throws {
        let city = try await scattered(8)
        var question = HotspotQuestion(method: .moran)
        (question.cell, question.alpha, question.sensitivity) = (500, 0.000_001, false)
        let answer = try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.anonymous)
        let text = try #require(answer.analysis.explanation)
        #expect(text.english.contains("finds nothing among") && text.english.contains("no hot spot, no cold spot"))
        #expect(text.german.contains("findet unter") && text.german.contains("keine heiße Stelle, keine kalte"))
        #expect(text.english.contains("at the level of 0.0001 %") && !text.english.contains("Least likely"))
    }

    @Test func contributionsThatAnotherCategoryIsBesideAreTold() async throws {
        let city = try await TestCity.withContributions.value
        let answer = try await city.installation.findHotspots(
            HotspotQuestion(method: .colocationLocal), of: city.proceeding(), scope: city.anonymous)
        let text = try #require(answer.analysis.explanation)
        let (more, less) = (try #require(figure(answer, "attracted")), try #require(figure(answer, "avoided")))
        #expect(more + less > 0)
        #expect(text.english.contains("nearest of \(more) (attracted") && text.english.contains("of \(less) (avoided"))
        #expect(text.german.contains("liegen bei \(more) unter den"))
        #expect(text.german.contains("bei \(less) weniger (gemieden"))
        #expect(text.english.contains("Least likely by chance is contribution "))
    }

    @Test func cellsWithAnotherShareAreTold() async throws {
        let city = try await TestCity.withContributions.value
        var question = HotspotQuestion(method: .locationQuotient)
        (question.cell, question.focus, question.sensitivity) = (500, "radverkehr", false)
        let answer = try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.anonymous)
        let text = try #require(answer.analysis.explanation)
        let (more, less) = (try #require(figure(answer, "higherCells")), try #require(figure(answer, "lowerCells")))
        #expect(more + less > 0)
        #expect(text.english.contains("in \(more) and smaller in \(less), more clearly than chance would give"))
        #expect(text.german.contains("ist der Anteil von radverkehr in \(more) größer als in allen zusammen"))
        #expect(text.english.contains(": a larger share.") || text.english.contains(": a smaller share."))
    }

    @Test func whatFewCarryIsSaid() async throws {
        // One with many supporters stands out of some hundred.
        var planted = PlantedContributions(seed: 3)
        planted.spread(200, around: 9.91, 53.39, width: 0.08, from: 1_767_567_600_000, days: 20)
        planted.add(9.93, 53.40, at: 1_767_567_600_000, votes: 5000)
        let city = try await planted.city()
        var question = HotspotQuestion(method: .gi)
        (question.cell, question.sensitivity, question.weight, question.inference) = (500, false, .support, .normal)
        let answer = try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.anonymous)
        let text = try #require(answer.analysis.explanation)
        #expect(try #require(figure(answer, "carriedByFew")) > 0)
        #expect(text.english.contains("carried by few") && text.german.contains("von wenigen getragen"))
    }
}
