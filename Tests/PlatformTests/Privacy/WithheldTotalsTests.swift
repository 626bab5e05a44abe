import Foundation
import GeoCore
import Participation
import Storage
import Testing

@testable import Platform

/// What totals, other sides and comparisons would give away of few contributions where some are private.
struct WithheldTotalsTests {
    private static let start: Int64 = 1_777_593_600_000

    /// Some contributions at one place.
    struct Group {
        var place: Double
        var cycling = 0
        var other = 0
        var green = 0
    }

    func city(_ groups: [Group], haveAuthors: Bool = true) async throws -> TestCity {
        var planted = PlantedContributions()
        for group in groups {
            let all = [("Radverkehr", group.cycling), ("Sonstiges", group.other), ("Grün und Erholung", group.green)]
                .flatMap { Array(repeating: $0, count: $1) }
            for (index, category) in all.enumerated() {
                planted.add(
                    group.place + Double(index) * 1e-6, 53.39, at: Self.start + Int64(planted.features.count),
                    category: category)
            }
        }
        return try await planted.privateCity(haveAuthors: haveAuthors)
    }

    /// Area units a 64th of a degree wide around some places, with inhabitants.
    func importUnits(around places: [Double], _ city: TestCity) async throws {
        let units = places.enumerated().map { number, place in
            """
            {"type":"Feature","properties":{"name":"Teil \(number)","population":1000},"geometry":{"type":"Polygon",\
            "coordinates":[[[\(place - 0.0078125),53.37],[\(place + 0.0078125),53.37],[\(place + 0.0078125),53.41],\
            [\(place - 0.0078125),53.41],[\(place - 0.0078125),53.37]]]}}
            """
        }
        let file = try city.file(
            "teile.geojson", #"{"type":"FeatureCollection","features":["# + units.joined(separator: ",") + "]}")
        var options = LayerImportOptions()
        (options.id, options.name, options.populationField) = ("teile", "Stadtteile", "population")
        _ = try await city.installation.importLayer(
            path: file.path, fileName: file.lastPathComponent, options: options, to: city.proceeding(),
            scope: city.staff)
    }

    func areas(
        _ city: TestCity, _ scope: Scope, filter: ContributionFilter = ContributionFilter(), focus: String? = nil
    ) async throws -> AreaStatistics {
        try await city.installation.areaStatistics(
            layer: "teile", of: city.proceeding(), filter: filter, options: AreaOptions(focus: focus), scope: scope)
    }

    private func counts(_ answer: HotspotAnswer) -> [Double] {
        answer.features.compactMap { feature in feature.properties.first { $0.name == "count" }?.value.double }.sorted()
    }

    private func grid(
        _ city: TestCity, _ scope: Scope, filter: ContributionFilter = ContributionFilter()
    ) async throws -> HotspotAnswer {
        var question = HotspotQuestion(method: .grid)
        question.cell = 500
        return try await city.installation.findHotspots(question, of: city.proceeding(), filter: filter, scope: scope)
    }

    /// The counts of the cells that are told.
    private func cells(
        _ city: TestCity, _ scope: Scope, filter: ContributionFilter = ContributionFilter()
    ) async throws -> [Double] {
        try await counts(grid(city, scope, filter: filter))
    }

    var cycling: ContributionFilter {
        var filter = ContributionFilter()
        filter.categories = ["radverkehr"]
        return filter
    }

    @Test func anAnswerThatRestsOnFewTellsNothing() async throws {
        let city = try await city([Group(place: 9.90, cycling: 3)])
        #expect(try await cells(city, city.staff) == [3])
        let shown = try await grid(city, city.anonymous)
        #expect(shown.features.isEmpty && shown.analysis.summary.isEmpty && shown.analysis.isUsedSuppressed)
        #expect(String(decoding: try shown.geoJSON(), as: UTF8.self).contains(#""used":null"#))
        // Nor where their middle lies.
        let middle = try await city.installation.findPattern(
            PatternQuestion(method: .centrography), of: city.proceeding(), scope: city.anonymous)
        #expect(middle.features.isEmpty && middle.analysis.summary.isEmpty)
    }

    /// After retention nobody knows who wrote: all may be one person.
    @Test func contributionsOfNobodyKnownAreOnePersons() async throws {
        let city = try await city(
            [Group(place: 9.88, cycling: 12), Group(place: 9.92, cycling: 20)], haveAuthors: false)
        #expect(try await cells(city, city.staff) == [12, 20])
        #expect(try await cells(city, city.anonymous).isEmpty)
    }

    @Test func fewThatAreLeftOutAreWithheldAndNotGivenAwayByTheRest() async throws {
        let city = try await city([
            Group(place: 9.88, cycling: 12), Group(place: 9.92, cycling: 6), Group(place: 9.50, cycling: 2),
        ])
        let told = try await grid(city, city.staff)
        #expect(told.analysis.used == 18 && told.analysis.leftOut.map(\.count) == [2])
        let shown = try await grid(city, city.anonymous)
        #expect(shown.analysis.isUsedSuppressed && shown.analysis.leftOut.allSatisfy(\.isSuppressed))
        #expect(counts(shown) == [12])
        #expect(!shown.analysis.summary.contains { $0.name == "maximum" || $0.name == "occupiedCells" })
    }

    @Test func classesDoNotCountCellsThatAreWithheld() async throws {
        let city = try await city([
            Group(place: 9.87, cycling: 12), Group(place: 9.89, cycling: 20), Group(place: 9.91, cycling: 6),
            Group(place: 9.93, cycling: 2),
        ])
        var question = HotspotQuestion(method: .grid)
        question.cell = 500
        question.breaks = ClassBreaks(.equal, classes: 2)
        let shown = try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.anonymous)
        #expect(counts(shown) == [12, 20])
        #expect(shown.analysis.classes?.counts.reduce(0, +) == 2)
    }

    @Test func whatTheFilterLeavesOutOfACellMustNotBeFew() async throws {
        let city = try await city([Group(place: 9.88, cycling: 12, other: 3), Group(place: 9.92, cycling: 20)])
        #expect(try await cells(city, city.anonymous) == [15, 20])
        // Twelve of these fifteen would tell of three.
        #expect(try await cells(city, city.staff, filter: cycling) == [12, 20])
        #expect(try await cells(city, city.anonymous, filter: cycling).isEmpty)
        try await importUnits(around: [9.88, 9.92], city)
        #expect(try await areas(city, city.anonymous).units.map(\.count) == [15, 20])
        #expect(try await areas(city, city.staff, filter: cycling).units.map(\.count) == [12, 20])
        #expect(try await areas(city, city.anonymous, filter: cycling).units.allSatisfy(\.isSuppressed))
    }

    /// Everybody knows where those of other categories lie, and can take them off.
    @Test func othersDoNotHideFewPrivateOnes() async throws {
        let city = try await city([
            Group(place: 9.88, cycling: 2, other: 12), Group(place: 9.90, cycling: 12), Group(place: 9.92, cycling: 20),
        ])
        #expect(try await cells(city, city.staff) == [12, 14, 20])
        #expect(try await cells(city, city.anonymous) == [20])
        try await importUnits(around: [9.88, 9.90, 9.92], city)
        #expect(try await areas(city, city.anonymous).units.map(\.isSuppressed) == [true, true, false])
        let ranking = try await city.installation.rankFeatures(
            layer: "teile", of: city.proceeding(), scope: city.anonymous)
        #expect(ranking.features.map(\.contributions.count) == [20])
        // Those of the other categories alone are told: they hide nobody.
        var others = ContributionFilter()
        others.categories = ["sonstiges"]
        #expect(try await cells(city, city.anonymous, filter: others) == [12])
    }

    @Test func rateOfTheWholeIsWithheldWhereItTellsOfTheOnlyFew() async throws {
        let alone = try await city([Group(place: 9.88, cycling: 2)])
        try await importUnits(around: [9.88, 9.92], alone)
        #expect(try await areas(alone, alone.staff).overallRate == 1)
        let shown = try await areas(alone, alone.anonymous)
        #expect(shown.overallRate == nil && shown.units.allSatisfy { $0.expected == nil && $0.smoothedRate == nil })
        #expect(shown.units.map(\.isSuppressed) == [true, false])
        // Those in no unit are withheld with it, and the rate would tell the one from the others.
        let beside = try await city([Group(place: 9.88, cycling: 2), Group(place: 9.94, cycling: 9)])
        try await importUnits(around: [9.88, 9.92], beside)
        #expect(try await areas(beside, beside.staff).outside == 9)
        let withheld = try await areas(beside, beside.anonymous)
        #expect(withheld.isOutsideSuppressed && withheld.outside == 0 && withheld.overallRate == nil)
        #expect(String(decoding: withheld.geoJSON, as: UTF8.self).contains(#""outside":null"#))
    }

    @Test func shareOfACategoryInAUnitIsWithheldForTheSideThatIsFew() async throws {
        let city = try await city([
            Group(place: 9.88, cycling: 10, other: 8), Group(place: 9.90, cycling: 9, other: 2),
            Group(place: 9.92, cycling: 15, other: 15),
        ])
        try await importUnits(around: [9.88, 9.90, 9.92], city)
        func told(_ scope: Scope) async throws -> [JSONValue?] {
            try await areas(city, scope, focus: "radverkehr").units.map { unit in
                unit.further.first { $0.name == "focusCount" }?.value
            }
        }
        #expect(try await told(city.staff) == [.integer(10), .integer(9), .integer(15)])
        // Nine of eleven tell of two; eight of eighteen would give these away.
        #expect(try await told(city.anonymous) == [.null, .null, .integer(15)])
        #expect(try await areas(city, city.anonymous).units.map(\.count) == [18, 11, 30])
    }

    @Test func pairsOfCategoriesWithFewAreWithheld() async throws {
        let city = try await city([
            Group(place: 9.88, cycling: 12, other: 5), Group(place: 9.92, other: 8, green: 2),
        ])
        let question = PatternQuestion(method: .colocation)
        func told(_ scope: Scope) async throws -> [Int64] {
            let answer = try await city.installation.findPattern(question, of: city.proceeding(), scope: scope)
            #expect(answer.series.first { $0.name == "quotient" }?.values.count == 9)
            return answer.series.first { $0.name == "contributions" }?.values.compactMap { value in
                if case .integer(let number) = value { number } else { nil }
            } ?? []
        }
        #expect(try await told(city.staff) == [2, 2, 2, 12, 12, 12, 13, 13, 13])
        // Twelve would give two away by the total.
        #expect(try await told(city.anonymous) == [13, 13, 13])
        let shown = try await city.installation.findPattern(question, of: city.proceeding(), scope: city.anonymous)
        for name in ["quotient", "p", "q"] {
            let values = try #require(shown.series.first { $0.name == name }?.values)
            #expect(values.count { $0 != .null } <= 1, "\(name)")
        }
        let picture = String(decoding: shown.svg(language: "en"), as: UTF8.self)
        #expect(picture.components(separatedBy: ": not told</title>").count == 9)
        #expect(picture.contains(#"fill="url(#w)""#))
    }

    @Test func cellsOfAComparisonWithFewAreLeftOut() async throws {
        let city = try await city([
            Group(place: 9.88, cycling: 12, other: 10), Group(place: 9.90, cycling: 6, other: 2),
            Group(place: 9.92, cycling: 9, other: 9),
        ])
        func compare(_ scope: Scope, with category: String = "sonstiges") async throws -> ContributionComparison {
            var other = ContributionFilter()
            other.categories = [category]
            let proceeding = try await city.proceeding()
            return try await city.installation.compare(
                ComparedSet(proceeding: proceeding, filter: cycling),
                with: ComparedSet(proceeding: proceeding, filter: other), cell: 500, scope: scope)
        }
        #expect(try await compare(city.staff).cells.count == 3)
        let shown = try await compare(city.anonymous)
        #expect(shown.isWithheld && shown.cells.map(\.first) == [12] && shown.cells.map(\.second) == [10])
        #expect(!shown.areCountsSuppressed && shown.counts.first == 27 && shown.counts.second == 21)
    }

    @Test func aComparisonWithFewInAllTellsNotHowMany() async throws {
        let city = try await city([Group(place: 9.88, cycling: 12, other: 2), Group(place: 9.92, cycling: 9)])
        var other = ContributionFilter()
        other.categories = ["sonstiges"]
        let proceeding = try await city.proceeding()
        let shown = try await city.installation.compare(
            ComparedSet(proceeding: proceeding, filter: cycling),
            with: ComparedSet(proceeding: proceeding, filter: other), cell: 500, scope: city.anonymous)
        #expect(shown.areCountsSuppressed && shown.counts.first == 0 && shown.counts.second == 0)
        let text = String(decoding: shown.geoJSON, as: UTF8.self)
        #expect(text.contains(#""firstCount":null,"secondCount":null"#))
        #expect(shown.cells.allSatisfy { $0.quotient == nil && $0.ratio == nil && $0.difference == nil && $0.p == nil })
        #expect(shown.shared == .nothing && shown.explanation.english.contains("withheld"))
    }

    @Test func howManyAreInBothSetsOfAComparisonIsWithheld() async throws {
        let city = try await city([
            Group(place: 9.88, cycling: 12, other: 10), Group(place: 9.92, cycling: 9, other: 9),
        ])
        let proceeding = try await city.proceeding()
        func compare(_ scope: Scope) async throws -> ContributionComparison {
            try await city.installation.compare(
                ComparedSet(proceeding: proceeding, filter: ContributionFilter()),
                with: ComparedSet(proceeding: proceeding, filter: cycling), cell: 500, scope: scope)
        }
        #expect(try await compare(city.staff).shared == .contributions(21))
        let shown = try await compare(city.anonymous)
        #expect(shown.shared == .withheld)
        #expect(shown.cautions.contains { $0.english.hasPrefix("contributions may be in both sets") })
    }

    @Test func featuresNearWhichFewWroteAreLeftOutOfARanking() async throws {
        let city = try await city([
            Group(place: 9.88, cycling: 12), Group(place: 9.90, cycling: 6), Group(place: 9.92, cycling: 2),
        ])
        try await importUnits(around: [9.88, 9.90, 9.92, 9.94], city)
        func rank(_ scope: Scope) async throws -> FeatureRanking {
            try await city.installation.rankFeatures(layer: "teile", of: city.proceeding(), scope: scope)
        }
        let told = try await rank(city.staff)
        #expect(told.features.map(\.contributions.count) == [12, 6, 2] && told.silent == 1 && !told.isWithheld)
        let shown = try await rank(city.anonymous)
        #expect(shown.features.map(\.name) == ["Teil 0"] && shown.silent == 3 && shown.isWithheld)
        // Which lie in a unit would tell where each lies.
        #expect(String(decoding: shown.geoJSON, as: UTF8.self).contains(#""contributionIds":null"#))
        #expect(!String(decoding: told.geoJSON, as: UTF8.self).contains(#""contributionIds":null"#))
        // People know the layer by its name.
        #expect(String(decoding: told.svg(title: "Verfahren", language: "de"), as: UTF8.self).contains("Stadtteile"))
    }

    @Test func fewNearNoFeatureAreWithheldFromARanking() async throws {
        let city = try await city([
            Group(place: 9.88, cycling: 12), Group(place: 9.90, cycling: 6), Group(place: 9.94, cycling: 2),
        ])
        try await importUnits(around: [9.88, 9.90], city)
        let shown = try await city.installation.rankFeatures(
            layer: "teile", of: city.proceeding(), scope: city.anonymous)
        #expect(shown.isElsewhereSuppressed && shown.elsewhere == 0)
        #expect(shown.features.map(\.contributions.count) == [12])
    }
}
