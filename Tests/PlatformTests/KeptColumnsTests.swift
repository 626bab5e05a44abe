import Analysis
import GeoCore
import Participation
import Storage
import Synchronization
import Testing

@testable import Platform

/// What is kept of a proceeding beside its columns, and for how long.
struct KeptColumnsTests {
    @Test func columnsForgottenWhileAQuestionWorksOnThemStayForgotten() async throws {
        let city = try await TestCity.withContributions.value
        let proceeding = try await city.proceeding()
        let cache = ColumnCache(limit: .max)
        func read() async throws {
            _ = try await cache.columns(
                of: proceeding, filter: ContributionFilter(), scope: city.anonymous, engine: city.installation.engine)
        }
        // Told when the columns were read, and before they are put back.
        cache.charge { _, _ in cache.removeAll() }
        try await read()
        #expect(cache.size == 0)
        cache.charge { _, _ in }
        try await read()
        #expect(cache.size > 0)
    }

    @Test func nothingOfADeletedTenantIsKept() async throws {
        let city = try await TestCity()
        _ = try await city.importContributions()
        let installation = city.installation
        let proceeding = try await city.proceeding()
        _ = try await installation.prepareColumns(of: proceeding, scope: city.anonymous)
        let key = WrittenAnswers.Key(
            tenant: city.staff.tenant.key, proceeding: proceeding.key, dataVersion: proceeding.dataVersion, viewers: "",
            question: "hotspots", tag: "", form: "geojson")
        installation.written.keep([1, 2, 3], for: key, since: installation.written.generation)
        _ = try await installation.cockpit(scope: city.anonymous)
        #expect(installation.columns.size > 0 && installation.written.size > 0)
        #expect(installation.proceedingFigures.count > 0)
        _ = try await installation.deleteTenant(scope: city.staff)
        #expect(installation.columns.size == 0 && installation.written.size == 0)
        #expect(installation.proceedingFigures.count == 0)
    }

    @Test func readingInTheStoreIsTold() async throws {
        let city = try await TestCity.withContributions.value
        let proceeding = try await city.proceeding()
        let cache = ColumnCache(limit: .max)
        let told = ToldTimes()
        cache.charge { tenant, duration in
            if tenant == city.anonymous.tenant.key { told.add(duration) }
        }
        for _ in 0..<2 {
            _ = try await cache.columns(
                of: proceeding, filter: ContributionFilter(), scope: city.anonymous, engine: city.installation.engine)
        }
        // The second question finds the columns in memory.
        #expect(told.all.count == 1)
        let longest = try #require(told.all.max())
        #expect(longest > .zero)
    }

    @Test func theEuropeanGridDoesNotPutOutThePlaneOfTheProceeding() async throws {
        let city = try await TestCity.withContributions.value
        let proceeding = try await city.proceeding()
        let cache = ColumnCache(limit: .max)
        func plane(_ crs: String) async throws -> ProceedingPlane {
            try await cache.placed(
                of: proceeding, filter: ContributionFilter(), scope: city.anonymous, engine: city.installation.engine,
                crs: crs
            ).plane
        }
        let first = try await plane("EPSG:25832")
        let european = try await plane("EPSG:3035")
        #expect(try await plane("EPSG:25832") === first)
        #expect(try await plane("EPSG:3035") === european)
        _ = try await plane("EPSG:32632")
        #expect(try await plane("EPSG:3035") === european)
        #expect(try await plane("EPSG:25832") !== first)
    }

    @Test func aNewContributionIsAddedToTheCountsThatThereAre() async throws {
        let city = try await TestCity()
        _ = try await city.importContributions()
        let grid = Grid.hexagon(try HexagonGrid(width: 500))
        func placed() async throws -> PlacedContributions {
            try await city.installation.placedContributions(
                of: city.proceeding(), filter: ContributionFilter(), scope: city.anonymous)
        }
        let before = try await placed()
        let area = try #require(before.plane.area)
        let cells = try area.cells(of: grid, movedBy: KnownCells.Shift(x: 0, y: 0))
        let key = KnownCells.Key(grid: grid, shift: KnownCells.Shift(x: 0, y: 0))
        let first = try await area.known.counts(of: before.placed.points, before.histories, key, cells)
        let draft = NewContribution(
            title: "Bank am Ufer", text: "Hier fehlt eine Bank.", category: "gruen",
            geometry: .point(Position(9.9, 53.4)))
        _ = try await city.installation.submitContribution(draft, to: city.proceeding(), scope: city.anonymous)
        let after = try await placed()
        // Were the points counted anew, there would be none.
        let second = try await area.known.counts(of: Points(), after.histories, key, cells)
        let anew = try await GridAggregation.parallel(after.placed.points, grid: grid, cells: cells)
        #expect(second.count == anew.count)
        #expect(second.weight == anew.weight)
        #expect(second.outside == anew.outside)
        let (few, more) = (first.count.reduce(0, +), second.count.reduce(0, +))
        #expect(more == few + 1)
    }
}

/// Durations that somebody was told.
private final class ToldTimes: Sendable {
    private let times = Mutex<[Duration]>([])

    var all: [Duration] { times.withLock { $0 } }

    @Sendable func add(_ duration: Duration) { times.withLock { $0.append(duration) } }
}
