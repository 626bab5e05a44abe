import GeoCore
import Participation
import Platform
import Storage
import TestSupport
import Testing

/// The budget that answers with noise spend from, by proceeding and calendar year.
struct PrivacyBudgetTests {
    private func city(_ clock: TestClock? = nil) async throws -> TestCity {
        let clock = clock ?? TestClock()
        let city = try await TestCity(now: { clock.now })
        var planted = PlantedContributions()
        planted.spread(60, around: 9.9, 53.39, width: 0.05, from: 1_777_500_000_000, days: 1)
        let text = "{\"type\":\"FeatureCollection\",\"features\":[\(planted.features.joined(separator: ","))]}"
        _ = try await city.importContributions(city.file("planted.geojson", text))
        return city
    }

    private func ask(
        _ epsilon: Double, _ city: TestCity, cell: Double = 1000, filter: ContributionFilter = ContributionFilter(),
        scope: Scope? = nil
    ) async throws -> [Double?] {
        var question = HotspotQuestion(method: .grid)
        (question.cell, question.epsilon) = (cell, epsilon)
        return try await city.installation.findHotspots(
            question, of: city.proceeding(), filter: filter, scope: scope ?? city.anonymous
        ).features.map(\.value)
    }

    private func budget(_ city: TestCity, limit: Int = 100, after: Cursor? = nil) async throws -> PrivacyBudget {
        try await city.installation.privacyBudget(
            of: city.proceeding(), limit: limit, after: after, scope: city.staff)
    }

    private var cycling: ContributionFilter {
        var filter = ContributionFilter()
        filter.categories = ["radverkehr", "sonstiges"]
        return filter
    }

    @Test func everyQuestionSpendsOnceForEachVersionOfTheData() async throws {
        let city = try await city()
        let fresh = try await budget(city)
        #expect(fresh.budget == 10 && fresh.spent == 0)
        let first = try await ask(1, city)
        #expect(try await ask(1, city) == first)
        #expect(try await budget(city).spent == 1)
        _ = try await ask(1, city, filter: cycling)
        _ = try await ask(0.5, city)
        let used = try await budget(city)
        #expect(used.spent == 2.5 && used.left == 7.5)
        _ = try await city.installation.engine.writeAlone {
            try $0.execute("UPDATE proceeding SET data_version = data_version + 1")
        }
        _ = try await ask(1, city)
        #expect(try await budget(city).spent == 3.5)
        // Without noise nothing is spent.
        var plain = HotspotQuestion(method: .grid)
        plain.cell = 1000
        _ = try await city.installation.findHotspots(plain, of: city.proceeding(), scope: city.anonymous)
        #expect(try await budget(city).spent == 3.5)
    }

    @Test func whatWasToldIsToldAgainAfterARestart() async throws {
        let city = try await city()
        let first = try await ask(1, city)
        let restarted = Installation(engine: city.installation.engine, now: { 1_777_593_800_000 })
        var question = HotspotQuestion(method: .grid)
        (question.cell, question.epsilon) = (1000, 1)
        let again = try await restarted.findHotspots(question, of: city.proceeding(), scope: city.anonymous)
        #expect(again.features.map(\.value) == first)
        #expect(try await budget(city).spent == 1)
    }

    @Test func aSpentBudgetRefusesWithWhatIsLeftAndWhenItRenews() async throws {
        let city = try await city()
        try await city.setPrivacyBudget(1.5)
        let first = try await ask(1, city, scope: city.staff)
        let error = await #expect(throws: PlatformError.self) { try await ask(1, city, cell: 2000, scope: city.staff) }
        #expect(error?.code == .conflict)
        for word in ["budget of 2026", "1 of 1.5", "asks for 1", "epsilon=0.5", "2027-01-01"] {
            #expect(error?.description.contains(word) ?? false, "\(word)")
        }
        // What was refused is not spent, and what was told is told again.
        #expect(try await budget(city).spent == 1)
        #expect(try await ask(1, city, scope: city.staff) == first)
        _ = try await ask(0.5, city, cell: 2000, scope: city.staff)
        #expect(try await budget(city).left == 0)
    }

    @Test func thePublicSpendsHalfOfTheBudgetAndLeavesTheRest() async throws {
        let city = try await city()
        try await city.setPrivacyBudget(2)
        _ = try await ask(0.5, city)
        _ = try await ask(0.25, city, scope: city.participant("somebody"))
        let error = await #expect(throws: PlatformError.self) { try await ask(0.5, city, cell: 2000) }
        #expect(error?.code == .conflict)
        for word in ["public's half", "budget of 2026", "0.75 of 1", "epsilon=0.25"] {
            #expect(error?.description.contains(word) ?? false, "\(word)")
        }
        _ = try await ask(1.25, city, cell: 2000, scope: city.staff)
        #expect(try await budget(city).left == 0)
        // What is left in all binds the public too.
        let last = await #expect(throws: PlatformError.self) { try await ask(0.25, city, cell: 2000) }
        #expect(last?.description.contains("2 of 2") ?? false)
    }

    @Test func aBudgetOfNothingGivesNoAnswersWithNoise() async throws {
        let city = try await city()
        try await city.setPrivacyBudget(0)
        let error = await #expect(throws: PlatformError.self) { try await ask(0.1, city) }
        #expect(error?.code == .conflict && error?.description.contains("privacyBudget") ?? false)
        await #expect(throws: PlatformError.self) { try await city.setPrivacyBudget(-1) }
        await #expect(throws: PlatformError.self) { try await city.setPrivacyBudget(0.0001) }
    }

    @Test func theNextCalendarYearOfTheTenantHasABudgetOfItsOwn() async throws {
        // 31 December 2026, 22:59 UTC: a minute before midnight in Berlin.
        let clock = TestClock(1_798_757_940_000)
        let city = try await city(clock)
        try await city.setPrivacyBudget(2)
        _ = try await ask(1, city)
        let old = try await budget(city)
        #expect(old.year == 2026 && old.renews == 1_798_758_000_000)
        clock.advance(seconds: 120)
        let new = try await budget(city)
        #expect(new.year == 2027 && new.spent == 0)
        _ = try await ask(1, city, cell: 2000)
        #expect(try await budget(city).spendings.items.map(\.year) == [2027, 2026])
    }

    @Test func theLedgerNamesRolesAndNobody() async throws {
        let city = try await city()
        _ = try await ask(1, city)
        _ = try await ask(1, city, cell: 2000, scope: city.participant("somebody"))
        let planner = Viewer(account: "stadt:erika", grants: [Grant(.planner)])
        _ = try await ask(1, city, cell: 3000, scope: Scope(tenant: city.anonymous.tenant, viewer: planner))
        let page = try await budget(city, limit: 2).spendings
        #expect(page.items.map(\.role) == ["planner", "participant"])
        let rest = try await budget(city, limit: 2, after: page.next).spendings
        #expect(rest.items.map(\.role) == ["anonymous"] && rest.next == nil)
        #expect(Set((page.items + rest.items).map(\.question)).count == 3)
        #expect(page.items.allSatisfy { $0.question.count == 32 && $0.epsilon == 1000 })
    }

    @Test func onlyPlannersReadTheLedgerAndNobodyChangesIt() async throws {
        let city = try await city()
        _ = try await ask(1, city)
        for viewer in [Viewer.anonymous, Viewer(account: "a", grants: [Grant(.analyst)])] {
            await #expect(throws: PlatformError.self) {
                try await city.installation.privacyBudget(
                    of: city.proceeding(), limit: 1, scope: Scope(tenant: city.anonymous.tenant, viewer: viewer))
            }
        }
        await #expect(throws: (any Error).self) {
            try await city.installation.engine.writeAlone { try $0.execute("UPDATE privacy_spending SET epsilon = 0") }
        }
    }

    @Test func aProceedingTakesItsLedgerWithIt() async throws {
        let city = try await city()
        _ = try await ask(1, city)
        try await city.installation.delete(city.proceeding(), version: nil, reason: nil, scope: city.staff)
        let left = try await city.installation.engine.read { connection in
            try connection.first("SELECT count(*) FROM privacy_spending") { $0.integer(0) }
        }
        #expect(left == 0)
    }

    /// Four parts of the city, as a layer.
    private func importParts(_ city: TestCity) async throws {
        let file = try city.file(
            "teile.geojson",
            #"{"type":"FeatureCollection","features":["#
                + (0..<4).map { number in
                    let west = 9.86 + Double(number) * 0.02
                    return """
                        {"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[[[\(west),53.36],
                        [\(west + 0.02),53.36],[\(west + 0.02),53.42],[\(west),53.42],[\(west),53.36]]]}}
                        """
                }.joined(separator: ",") + "]}")
        _ = try await city.importLayer(file, id: "teile")
    }

    @Test func countsOfAreasAreSpentForWhatIsCountedAndItsVersion() async throws {
        let city = try await city()
        try await importParts(city)
        let before = try await city.proceeding()
        func count(_ proceeding: Proceeding, _ scope: Scope) async throws -> AreaStatistics {
            var options = AreaOptions()
            options.epsilon = 1
            return try await city.installation.areaStatistics(
                layer: "teile", of: proceeding, options: options, scope: scope)
        }
        let draft = NewContribution(
            title: "Bank am Ufer", text: "Hier fehlt eine Bank.", category: "gruen",
            geometry: .point(Position(9.9, 53.39)))
        _ = try await city.installation.submitContribution(draft, to: before, scope: city.anonymous)
        let now = try await city.proceeding()
        // The proceeding was read before the contribution came.
        let told = try await count(before, city.anonymous)
        #expect(told.dataVersion == now.dataVersion)
        #expect(try await budget(city).spendings.items.map(\.version) == [now.dataVersion])
        #expect(try await count(now, city.anonymous).units.map(\.count) == told.units.map(\.count))
        #expect(try await budget(city).spent == 1)
        // An analyst reads the same rows as the public, and counts more.
        let analyst = Viewer(account: "stadt:anna", grants: [Grant(.analyst)])
        _ = try await count(now, Scope(tenant: city.anonymous.tenant, viewer: analyst))
        #expect(try await budget(city).spent == 2)
    }

    @Test func countsOfAreasHaveNoiseOfTheSameBudget() async throws {
        let city = try await city()
        try await importParts(city)
        func count(_ epsilon: Double?) async throws -> AreaStatistics {
            var options = AreaOptions()
            (options.epsilon, options.clip) = (epsilon, epsilon == nil ? 3 : 1)
            return try await city.installation.areaStatistics(
                layer: "teile", of: city.proceeding(), options: options, scope: city.staff)
        }
        let exact = try await count(nil)
        #expect(try await budget(city).spent == 0)
        let noisy = try await count(5)
        #expect(try await count(5).units.map(\.count) == noisy.units.map(\.count))
        #expect(try await budget(city).spent == 5)
        #expect(noisy.epsilon == 5 && noisy.isOutsideSuppressed && noisy.isUnlocatedSuppressed)
        // A deviation of a tenth.
        for (exact, noisy) in zip(exact.units, noisy.units) { #expect(abs(exact.count - noisy.count) <= 3) }
        #expect(try await count(0.01).units.map(\.count) != exact.units.map(\.count))
        _ = try await count(4)
        let error = await #expect(throws: PlatformError.self) { try await count(3) }
        #expect(error?.code == .conflict)
    }
}
