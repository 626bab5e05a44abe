import GeoCore
import Platform
import Storage
import Testing

/// Where an answer is weak it says so, with the numbers that show it.
struct CautionTests {
    private static let time: Int64 = 1_767_567_600_000

    private func kinds(
        _ question: HotspotQuestion, _ city: TestCity, filter: ContributionFilter = ContributionFilter()
    ) async throws -> [AnalysisCaution.Kind: AnalysisCaution] {
        let answer = try await city.installation.findHotspots(
            question, of: city.proceeding(), filter: filter, scope: city.anonymous)
        let told = try JSONValue.parse(answer.geoJSON(), limits: .importing)["analysis"]
        let all = told?["cautions"]?.array ?? []
        #expect(all.count == answer.analysis.cautions.count + answer.analysis.warnings.count)
        #expect(all.allSatisfy { $0["de"] != $0["en"] })
        for caution in answer.analysis.cautions {
            #expect(told?["warnings"]?.array?.contains(.string(caution.english)) == true)
            #expect(caution.german != caution.english)
        }
        return Dictionary(uniqueKeysWithValues: answer.analysis.cautions.map { ($0.kind, $0) })
    }

    /// Some that lie a hundred metres apart, the last ones all at one place.
    private func city(_ apart: Int, together: Int = 0) async throws -> TestCity {
        var planted = PlantedContributions()
        for index in 0..<apart {
            planted.add(
                9.90 + Double(index % 10) * 0.0015, 53.39 + Double(index / 10) * 0.001, at: Self.time + Int64(index))
        }
        for index in 0..<together { planted.add(9.90, 53.385, at: Self.time + 1000 + Int64(index)) }
        return try await planted.city()
    }

    @Test func fewContributionsAreFewerForATestThanForAMap() async throws {
        let (few, middling, enough) = (try await city(20), try await city(40), try await city(80))
        var gi = HotspotQuestion(method: .gi)
        gi.cell = 200
        var grid = HotspotQuestion(method: .grid)
        grid.cell = 200
        #expect(try await kinds(grid, few)[.fewContributions]?.english.contains("20 were used") == true)
        #expect(try await kinds(grid, middling)[.fewContributions] == nil)
        #expect(try await kinds(gi, middling)[.fewContributions]?.german.contains("40 wurden verwendet") == true)
        #expect(try await kinds(gi, enough)[.fewContributions] == nil)
        #expect(try await kinds(gi, few)[.fewCells] != nil)
    }

    @Test func manyAtOnePlaceAreTold() async throws {
        var question = HotspotQuestion(method: .dbscan)
        question.reach = 100
        let told = try await kinds(question, city(60, together: 41))
        #expect(told[.manyAtOnePlace]?.english.contains("40 of 101 contributions (40 %)") == true)
        #expect(try await kinds(question, city(60, together: 5))[.manyAtOnePlace] == nil)
    }

    @Test func testsWithoutCorrectionSayWhatChanceWouldGive() async throws {
        let city = try await TestCity.withContributions.value
        for method in [HotspotQuestion.Method.gi, .moran, .locationQuotient] {
            var question = HotspotQuestion(method: method)
            question.cell = 400
            #expect(try await kinds(question, city)[.uncorrectedTests] == nil)
            question.correction = .none
            #expect(try await kinds(question, city)[.uncorrectedTests]?.english.contains("0.05") == true)
        }
    }

    @Test func classesThatDoNotFollowTheLevelSaySo() async throws {
        let city = try await TestCity.withContributions.value
        for (method, name) in [(HotspotQuestion.Method.gi, "hotCells"), (.locationQuotient, "higherCells")] {
            var question = HotspotQuestion(method: method)
            (question.cell, question.sensitivity) = (400, false)
            #expect(try await kinds(question, city)[.fixedBins] == nil)
            question.alpha = 0.02
            let told = try #require(try await kinds(question, city)[.fixedBins])
            #expect(told.english.contains(name) && told.english.contains("alpha=0.02"))
            #expect(told.german.contains(name) && told.german.contains("alpha=0,02"))
        }
        var moran = HotspotQuestion(method: .moran)
        (moran.cell, moran.sensitivity, moran.alpha) = (400, false, 0.02)
        #expect(try await kinds(moran, city)[.fixedBins] == nil)
    }

    @Test func aDensityWithoutCorrectionCountsThoseNearTheBorder() async throws {
        let city = try await TestCity.withContributions.value
        var question = HotspotQuestion(method: .kde)
        question.bandwidth = 300
        #expect(try await kinds(question, city)[.uncorrectedEdges] == nil)
        question.edge = HotspotQuestion.Edge.none
        let told = try await kinds(question, city)[.uncorrectedEdges]
        #expect(told?.english.contains("of 1980 contributions") == true && told?.english.contains("300 m") == true)
    }

    @Test func manyOutsideTheAreaAreTold() async throws {
        let city = try await TestCity.withContributions.value
        #expect(try await kinds(HotspotQuestion(method: .grid), city)[.manyOutside] == nil)
        var planted = PlantedContributions()
        for index in 0..<40 { planted.add(9.90 + Double(index) * 0.0005, 53.39, at: Self.time + Int64(index)) }
        for index in 0..<10 { planted.add(10.6, 53.39 + Double(index) * 0.0005, at: Self.time + 100 + Int64(index)) }
        let far = try await planted.city()
        let answer = try await far.installation.findHotspots(
            HotspotQuestion(method: .grid), of: far.proceeding(), scope: far.anonymous)
        let told = answer.analysis.cautions.first { $0.kind == .manyOutside }
        #expect(told?.english.contains("10 of 50 contributions with a place (20 %)") == true)
    }
}
