import Analysis
import GeoCore
import Participation
import Storage
import Testing

@testable import Platform

/// What rates, circles, noise and figures of the whole would give away of few contributions where some are private.
extension WithheldTotalsTests {
    /// Neighbours that share corners: their borders are whole 128ths of a degree.
    private static let row = (0..<4).map { 9.875 + Double($0) / 64 }

    private func find(
        _ question: HotspotQuestion, _ city: TestCity, _ scope: Scope, filter: ContributionFilter = ContributionFilter()
    ) async throws -> HotspotAnswer {
        try await city.installation.findHotspots(question, of: city.proceeding(), filter: filter, scope: scope)
    }

    private func values(_ features: [AnalysisFeature], _ name: String) -> [JSONValue?] {
        features.map { feature in feature.properties.first { $0.name == name }?.value }
    }

    @Test func ratesOfAPatternTellNoMoreThanStatisticsOfTheSameUnits() async throws {
        let city = try await city([
            Group(place: Self.row[0], cycling: 2, other: 12), Group(place: Self.row[1], cycling: 12, other: 3),
            Group(place: Self.row[2], cycling: 20), Group(place: Self.row[3], cycling: 9),
        ])
        try await importUnits(around: Self.row, city)
        var question = PatternQuestion(method: .moran)
        (question.layer, question.permutations) = ("teile", 99)
        for filter in [ContributionFilter(), cycling] {
            let told = try await city.installation.findPattern(
                question, of: city.proceeding(), filter: filter, scope: city.staff)
            #expect(values(told.features, "standardized").allSatisfy { $0?.double != nil })
            #expect(told.analysis.summary.contains { $0.name == "moransI" })
            let shown = try await city.installation.findPattern(
                question, of: city.proceeding(), filter: filter, scope: city.anonymous)
            let units = try await areas(city, city.anonymous, filter: filter).units
            #expect(units.contains { $0.isSuppressed })
            #expect(values(shown.features, "isSuppressed") == units.map { .bool($0.isSuppressed) })
            #expect(values(shown.features, "name") == units.map { .string($0.name) })
            // With the score of a unit the mean and spread of all are known, and so are those withheld.
            #expect(values(shown.features, "standardized").allSatisfy { $0 == .null })
            #expect(!shown.analysis.summary.contains { ["moransI", "z"].contains($0.name) })
        }
    }

    @Test func aCircleAroundFewPrivateOnesIsNotDrawnForAllTheOthersInIt() async throws {
        let city = try await city([
            Group(place: Self.row[0], cycling: 2, other: 20), Group(place: Self.row[1], other: 20),
            Group(place: Self.row[2], cycling: 6), Group(place: Self.row[3], cycling: 6),
            Group(place: 9.5, cycling: 2),
        ])
        try await importUnits(around: Self.row, city)
        var question = HotspotQuestion(method: .scan)
        (question.model, question.layer, question.share, question.permutations) = (.poisson, "teile", 0.5, 99)
        let told = try await find(question, city, city.staff)
        #expect(values(told.features, "cases") == [.number(42)])
        #expect(told.analysis.summary.contains { $0.name == "cases" })
        let shown = try await find(question, city, city.anonymous)
        #expect(shown.features.isEmpty)
        // Those used are withheld since two are left out, and they are the cases.
        #expect(shown.analysis.isUsedSuppressed && !shown.analysis.summary.contains { $0.name == "cases" })
    }

    @Test func noiseDoesNotTellOfFewThatTheFilterLeavesOut() async throws {
        let city = try await city([Group(place: 9.88, cycling: 12, other: 3), Group(place: 9.92, cycling: 20)])
        try await city.setPrivacyBudget(100)
        var question = HotspotQuestion(method: .grid)
        (question.cell, question.epsilon, question.clip) = (500, 10, 1)
        func withheld(_ filter: ContributionFilter) async throws -> Int {
            let answer = try await find(question, city, city.anonymous, filter: filter)
            return values(answer.features, "noisyCount").count { $0 == .null }
        }
        #expect(try await withheld(ContributionFilter()) == 0)
        #expect(try await withheld(cycling) == 2)
    }

    @Test func ratesAreSmoothedTowardsThoseOfUnitsThatAreTold() async throws {
        let counts = [12, 6, 2, 60]
        let city = try await city(zip(Self.row, counts).map { Group(place: $0, cycling: $1) })
        try await importUnits(around: Self.row, city)
        let told = try await areas(city, city.staff)
        let shown = try await areas(city, city.anonymous)
        #expect(shown.units.map(\.isSuppressed) == [false, true, true, false])
        #expect(shown.overallRate == told.overallRate)
        let expected = try ArealRates(observed: [12, 60], population: [1000, 1000]).smoothed.map {
            $0.map { $0 * 1000 }
        }
        #expect([shown.units[0].smoothedRate, shown.units[3].smoothedRate] == expected)
        #expect(shown.units[0].smoothedRate != told.units[0].smoothedRate)
    }

    @Test func smoothedSharesAreWithheldWhereOneIs() async throws {
        let city = try await city([
            Group(place: 9.88, cycling: 10, other: 8), Group(place: 9.90, cycling: 9, other: 2),
            Group(place: 9.92, cycling: 15, other: 15),
        ])
        try await importUnits(around: [9.88, 9.90, 9.92], city)
        var question = HotspotQuestion(method: .locationQuotient)
        (question.cell, question.focus) = (500, "radverkehr")
        for (scope, isTold) in [(city.staff, true), (city.anonymous, false)] {
            let units = try await areas(city, scope, focus: "radverkehr").units
            #expect(
                units.allSatisfy { unit in
                    (unit.further.first { $0.name == "smoothedQuotient" }?.value != .null) == isTold
                })
            let cells = try await find(question, city, scope).features
            #expect(!cells.isEmpty && values(cells, "smoothedQuotient").allSatisfy { ($0 != .null) == isTold })
        }
    }

    @Test func sharesOnOtherCellsAreNotToldWhereOneIsWithheld() async throws {
        let city = try await city([
            Group(place: 9.88, cycling: 10, other: 8), Group(place: 9.90, cycling: 9, other: 2),
            Group(place: 9.92, cycling: 15, other: 15),
        ])
        var question = HotspotQuestion(method: .locationQuotient)
        (question.cell, question.focus) = (500, "radverkehr")
        for (scope, isTold) in [(city.staff, true), (city.anonymous, false)] {
            let answer = try await find(question, city, scope)
            #expect(!answer.features.isEmpty)
            #expect(values(answer.features, "stability").allSatisfy { ($0 != .null) == isTold })
            #expect(answer.series.contains { $0.name == "hotShare" } == isTold)
        }
    }

    @Test func figuresOfTheWholeAreNotToldWhereACountIsWithheld() async throws {
        let city = try await city([
            Group(place: 9.88, cycling: 12), Group(place: 9.90, cycling: 2), Group(place: 9.92, cycling: 20),
        ])
        for (method, name) in [(HotspotQuestion.Method.moran, "moransI"), (.geary, "gearysC")] {
            var question = HotspotQuestion(method: method)
            (question.cell, question.neighbours) = (500, 1)
            let (told, shown) = (
                try await find(question, city, city.staff), try await find(question, city, city.anonymous)
            )
            #expect(told.analysis.summary.contains { $0.name == name })
            #expect(!shown.analysis.summary.contains { $0.name == name })
        }
        var question = HotspotQuestion(method: .gi)
        (question.cell, question.neighbours) = (500, 1)
        let (told, shown) = (try await find(question, city, city.staff), try await find(question, city, city.anonymous))
        #expect(told.series.contains { $0.name == "moranZ" })
        #expect(!shown.series.isEmpty && !shown.series.contains { $0.name == "moranZ" })
    }

    /// How many are hot, less those that are told to be, would be those whose class is withheld.
    @Test func howManyAreOfAClassIsNotToldWhereAClassIsWithheld() async throws {
        let city = try await city([
            Group(place: 9.88, cycling: 12), Group(place: 9.90, cycling: 2), Group(place: 9.92, cycling: 20),
        ])
        for (method, total, name) in [
            (HotspotQuestion.Method.gi, "hotCells", "bin"), (.moran, "highHigh", "quadrant"),
            (.geary, "dissimilar", "association"),
        ] {
            var question = HotspotQuestion(method: method)
            (question.cell, question.neighbours) = (500, 1)
            let told = try await find(question, city, city.staff)
            let shown = try await find(question, city, city.anonymous)
            #expect(values(shown.features, name).contains(.null))
            #expect(told.analysis.summary.contains { $0.name == total })
            #expect(!shown.analysis.summary.contains { $0.name == total })
            #expect(told.series.contains { $0.name == "hotShare" } && !shown.series.contains { $0.name == "hotShare" })
            #expect(shown.analysis.summary.contains { $0.name == "cells" })
        }
    }

    @Test(arguments: [HotspotQuestion.Method.kde, .relativeRisk])
    func aStableDensityEndsWhereFewStandBehindItsNarrowestKernel(_ method: HotspotQuestion.Method) async throws {
        let isOfShares = method == .relativeRisk
        let city = try await city([Group(place: 9.92, cycling: 12, other: isOfShares ? 12 : 0)])
        func cells(_ isTested: Bool?) async throws -> Int {
            var question = HotspotQuestion(method: method)
            (question.cell, question.bandwidth) = (isOfShares ? 200 : 50, 400)
            if isOfShares { question.focus = "radverkehr" } else { question.edge = HotspotQuestion.Edge.none }
            question.sensitivity = isTested
            return try await find(question, city, city.anonymous).features.count
        }
        let (plain, tested) = (try await cells(false), try await cells(true))
        #expect(tested > 0 && tested < plain)
        // By itself it takes nothing away.
        #expect(try await cells(nil) == plain)
    }
}
