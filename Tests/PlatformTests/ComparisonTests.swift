import GeoCore
import Participation
import Platform
import Storage
import Testing

struct ComparisonTests {
    private func set(_ city: TestCity, _ category: String) async throws -> ComparedSet {
        var filter = ContributionFilter()
        filter.categories = [category]
        return ComparedSet(proceeding: try await city.proceeding(), filter: filter)
    }

    @Test func findsWhereTwoCategoriesDiffer() async throws {
        let city = try await TestCity.withContributions.value
        let comparison = try await city.installation.compare(
            set(city, "radverkehr"), with: set(city, "spiel"), cell: 500,
            scope: city.anonymous)
        #expect(comparison.cells.contains { $0.change > 0 } && comparison.cells.contains { $0.change < 0 })
        #expect(comparison.cells.reduce(0) { $0 + $1.first } == comparison.counts.first)
        #expect(comparison.cells.reduce(0) { $0 + $1.second } == comparison.counts.second)
        for cell in comparison.cells where cell.change != 0 { #expect((cell.q ?? 1) <= 0.05) }
    }

    @Test func aSetDoesNotDifferFromItself() async throws {
        let city = try await TestCity.withContributions.value
        let one = try await set(city, "radverkehr")
        let comparison = try await city.installation.compare(one, with: one, scope: city.anonymous)
        #expect(comparison.cells.allSatisfy { $0.change == 0 && $0.difference == 0 })
    }

    @Test func namesTheSetThatIsEmpty() async throws {
        let city = try await TestCity.withContributions.value
        var airships = try await set(city, "sonstiges")
        (airships.filter.from, airships.filter.until) = (0, 1)
        let none = airships
        let error = await #expect(throws: PlatformError.self) {
            try await city.installation.compare(
                set(city, "radverkehr"), with: none, scope: city.anonymous)
        }
        #expect(error?.detail.hasPrefix("Sonstiges, ") == true)
    }

    @Test func aRatioIsThatOfTheSharesOfBothSets() async throws {
        let city = try await TestCity.withContributions.value
        let comparison = try await city.installation.compare(
            set(city, "radverkehr"), with: set(city, "spiel"), cell: 500, scope: city.anonymous)
        let (all, others) = (Double(comparison.counts.first), Double(comparison.counts.second))
        for cell in comparison.cells {
            guard cell.first > 0 else {
                #expect(cell.ratio == nil)
                continue
            }
            let expected = (Double(cell.second) / others) / (Double(cell.first) / all)
            let ratio = try #require(cell.ratio)
            #expect(abs(ratio - expected) <= 1e-12 * max(1, expected))
        }
        #expect(
            String(decoding: comparison.csv, as: UTF8.self).hasPrefix("cell,first,second,difference,quotient,ratio,p"))
    }

    @Test func itsSummaryAndWordsHaveTheNumbersOfItsCells() async throws {
        let city = try await TestCity.withContributions.value
        let comparison = try await city.installation.compare(
            set(city, "radverkehr"), with: set(city, "spiel"), cell: 500, scope: city.anonymous)
        let (more, less) = (comparison.cells.count { $0.change > 0 }, comparison.cells.count { $0.change < 0 })
        let tests = comparison.cells.count { $0.p != nil }
        func figure(_ name: String) -> AnalysisRecord.Value? {
            comparison.summary.first { $0.name == name }?.value
        }
        #expect(figure("tests") == .number(Double(tests)) && figure("changed") == .number(Double(more + less)))
        #expect(figure("more") == .number(Double(more)) && figure("less") == .number(Double(less)))
        let analysis = try JSONValue.parse(comparison.geoJSON, limits: .importing)["analysis"]
        #expect(analysis?["summary"]?.array?.count == comparison.summary.count)
        let (german, english) = (analysis?["explanation"]?["de"]?.string, analysis?["explanation"]?["en"]?.string)
        #expect(english?.contains("Of \(tests) cells of 500 m") == true)
        #expect(english?.contains("than elsewhere in \(more) and a smaller one in \(less)") == true)
        #expect(english?.contains("“Radverkehr” (\(comparison.counts.first) contributions)") == true)
        #expect(german?.contains("Von \(tests) Zellen zu 500 m hat die zweite Menge in \(more)") == true)
        #expect(german?.contains("„Spiel und Sport“ (\(comparison.counts.second) Beiträge)") == true)
    }

    @Test func setsThatShareContributionsAreToldSo() async throws {
        let city = try await TestCity.withContributions.value
        let part = try await set(city, "radverkehr")
        var whole = part
        whole.filter = ContributionFilter()
        let other = try await set(city, "spiel")
        func shared(_ first: ComparedSet, _ second: ComparedSet) async throws -> AnalysisCaution? {
            let comparison = try await city.installation.compare(first, with: second, cell: 500, scope: city.anonymous)
            guard case .contributions(let count) = comparison.shared else { return nil }
            #expect(count == comparison.counts.second)
            let caution = comparison.cautions.first { $0.kind == .sharedContributions }
            #expect(caution?.english.hasPrefix("\(count) contributions are in both sets") == true)
            #expect(caution?.german.hasPrefix("\(count) Beiträge liegen in beiden Mengen") == true)
            return caution
        }
        #expect(try await shared(whole, part) != nil)
        #expect(try await shared(part, part) != nil)
        #expect(try await shared(part, other) == nil)
    }

    @Test func setsAreCalledByTitlesAndPeriodsInWords() async throws {
        let city = try await TestCity.withContributions.value
        let proceeding = try await city.proceeding()
        var (first, second) = (ContributionFilter(), ContributionFilter())
        first.categories = ["radverkehr"]
        // Whole days of Berlin, and an instant among them.
        (first.from, first.until) = (
            Timestamp.milliseconds("2026-04-01T00:00:00+02:00"),
            Timestamp.milliseconds("2026-05-01T00:00:00+02:00").map { $0 - 1 }
        )
        second.from = Timestamp.milliseconds("2026-04-20T12:30:00+02:00")
        let comparison = try await city.installation.compare(
            ComparedSet(proceeding: proceeding, filter: first),
            with: ComparedSet(proceeding: proceeding, filter: second), cell: 1000, scope: city.anonymous)
        #expect(comparison.titles.first.english == "Radverkehr, from 1 April 2026 to 30 April 2026")
        #expect(comparison.titles.first.german == "Radverkehr, vom 1. April 2026 bis 30. April 2026")
        #expect(comparison.titles.second.english == "from 20 April 2026, 12:30")
        #expect(comparison.titles.second.german == "ab 20. April 2026, 12:30 Uhr")
        let analysis = try JSONValue.parse(comparison.geoJSON, limits: .importing)["analysis"]
        #expect(analysis?["first"]?.string?.hasPrefix("musterstadt-mobil radverkehr from 2026-03-31T22:00:00Z") == true)
        #expect(analysis?["firstTitle"]?["de"]?.string == comparison.titles.first.german)
        #expect(analysis?["explanation"]?["en"]?.string?.contains("“Radverkehr, from 1 April 2026") == true)
        let picture = String(decoding: comparison.svg(language: "de"), as: UTF8.self)
        #expect(picture.contains("– ab 20. April 2026, 12:30 Uhr"))
        #expect(!picture.contains("musterstadt-mobil"))
    }

    @Test func aPartThatWordsOrVotesChooseIsNotCalledTheWhole() async throws {
        let city = try await TestCity.withContributions.value
        let proceeding = try await city.proceeding()
        var (popular, playing) = (ContributionFilter(), ContributionFilter())
        popular.minimumVotes = 1
        (playing.words, playing.categories) = ("Schule", ["spiel"])
        let comparison = try await city.installation.compare(
            ComparedSet(proceeding: proceeding, filter: popular),
            with: ComparedSet(proceeding: proceeding, filter: playing), cell: 1000, scope: city.anonymous)
        #expect(comparison.titles.first.english == "votes at least 1")
        #expect(comparison.titles.first.german == "Stimmen mindestens 1")
        #expect(comparison.titles.second.english.hasSuffix(", words Schule"))
    }

    @Test func allOfAProceedingIsCalledByItsName() async throws {
        let city = try await TestCity.withContributions.value
        let proceeding = try await city.proceeding()
        let all = ComparedSet(proceeding: proceeding, filter: ContributionFilter())
        let playing = try await set(city, "spiel")
        let comparison = try await city.installation.compare(all, with: playing, cell: 1000, scope: city.anonymous)
        #expect(comparison.titles.first.german == proceeding.name)
        #expect(comparison.names.first == proceeding.id)
        #expect(comparison.names.second == "\(proceeding.id) spiel")
    }
}
