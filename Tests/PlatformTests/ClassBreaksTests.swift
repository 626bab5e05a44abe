import Foundation
import GeoCore
import Platform
import Storage
import Testing

/// Classes of cells and area units, shares of categories, lines and areas in cells.
struct ClassBreaksTests {
    @Test(arguments: ClassBreaks.Rule.allCases)
    func cellsAreInTheClassOfTheirLimits(_ rule: ClassBreaks.Rule) async throws {
        let city = try await TestCity.withContributions.value
        var question = HotspotQuestion(method: .grid)
        question.cell = 500
        question.apportion = .point
        question.breaks = ClassBreaks(rule, classes: 4)
        let answer = try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.anonymous)
        let classes = try #require(answer.analysis.classes)
        #expect(classes.counts.reduce(0, +) == answer.features.count)
        #expect(rule == .headTail || classes.limits.count <= 4)
        for feature in answer.features {
            let number = feature.properties.first { $0.name == "class" }?.value.double ?? 0
            let value = feature.value ?? 0
            let index = Int(number) - 1
            #expect(value <= classes.limits[index] && (index == 0 || value > classes.limits[index - 1]))
        }
        let document = try JSONValue.parse(answer.geoJSON(), limits: .importing)
        #expect(document["analysis"]?["classes"]?["limits"]?.array?.count == classes.limits.count)
        #expect(String(decoding: answer.svg(language: "de"), as: UTF8.self).contains("≤ "))
    }

    @Test func theNumberOfClassesAskedForIsToldWhereEqualValuesMakeFewer() async throws {
        let city = try await TestCity.withContributions.value
        func told(_ classes: Int) async throws -> AnalysisRecord.Parameter? {
            var question = HotspotQuestion(method: .grid)
            (question.cell, question.breaks) = (200, ClassBreaks(.quantile, classes: classes))
            return try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.anonymous)
                .analysis.parameters.first { $0.name == "classes" }
        }
        let many = try await told(12)
        #expect(many?.value == .number(12) && many?.origin == .given)
        #expect(many?.rule?.hasSuffix("were made, since equal values stay together") == true)
        #expect(try await told(5)?.origin == .standard)
    }

    @Test func areaUnitsAreClassifiedAndComparedByCategory() async throws {
        let city = try await TestCity()
        _ = try await city.importContributions()
        _ = try await city.importLayer(
            TestCity.geodata.appendingPathComponent("stadtteile.gpkg"), id: "stadtteile", populationField: "population")
        let options = AreaOptions(focus: "radverkehr", breaks: ClassBreaks(.jenks, classes: 4))
        let result = try await city.installation.areaStatistics(
            layer: "stadtteile", of: city.proceeding(), options: options, scope: city.anonymous)
        #expect(result.classes?.limits.count == 4)
        let names = result.units[0].further.map(\.name)
        #expect(
            names == ["focusCount", "locationQuotient", "smoothedQuotient", "quotientP", "quotientQ", "class"])
        let counts = result.units.compactMap { $0.further.first?.value.double }
        let share = try #require(result.focusShare)
        let total = Double(result.units.reduce(0) { $0 + $1.count })
        #expect(abs(counts.reduce(0, +) / total - share) < 1e-12)
        #expect(String(decoding: result.svg(title: "x", language: "de"), as: UTF8.self).contains("<path"))
        let bars = try await city.installation.areaStatistics(
            layer: "stadtteile", of: city.proceeding(), scope: city.anonymous)
        let german = String(decoding: bars.svg(title: "x", language: "de"), as: UTF8.self)
        let english = String(decoding: bars.svg(title: "x", language: "en"), as: UTF8.self)
        #expect(german.contains(#/<title>[^<]+: \d+,\d+<\/title>/#) && !german.contains(#/<title>[^<]+: \d+\.\d+</#))
        #expect(english.contains(#/<title>[^<]+: \d+\.\d+<\/title>/#))
        let unknown = AreaOptions(focus: "gibtsnicht")
        await #expect(throws: PlatformError.self) {
            try await city.installation.areaStatistics(
                layer: "stadtteile", of: city.proceeding(), options: unknown, scope: city.anonymous)
        }
    }

    @Test func linesAndAreasCountByTheirShareInEachCell() async throws {
        let city = try await TestCity.withContributions.value
        var question = HotspotQuestion(method: .grid)
        question.cell = 300
        func sum(_ way: HotspotQuestion.Apportion?) async throws -> (weight: Double, outside: Double, cells: Int) {
            question.apportion = way
            let answer = try await city.installation.findHotspots(
                question, of: city.proceeding(), scope: city.anonymous)
            let outside = answer.analysis.summary.first { $0.name == "weightOutside" }.map { figure -> Double in
                if case .number(let number) = figure.value { number } else { 0 }
            }
            return (answer.features.reduce(0) { $0 + ($1.value ?? 0) }, outside ?? 0, answer.features.count)
        }
        let (point, share, touch, standard) = (
            try await sum(.point), try await sum(.share), try await sum(.touch), try await sum(nil)
        )
        #expect(point.weight == 1980)
        #expect(abs(share.weight + share.outside - 1980) < 1e-6)
        #expect(touch.weight > 1980)
        #expect(share.cells > point.cells)
        #expect(standard == share)
    }

    @Test func hotspotsOfSharesAreTestedByDrawing() async throws {
        let city = try await TestCity.withContributions.value
        var question = HotspotQuestion(method: .gi)
        question.cell = 500
        question.apportion = .share
        question.sensitivity = false
        question.inference = .exact
        question.permutations = 999
        let answer = try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.anonymous)
        #expect(answer.analysis.parameters.first { $0.name == "apportion" }?.value == .text("share"))
        #expect(answer.analysis.parameters.first { $0.name == "inference" }?.value == .text("permutation"))
    }
}
