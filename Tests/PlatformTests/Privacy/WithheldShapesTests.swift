import Foundation
import GeoCore
import Participation
import Storage
import Testing

@testable import Platform

/// What surfaces, clusters, classes and steps tell the public of few contributions where some are private.
struct WithheldShapesTests {
    private static let start: Int64 = 1_777_593_600_000

    private func find(_ question: HotspotQuestion, _ city: TestCity, _ scope: Scope) async throws -> HotspotAnswer {
        try await city.installation.findHotspots(question, of: city.proceeding(), scope: scope)
    }

    private func value(_ feature: AnalysisFeature?, _ name: String) -> JSONValue? {
        feature?.properties.first { $0.name == name }?.value
    }

    private func eastings(_ answer: HotspotAnswer) -> [Double] {
        answer.features.compactMap { $0.shape.shape.boundingBox?.center.x }
    }

    /// Half way between the shapes in the west and those in the east.
    private func middle(_ answer: HotspotAnswer) throws -> Double {
        let all = eastings(answer)
        return (try #require(all.min()) + #require(all.max())) / 2
    }

    private func west(_ answer: HotspotAnswer, of easting: Double) -> Int {
        eastings(answer).count { $0 < easting }
    }

    /// Twelve at one place, and one far in the west.
    private func lonelyCity() async throws -> TestCity {
        var planted = PlantedContributions()
        planted.add(9.88, 53.39, at: Self.start, category: "Radverkehr")
        for index in 0..<12 {
            planted.add(9.92 + Double(index) * 1e-5, 53.39, at: Self.start + Int64(index), category: "Radverkehr")
        }
        return try await planted.privateCity()
    }

    @Test func aDensityEndsWhereFewStandBehindIt() async throws {
        let city = try await lonelyCity()
        var question = HotspotQuestion(method: .kde)
        (question.cell, question.bandwidth, question.edge) = (50, 300, HotspotQuestion.Edge.none)
        let told = try await find(question, city, city.staff)
        let shown = try await find(question, city, city.anonymous)
        let between = try middle(told)
        #expect(west(told, of: between) > 0 && west(shown, of: between) == 0)
        #expect(shown.features.count > 0)
        // The largest value could be that of a place which is withheld.
        #expect(told.analysis.summary.contains { $0.name == "maximum" })
        #expect(!shown.analysis.summary.contains { $0.name == "maximum" })
    }

    @Test func aContourAroundFewIsNotDrawnAndItsShareNotTold() async throws {
        let city = try await lonelyCity()
        var question = HotspotQuestion(method: .kde)
        (question.cell, question.bandwidth, question.edge) = (50, 300, HotspotQuestion.Edge.none)
        (question.surface, question.levels) = (.isolines, [50, 99])
        func parts(_ answer: HotspotAnswer) -> [Int] {
            answer.features.map { feature in
                if case .multiPolygon(let polygons) = feature.shape.shape { polygons.count } else { 0 }
            }
        }
        let told = try await find(question, city, city.staff)
        #expect(parts(told) == [2, 1])
        #expect(value(told.features.first, "shareOfContributions") == .number(1))
        let shown = try await find(question, city, city.anonymous)
        #expect(parts(shown) == [1, 1])
        #expect(value(shown.features.first, "area") == .null)
        // One of thirteen lies outside the inner one.
        #expect(value(shown.features.last, "shareOfContributions") == .null)
    }

    @Test func aRatioEndsWhereFewStandBehindIt() async throws {
        var planted = PlantedContributions()
        for (place, own, others) in [(9.88, 2, 12), (9.92, 12, 12)] {
            for index in 0..<(own + others) {
                planted.add(
                    place + Double(index) * 1e-5, 53.39, at: Self.start + Int64(index),
                    category: index < own ? "Radverkehr" : "Sonstiges")
            }
        }
        let city = try await planted.privateCity()
        var question = HotspotQuestion(method: .relativeRisk)
        (question.focus, question.bandwidth, question.cell) = ("radverkehr", 300, 100)
        let told = try await find(question, city, city.staff)
        let shown = try await find(question, city, city.anonymous)
        let between = try middle(told)
        #expect(west(told, of: between) > 0 && west(shown, of: between) == 0)
        #expect(shown.features.count > 0)
    }

    @Test func aClassIsWithheldWhereFewStandBehindThePlaceAndItsNeighbours() async throws {
        let city = try await lonelyCity()
        var question = HotspotQuestion(method: .gi)
        (question.cell, question.neighbours, question.sensitivity) = (200, 1, false)
        question.correction = .none
        let told = try await find(question, city, city.staff)
        let lonely = try #require(told.features.first { value($0, "count") == .integer(1) })
        let shown = try await find(question, city, city.anonymous)
        let same = try #require(shown.features.first { $0.id == lonely.id })
        #expect(value(same, "bin") == .null && same.value == nil && value(same, "count") == .null)
        // Its neighbours are empty, which may be told; their scores are those of the one beside them.
        let withheld = shown.features.filter { value($0, "bin") == .null }
        #expect(withheld.count == 7)
        #expect(withheld.count { value($0, "count") == .integer(0) } == 6)
        // Scores of others would let the withheld count be worked out.
        #expect(shown.features.allSatisfy { value($0, "z") == .null && value($0, "p") == .null })
        #expect(shown.features.contains { ($0.value ?? 0) > 0 })
    }

    @Test func aClusterIsWithheldForTheSideOfTheShareThatIsFew() async throws {
        var planted = PlantedContributions(seed: 4)
        for index in 0..<22 {
            planted.add(
                9.88 + Double(index) * 1e-6, 53.39, at: Self.start + Int64(index),
                category: index < 20 ? "Radverkehr" : "Sonstiges")
        }
        planted.spread(60, around: 9.935, 53.39, width: 0.03, from: Self.start, days: 1)
        let city = try await planted.privateCity()
        var question = HotspotQuestion(method: .scan)
        (question.focus, question.cell, question.share, question.permutations) = ("radverkehr", 500, 0.5, 99)
        let told = try await find(question, city, city.staff)
        #expect(told.features.contains { value($0, "contributions") == .integer(22) })
        // Twenty of twenty-two tell that two are not of the category.
        let shown = try await find(question, city, city.anonymous)
        #expect(!shown.features.contains { value($0, "contributions") == .integer(22) })
    }

    @Test func aClusterTellsNeitherItsFirstAndLastNorACategoryOfFew() async throws {
        var planted = PlantedContributions()
        for (place, categories) in [
            (9.88, ["Sonstiges", "Sonstiges", "Sonstiges", "ÖPNV", "ÖPNV", "Aufenthalt"]),
            (9.92, Array(repeating: "Radverkehr", count: 7)),
        ] {
            for (index, category) in categories.enumerated() {
                planted.add(place + Double(index) * 1e-5, 53.39, at: Self.start + Int64(index), category: category)
            }
        }
        let city = try await planted.privateCity()
        var question = HotspotQuestion(method: .dbscan)
        (question.reach, question.minPoints) = (300, 2)
        let told = try await find(question, city, city.staff)
        func numbers(_ answer: HotspotAnswer, _ name: String) -> [Double] {
            answer.features.compactMap { value($0, name)?.double }.sorted()
        }
        #expect(numbers(told, "topCategoryCount") == [3, 7])
        let shown = try await find(question, city, city.anonymous)
        #expect(numbers(shown, "count") == [6, 7])
        #expect(numbers(shown, "topCategoryCount") == [7])
        for name in ["from", "until"] {
            #expect(told.features.allSatisfy { value($0, name) != .null }, "\(name)")
            #expect(shown.features.allSatisfy { value($0, name) == .null }, "\(name)")
        }
    }

    @Test func stepsOfCellsAndSumsOfStepsAreWithheld() async throws {
        let city = try await PatternTests.grouped().privateCity()
        var question = HotspotQuestion(method: .emerging)
        (question.cell, question.step, question.locations) = (500, .days(10), .occupied)
        let told = try await find(question, city, city.staff)
        let shown = try await find(question, city, city.anonymous)
        #expect(told.series.contains { $0.name == "contributions" })
        #expect(!shown.series.contains { $0.name == "contributions" })
        #expect(told.features.allSatisfy { value($0, "counts") != .null && value($0, "lastZ") != nil })
        #expect(!shown.features.isEmpty)
        for name in ["counts", "z", "lastZ"] {
            #expect(shown.features.allSatisfy { value($0, name) == .null }, "\(name)")
        }
    }

    @Test func patternsAtOtherScalesAndTheirLikenessAreWithheld() async throws {
        let monday: Int64 = 1_767_567_600_000
        var planted = PlantedContributions(seed: 7)
        planted.add(9.91, 53.391, at: monday)
        for week in 0..<12 {
            let start = monday + Int64(week * 7) * PlantedContributions.day
            planted.spread(
                12, around: 9.90, 53.39, width: 0.003, from: start, days: 6.9, category: "Radverkehr")
            planted.spread(10, around: 9.91, 53.39, width: 0.08, from: start, days: 6.9)
        }
        planted.add(9.93, 53.40, at: monday + 1000, category: "Radverkehr")
        planted.add(9.91, 53.391, at: monday + 84 * PlantedContributions.day + 3_600_000)
        let city = try await planted.privateCity()
        var question = HotspotQuestion(method: .emerging)
        (question.cell, question.step) = (400, .week)
        for (scope, isTold) in [(city.staff, true), (city.anonymous, false)] {
            let answer = try await find(question, city, scope)
            #expect(!answer.features.isEmpty && answer.scales.isEmpty == !isTold)
            #expect(answer.features.contains { (value($0, "stability") ?? .null) != .null } == isTold)
            let names = ["meanJaccard", "leastJaccard"]
            #expect(answer.analysis.summary.contains { names.contains($0.name) } == isTold)
        }
    }

    @Test func howManyCarryAPlaceIsWithheld() async throws {
        let city = try await PatternTests.grouped().privateCity()
        var question = HotspotQuestion(method: .gi)
        (question.cell, question.weight, question.sensitivity) = (500, .support, false)
        let (told, shown) = (try await find(question, city, city.staff), try await find(question, city, city.anonymous))
        #expect(told.features.contains { (value($0, "effectiveNumber") ?? .null) != .null })
        #expect(shown.features.allSatisfy { (value($0, "effectiveNumber") ?? .null) == .null })
    }

    @Test func linesAndAreasAreNotSpreadOverCells() async throws {
        let city = try await lonelyCity()
        var question = HotspotQuestion(method: .grid)
        question.cell = 500
        let told = try await find(question, city, city.staff)
        let shown = try await find(question, city, city.anonymous)
        #expect(told.question.apportioning == .share && shown.question.apportioning == .point)
        #expect(shown.analysis.warnings.contains { $0.contains("lines and areas count where their point lies") })
    }

    @Test func aReportSaysWhereNothingMayBeToldOfHotSpots() {
        let nothing = HotspotAnswer(
            question: HotspotQuestion(method: .gi),
            analysis: AnalysisRecord(method: "", reference: "", crs: "EPSG:25832", studyArea: "", dataVersion: 1),
            shapes: AnswerShapes([]), area: nil, proceedingName: "")
        var report = ReportDocument(title: "", language: "en")
        report.summary(ReportWords(language: "en"), ProceedingStatistics(), nothing, [])
        let text = String(decoding: report.bytes(), as: UTF8.self)
        #expect(text.contains("Nothing is told of hot spots") && !text.contains("No place stands out"))
    }

    @Test func aPlaceOfTheReportTellsNoSumWithoutThoseWithheld() {
        func feature(_ id: String, _ count: JSONValue) -> AnalysisFeature {
            AnalysisFeature(
                id: id, shape: MetricGeometry(metres: .polygon([BoundingBox(minX: 0, minY: 0, maxX: 1, maxY: 1).ring])),
                properties: [("count", count), ("z", .null)], value: 3)
        }
        func places(_ counts: JSONValue...) -> [HotspotPlace] {
            HotspotAnswer(
                question: HotspotQuestion(method: .gi),
                analysis: AnalysisRecord(
                    method: "", reference: "", crs: "EPSG:25832", studyArea: "", dataVersion: 1),
                shapes: AnswerShapes(counts.enumerated().map { feature("\($0)_0", $1) }), area: nil, proceedingName: ""
            ).hotPlaces()
        }
        #expect(places(.integer(7), .integer(9)).map(\.contributions) == [16])
        #expect(places(.integer(7), .null).map(\.contributions) == [nil])
        #expect(places(.integer(7), .null).map(\.cells) == [2])
        #expect(places(.null).first?.peak == nil)
    }
}
