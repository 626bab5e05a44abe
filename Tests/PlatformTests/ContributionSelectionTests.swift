import Foundation
import GeoCore
import Participation
import Platform
import Storage
import Testing

/// Which contributions a list holds, and in which order.
struct ContributionSelectionTests {
    /// A city whose contributions stand at known places: a plan of two neighbouring squares, and a street.
    private func planned() async throws -> (city: TestCity, ids: [String: Int64]) {
        let city = try await TestCity()
        let layers = [
            "plan": """
            {"type":"FeatureCollection","features":[
            {"type":"Feature","properties":{"name":"West"},"geometry":{"type":"Polygon","coordinates":
            [[[9.89,53.39],[9.9,53.39],[9.9,53.4],[9.89,53.4],[9.89,53.39]]]}},
            {"type":"Feature","properties":{"name":"Ost"},"geometry":{"type":"Polygon","coordinates":
            [[[9.9,53.39],[9.91,53.39],[9.91,53.4],[9.9,53.4],[9.9,53.39]]]}}]}
            """,
            "street": """
            {"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"Straße"},
            "geometry":{"type":"LineString","coordinates":[[9.88,53.395],[9.92,53.395]]}}]}
            """,
        ]
        for (name, text) in layers { _ = try await city.importLayer(city.file("\(name).geojson", text), id: name) }
        let shapes: [(String, Geometry)] = [
            ("west", .point(Position(9.895, 53.392))), ("east", .point(Position(9.905, 53.398))),
            ("border", .lineString([Position(9.899, 53.391), Position(9.901, 53.391)])),
            ("out", .lineString([Position(9.905, 53.399), Position(9.905, 53.401)])),
            ("north", .point(Position(9.895, 53.396))),
        ]
        var ids: [String: Int64] = [:]
        for (name, shape) in shapes {
            let stored = try await city.installation.submitContribution(
                NewContribution(
                    title: "Beitrag \(name)", text: "Am Ufer fehlen Bänke: \(name).", category: "radverkehr",
                    geometry: shape), to: city.proceeding(), scope: city.participant(name))
            ids[name] = stored.contribution.id
        }
        return (city, ids)
    }

    private func names(
        _ city: TestCity, _ ids: [String: Int64], _ change: (inout ContributionFilter) -> Void = { _ in },
        order: ContributionOrder = ContributionOrder(.created), limit: Int = 100
    ) async throws -> [String] {
        var filter = ContributionFilter()
        change(&filter)
        var found: [Int64] = []
        var cursor: Cursor?
        repeat {
            let page = try await city.installation.contributions(
                of: city.proceeding(), filter: filter, order: order, limit: limit, after: cursor, scope: city.anonymous)
            found += page.items.map(\.id)
            cursor = page.next
        } while cursor != nil
        let byID = Dictionary(ids.map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        return found.compactMap { byID[$0] }
    }

    @Test func findsWhatLiesWithinOneFeatureOrAllOfThem() async throws {
        let (city, ids) = try await planned()
        let west = try await names(city, ids, { $0.places = [PlaceCondition(.within, .layer("plan", ordinal: 1))] })
        #expect(west == ["west", "north"])
        let all = try await names(city, ids, { $0.places = [PlaceCondition(.within, .layer("plan", ordinal: nil))] })
        // The line over the border of the two squares lies within the layer, in neither of its features.
        #expect(all == ["west", "east", "border", "north"])
    }

    @Test func findsWhatCrosses() async throws {
        let (city, ids) = try await planned()
        let east = try await names(city, ids, { $0.places = [PlaceCondition(.crossing, .layer("plan", ordinal: 2))] })
        #expect(east == ["east", "border", "out"])
    }

    @Test func measuresNearnessInMetres() async throws {
        let (city, ids) = try await planned()
        // 0.001 degrees of latitude are 111.3 metres here.
        let street = PlaceCondition.Target.layer("street", ordinal: nil)
        #expect(try await names(city, ids, { $0.places = [PlaceCondition(.near(metres: 111), street)] }) == [])
        #expect(try await names(city, ids, { $0.places = [PlaceCondition(.near(metres: 112), street)] }) == ["north"])
        let position = PlaceCondition.Target.position(Position(9.895, 53.392))
        let near = try await names(city, ids, { $0.places = [PlaceCondition(.near(metres: 450), position)] })
        #expect(near == ["west", "border", "north"])
    }

    @Test func joinsConditionsOnPlaces() async throws {
        let (city, ids) = try await planned()
        let found = try await names(
            city, ids,
            {
                $0.places = [
                    PlaceCondition(.within, .layer("plan", ordinal: nil)),
                    PlaceCondition(.near(metres: 350), .layer("street", ordinal: 1)),
                ]
                $0.geometryKinds = [.point]
            })
        #expect(found == ["west", "east", "north"])
        #expect(try await names(city, ids, { $0.geometryKinds = [.lineString] }) == ["border", "out"])
    }

    @Test func asksStatisticsExportsAndHotspotsAlike() async throws {
        let (city, _) = try await planned()
        var filter = ContributionFilter()
        filter.places = [PlaceCondition(.within, .layer("plan", ordinal: 1))]
        let (installation, proceeding) = (city.installation, try await city.proceeding())
        let figures = try await installation.statistics(of: proceeding, filter: filter, scope: city.anonymous)
        #expect(figures.contributions == 2 && figures.states.map(\.count) == [2])
        var lines = 0
        for try await part in try await installation.export(
            of: proceeding, filter: filter, format: .geojsonseq, scope: city.anonymous)
        { lines += part.count { $0 == 0x1E } }
        #expect(lines == 2)
        let cells = try await installation.findHotspots(
            HotspotQuestion(method: .grid), of: proceeding, filter: filter, scope: city.anonymous)
        #expect(try String(decoding: cells.geoJSON(), as: UTF8.self).contains("\"used\":2"))
    }

    @Test func saysWhatIsNotThere() async throws {
        let (city, ids) = try await planned()
        for target in [PlaceCondition.Target.layer("missing", ordinal: nil), .layer("plan", ordinal: 3)] {
            let error = await #expect(throws: PlatformError.self) {
                try await names(city, ids, { $0.places = [PlaceCondition(.within, target)] })
            }
            #expect(error?.code == .notFound)
        }
    }

    @Test(arguments: [1, 2, 100])
    func sortsInEveryOrderAndPagesWithoutLoss(limit: Int) async throws {
        let (city, ids) = try await planned()
        // for, against: north 3 0, west 2 2, east 0 1.
        let votes: [(String, [Vote])] = [
            ("north", [.for, .for, .for]), ("west", [.for, .for, .against, .against]), ("east", [.against]),
        ]
        for (name, list) in votes {
            for (voter, vote) in list.enumerated() {
                _ = try await city.installation.castVote(
                    vote, on: .contribution(try #require(ids[name])), of: city.proceeding(),
                    scope: city.participant("v\(voter)"))
            }
        }
        func sorted(_ key: ContributionOrder.Key, _ isDescending: Bool) async throws -> [String] {
            try await names(
                city, ids, order: ContributionOrder(key, isDescending: isDescending), limit: limit)
        }
        #expect(try await sorted(.rating, true) == ["north", "out", "border", "west", "east"])
        #expect(try await sorted(.rating, false) == ["east", "west", "border", "out", "north"])
        #expect(try await sorted(.controversy, true).first == "west")
        #expect(try await sorted(.created, true) == ["north", "out", "border", "east", "west"])
        let from = Position(9.905, 53.3985)
        #expect(
            try await sorted(.distance(from: from), false) == ["east", "out", "north", "border", "west"])
        #expect(try await names(city, ids, { $0.minimumVotes = 2 }, limit: limit) == ["west", "north"])
    }

    @Test(arguments: [
        ("9.99,53.55,200", true), ("plan/3,200", true), ("plan,0.5", true), ("9.99,53.55", false), ("plan", false),
        ("9.99,53.55,0", false), ("9.99,53.55,-1", false), ("9.99,53.55,nan", false), ("200,53.55,1", false),
        ("9.99,53.55,100001", false), ("plan/0,5", false), ("plan/x,5", false), ("a/b/c,5", false), ("", false),
        ("9.99,53.55,inf", false),
    ])
    func readsNearnessAsTyped(text: String, isGood: Bool) {
        #expect((PlaceCondition(near: text) != nil) == isGood)
    }
}
