import GeoCore
import Participation
import Platform
import Storage
import Testing

/// What two answers, one with a filter and one without, would give away of those whom it leaves out.
extension WithheldTotalsTests {
    private static let start: Int64 = 1_777_593_600_000

    private func numbers(
        _ name: String, _ question: HotspotQuestion, _ city: TestCity, _ scope: Scope,
        filter: ContributionFilter = ContributionFilter()
    ) async throws -> [Double] {
        let answer = try await city.installation.findHotspots(
            question, of: city.proceeding(), filter: filter, scope: scope)
        return answer.features.compactMap { feature in
            feature.properties.first { $0.name == name }?.value.double
        }.sorted()
    }

    private func only(_ categories: String...) -> ContributionFilter {
        var filter = ContributionFilter()
        filter.categories = categories
        return filter
    }

    @Test(arguments: [HotspotQuestion.Method.dbscan, .optics])
    func aHullInWhichTheFilterLeavesOutFewIsNotDrawn(method: HotspotQuestion.Method) async throws {
        let city = try await city([Group(place: 9.88, cycling: 12, other: 3), Group(place: 9.92, cycling: 20)])
        var question = HotspotQuestion(method: method)
        (question.reach, question.minPoints) = (300, 2)
        #expect(try await numbers("count", question, city, city.anonymous) == [15, 20])
        #expect(try await numbers("count", question, city, city.staff, filter: cycling) == [12, 20])
        // Twelve of these fifteen would tell of three.
        #expect(try await numbers("count", question, city, city.anonymous, filter: cycling) == [20])
    }

    /// Whether something is told in the west, and in the east.
    private func sides(_ answer: HotspotAnswer) -> [Bool] {
        let eastings = answer.features.flatMap { feature -> [Double] in
            switch feature.shape.shape {
            case .polygon(let rings): rings.prefix(1).compactMap { $0.first?.x }
            case .multiPolygon(let polygons): polygons.compactMap { $0.first?.first?.x }
            default: []
            }
        }
        // 9.90 degrees lie about here in zone 32.
        return [eastings.contains { $0 < 559_850 }, eastings.contains { $0 > 559_850 }]
    }

    @Test(arguments: [HotspotQuestion.Surface.cells, .isolines])
    func aDensityEndsWhereTheFilterLeavesOutFew(_ surface: HotspotQuestion.Surface) async throws {
        let city = try await city([Group(place: 9.88, cycling: 12, other: 3), Group(place: 9.92, cycling: 20)])
        var question = HotspotQuestion(method: .kde)
        (question.cell, question.bandwidth, question.edge) = (50, 300, HotspotQuestion.Edge.none)
        (question.surface, question.levels) = (surface, [99])
        let asked = question
        func told(_ scope: Scope, _ filter: ContributionFilter) async throws -> [Bool] {
            sides(
                try await city.installation.findHotspots(
                    asked, of: city.proceeding(), filter: filter, scope: scope))
        }
        #expect(try await told(city.anonymous, ContributionFilter()) == [true, true])
        #expect(try await told(city.staff, cycling) == [true, true])
        #expect(try await told(city.anonymous, cycling) == [false, true])
    }

    @Test func aCircleInWhichTheFilterLeavesOutFewIsNotDrawn() async throws {
        var planted = PlantedContributions(seed: 4)
        for index in 0..<29 {
            planted.add(
                9.88 + Double(index) * 1e-6, 53.39, at: Self.start + Int64(index),
                category: index < 20 ? "Radverkehr" : index < 26 ? "Sonstiges" : "Grün und Erholung")
        }
        planted.spread(60, around: 9.935, 53.39, width: 0.03, from: Self.start, days: 1)
        let city = try await planted.privateCity()
        var question = HotspotQuestion(method: .scan)
        (question.focus, question.cell, question.share, question.permutations) = ("radverkehr", 500, 0.5, 99)
        let filter = only("radverkehr", "sonstiges")
        #expect(try await numbers("contributions", question, city, city.anonymous).contains(29))
        #expect(try await numbers("contributions", question, city, city.staff, filter: filter).contains(26))
        #expect(try await !numbers("contributions", question, city, city.anonymous, filter: filter).contains(26))
    }

    @Test func unitsInWhichTheFilterLeavesOutFewMakeNoCircle() async throws {
        // Neighbours that share corners: their borders are whole 128ths of a degree.
        let row = (0..<4).map { 9.875 + Double($0) / 64 }
        let city = try await city([
            Group(place: row[0], cycling: 20, other: 3), Group(place: row[1], cycling: 20),
            Group(place: row[2], cycling: 6), Group(place: row[3], cycling: 6),
        ])
        try await importUnits(around: row, city)
        var question = HotspotQuestion(method: .scan)
        (question.model, question.layer, question.share, question.permutations) = (.poisson, "teile", 0.5, 99)
        #expect(try await numbers("cases", question, city, city.anonymous) == [43])
        #expect(try await numbers("cases", question, city, city.staff, filter: cycling) == [40])
        #expect(try await numbers("cases", question, city, city.anonymous, filter: cycling).isEmpty)
    }

    @Test func aCircleOfASpanInWhichTheFilterLeavesOutFewIsNotDrawn() async throws {
        var planted = PlantedContributions(seed: 5)
        for index in 0..<18 {
            planted.add(
                9.88 + Double(index) * 1e-6, 53.39, at: Self.start + 50 * PlantedContributions.day + Int64(index),
                category: index < 15 ? "Radverkehr" : "Sonstiges")
        }
        planted.spread(
            60, around: 9.935, 53.39, width: 0.03, from: Self.start, days: 100, category: "Radverkehr")
        let city = try await planted.privateCity()
        var question = HotspotQuestion(method: .scan)
        (question.model, question.step, question.cell) = (.spaceTime, .days(10), 500)
        (question.share, question.permutations) = (0.5, 99)
        #expect(try await numbers("contributions", question, city, city.anonymous).contains(18))
        #expect(try await numbers("contributions", question, city, city.staff, filter: cycling).contains(15))
        #expect(try await !numbers("contributions", question, city, city.anonymous, filter: cycling).contains(15))
    }

    @Test func cellsInWhichTheFiltersOfAComparisonLeaveOutFewAreWithheld() async throws {
        let city = try await city([
            Group(place: 9.88, cycling: 12, other: 10, green: 3), Group(place: 9.90, cycling: 20, other: 20),
            Group(place: 9.92, cycling: 9, other: 9),
        ])
        let proceeding = try await city.proceeding()
        func compare(_ second: ContributionFilter, _ scope: Scope) async throws -> [Int] {
            try await city.installation.compare(
                ComparedSet(proceeding: proceeding, filter: cycling),
                with: ComparedSet(proceeding: proceeding, filter: second), cell: 500, scope: scope
            ).cells.map(\.first).sorted()
        }
        #expect(try await compare(only("sonstiges"), city.staff) == [9, 12, 20])
        // All of a cell less both sides are three; the smallest other is withheld for the total.
        #expect(try await compare(only("sonstiges"), city.anonymous) == [20])
        // Thirteen others are left out by the one filter, and nobody by both.
        #expect(try await compare(only("sonstiges", "gruen"), city.anonymous) == [9, 12, 20])
    }

    @Test func aFeatureNearWhichTheFilterLeavesOutFewIsNotRanked() async throws {
        let city = try await city([
            Group(place: 9.88, cycling: 12, other: 3), Group(place: 9.90, cycling: 6), Group(place: 9.92, cycling: 20),
        ])
        try await importUnits(around: [9.88, 9.90, 9.92], city)
        func rank(_ scope: Scope, _ filter: ContributionFilter = ContributionFilter()) async throws -> [Int] {
            try await city.installation.rankFeatures(
                layer: "teile", of: city.proceeding(), filter: filter, scope: scope
            )
            .features.map(\.contributions.count)
        }
        #expect(try await rank(city.anonymous) == [20, 15, 6])
        #expect(try await rank(city.staff, cycling) == [20, 12, 6])
        #expect(try await rank(city.anonymous, cycling) == [20])
    }
}
