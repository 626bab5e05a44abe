import GeoCore
import Participation
import Storage
import TestSupport
import Testing

@testable import Platform

struct CockpitTests {
    /// The figures kept of each proceeding come together to those that SQL makes of all of them at once, whichever of
    /// them was written to.
    @Test func figuresOfSeveralProceedingsAreThoseCountedAtOnce() async throws {
        let city = try await TestCity()
        var chance = SeededGenerator(seed: 3)
        let scope = city.staff
        let keys = try await city.installation.engine.write { connection in
            let writer = scope.writer(connection)
            return try ["eins", "zwei", "drei"].map {
                try writer.add(Proceeding(tenant: scope.tenant.id, id: $0, name: $0)).key
            }
        }
        try await check(city)
        for round in 0..<9 {
            let key = keys[round % 2]
            let rows = (0..<Int.random(in: 1...8, using: &chance)).map { number in
                var row = Contribution(
                    title: "Nummer \(round).\(number)", text: "Text", state: number % 3 == 2 ? .hidden : .published,
                    created: 1_700_000_000_000 + Int64.random(in: 0...9, using: &chance) * 2_000_000_000)
                row.commentCount = Int64.random(in: 0...3, using: &chance)
                row.votesUp = Int64.random(in: 0...9, using: &chance)
                return PlacedContribution(row, point: nil)
            }
            try await city.installation.engine.write { connection in
                let writer = scope.writer(connection)
                let proceedings = try writer.reader.proceedings(limit: 9, after: nil).items
                guard let proceeding = proceedings.first(where: { $0.key == key }) else { return }
                let ids = try writer.insert(rows, into: proceeding)
                if round > 4 { try writer.erase(.contribution(ids[0]), in: proceeding, now: 1) }
                try writer.touch(proceeding)
            }
            try await check(city)
        }
    }

    private func check(_ city: TestCity) async throws {
        for scope in [city.anonymous, city.staff] {
            let cockpit = try await city.installation.cockpit(scope: scope)
            let proceedings = cockpit.proceedings.map(\.proceeding)
            #expect(proceedings.count == 4)
            let (sums, top, hours) = try await city.installation.engine.read { connection in
                let reader = scope.reader(connection)
                return (
                    try reader.sums(of: proceedings), try reader.top(of: proceedings, limit: 10),
                    try reader.quarterHours(of: proceedings)
                )
            }
            let told = cockpit.proceedings.map(\.sums).filter { $0.contributions > 0 }
            #expect(told.sorted { $0.proceeding < $1.proceeding } == sums)
            #expect(cockpit.mostCommented == top.commented && cockpit.recent == top.recent)
            let count = hours.reduce(0) { $0 + Int($1.count) }
            #expect(cockpit.months.reduce(0) { $0 + $1.count } == count)
            #expect(cockpit.years.reduce(0) { $0 + $1.count } == count)
        }
    }

    @Test func whatWasUsedLongestAgoIsForgottenAndWhatHasChangedIsToldAsSuch() {
        let cache = FigureCache()
        let scope = Scope(tenant: Tenant(id: "stadt", name: "Stadt"), viewer: .anonymous)
        func key(_ number: Int64) -> FigureCache.Key {
            FigureCache.Key(Proceeding(tenant: "stadt", id: "p", key: number, name: "P"), scope)
        }
        func figures(_ number: Int64) -> ProceedingFigures {
            ProceedingFigures(sums: ProceedingSums(proceeding: number))
        }
        cache.keep(figures(1), for: key(1), version: 4, since: 0)
        cache.keep(figures(7), for: key(1), version: 3, since: 0)
        #expect(cache.figures(for: key(1), version: 4)?.isCurrent == true)
        #expect(cache.figures(for: key(1), version: 5)?.isCurrent == false)
        #expect(cache.figures(for: key(1), version: 4)?.figures.sums.proceeding == 1)
        for number in Int64(2)...2500 {
            cache.keep(figures(number), for: key(number), version: 0, since: 0)
            _ = cache.figures(for: key(1), version: 4)
        }
        #expect(cache.figures(for: key(1), version: 4) != nil && cache.figures(for: key(2500), version: 0) != nil)
        #expect(cache.figures(for: key(2), version: 0) == nil)
        cache.removeAll()
        // Counted before all was forgotten.
        cache.keep(figures(1), for: key(1), version: 4, since: 0)
        #expect(cache.count == 0)
    }

    /// Months are those of the tenant's time zone, which no version of the data counts.
    @Test func anotherTimeZoneIsAnotherVersion() async throws {
        let city = try await TestCity()
        let scope = city.anonymous
        var tenant = scope.tenant
        tenant.timeZone = "Pacific/Auckland"
        let there = Scope(tenant: tenant, viewer: scope.viewer)
        let (here, elsewhere) = (
            try await city.installation.cockpit(scope: scope), try await city.installation.cockpit(scope: there)
        )
        #expect(here.version != elsewhere.version)
    }
}
