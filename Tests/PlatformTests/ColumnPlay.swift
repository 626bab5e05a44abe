import Analysis
import Foundation
import GeoCore
import Participation
import SQLiteEngine
import TestSupport
import Testing

@testable import Platform
@testable import Storage

/// A city that is written to at random.
struct ColumnPlay {
    let city: TestCity
    /// The same store, opened by another process.
    let other: Installation
    /// Keeps columns between the checks.
    let warm: Installation
    private var chance: SeededGenerator
    private var round = 0

    init(seed: UInt64, columnBytes: Int) async throws {
        city = try await TestCity()
        warm = Installation(
            engine: city.installation.engine, columnBytes: columnBytes, now: city.installation.now)
        other = Installation(
            engine: try EmbeddedStore(path: city.folder.path("mitplan.sqlite"), creating: false),
            now: city.installation.now)
        chance = SeededGenerator(seed: seed)
        try await importRows()
    }

    private var filters: [ContributionFilter] {
        var filters = [ContributionFilter](repeating: ContributionFilter(), count: 8)
        filters[6].insideArea = true
        filters[6].minimumVotes = 2
        filters[7].insideArea = false
        filters[7].geometryKinds = [.point]
        filters[7].types = ["Idee", "Kritik"]
        filters[1].boxes = [BoundingBox(minX: 9.86, minY: 53.39, maxX: 9.92, maxY: 53.41)]
        filters[2].categories = ["gruen", "spiel", "nichts"]
        filters[2].located = true
        filters[3].words = "Weg"
        filters[3].until = 1_777_000_000_000
        filters[4].statuses = [.accepted]
        filters[4].located = false
        filters[5].from = 1_777_000_000_000
        filters[5].boxes = [BoundingBox(minX: 9.8, minY: 53.3, maxX: 9.9, maxY: 53.41), .world]
        return filters
    }

    func check() async throws {
        let proceeding = try await city.proceeding()
        for scope in [city.anonymous, city.staff] {
            for filter in filters {
                let kept = try await warm.contributionColumns(of: proceeding, filter: filter, scope: scope)
                let read = try await warm.engine.read {
                    try scope.reader($0).columns(of: proceeding, filter: filter)
                }
                #expect(kept.description == read.description)
            }
            for filter in [filters[0], filters[3], filters[6], filters[7]] {
                let figures = try await warm.statistics(of: proceeding, filter: filter, scope: scope)
                let oracle = try await FigureOracle(of: proceeding, filter: filter, scope: scope, warm.engine)
                oracle.check(figures)
            }
            // An installation that keeps nothing yet counts with SQL.
            let cockpit = try await warm.cockpit(scope: scope)
            let counted = try await Installation(engine: warm.engine, columnBytes: 0, now: warm.now)
                .cockpit(scope: scope)
            #expect(cockpit.json == counted.json)
            let figures = try await warm.statistics(of: proceeding, scope: scope)
            #expect(cockpit.months == figures.months && cockpit.mostCommented == figures.mostCommented)
            #expect(cockpit.total.contributions == Int64(figures.contributions))
            #expect(cockpit.total.comments == figures.comments)
            #expect(cockpit.total.votesUp == figures.votesUp && cockpit.total.votesDown == figures.votesDown)
            for filter in [filters[0], filters[2], filters[5]] {
                let kept = try await placed(warm.columns, proceeding, filter, scope)
                let anew = try await placed(ColumnCache(limit: 0), proceeding, filter, scope)
                #expect(kept.placed.points == anew.placed.points)
                #expect(kept.placed.rows == anew.placed.rows)
                #expect(kept.placed.place == anew.placed.place)
                for place in PlacedPoints.Place.allCases {
                    #expect(kept.placed.count(place) == kept.placed.place.count { $0 == place })
                }
                #expect(kept.version == proceeding.dataVersion)
                try await checkCounts(kept)
            }
        }
    }

    /// What is counted change by change is what is counted anew.
    private func checkCounts(_ kept: PlacedContributions) async throws {
        guard !kept.histories.isEmpty, let area = kept.plane.area else { return }
        let grid = Grid.hexagon(try HexagonGrid(width: 1500))
        for shift in [KnownCells.Shift(x: 0, y: 0), KnownCells.Shift(x: 350, y: 10.5)] {
            let cells = try area.cells(of: grid, movedBy: shift)
            let key = KnownCells.Key(grid: grid, shift: shift)
            let counts = try await area.known.counts(of: kept.placed.points, kept.histories, key, cells)
            let anew = try await area.known.counts(of: kept.placed.points, [], key, cells)
            #expect(counts.count == anew.count)
            #expect(counts.weight == anew.weight)
            #expect(counts.outside == anew.outside)
        }
    }

    private func placed(
        _ cache: ColumnCache, _ proceeding: Proceeding, _ filter: ContributionFilter, _ scope: Scope
    ) async throws -> PlacedContributions {
        try await cache.placed(
            of: proceeding, filter: filter, scope: scope, engine: warm.engine, crs: "EPSG:25832")
    }

    func checkAnswers() async throws {
        let proceeding = try await city.proceeding()
        for (method, weight) in [
            (HotspotQuestion.Method.grid, HotspotQuestion.Weight.support), (.dbscan, .support), (.grid, .one),
            (.gi, .one),
        ] {
            var question = HotspotQuestion(method: method)
            question.weight = weight
            if method == .grid { question.cell = 500 }
            if method == .gi { question.cell = 2000 }
            let kept = try await warm.findHotspots(question, of: proceeding, scope: city.anonymous)
            let anew = try await Installation(engine: warm.engine, now: warm.now)
                .findHotspots(question, of: proceeding, scope: city.anonymous)
            #expect(try kept.geoJSON() == anew.geoJSON())
        }
    }

    mutating func writeAtRandom() async throws {
        round += 1
        let installation = chance.next() % 3 == 0 ? other : city.installation
        let proceeding = try await city.proceeding()
        let all = try await city.installation.engine.read { [city] connection in
            try connection.rows(
                "SELECT id FROM contribution WHERE tenant = \(city.staff.tenant.key) AND state <= 3 ORDER BY id"
            ) { $0.integer(0) }
        }
        let some = all.isEmpty ? 0 : all[Int(chance.next() % UInt64(all.count))]
        let chosen = chance.next() % 13
        // What somebody may not do to this one leaves everything as it is.
        do {
            switch chosen {
            case 0, 1: try await submit(installation, proceeding)
            case 2: try await importRows()
            case 3, 4:
                let action = ModerationAction.allCases[Int(chance.next() % 5)]
                _ = try await installation.moderate(
                    [ModerationTarget(some)], ModerationDecision(action, reason: .offTopic), of: proceeding,
                    scope: city.staff)
            case 5, 6:
                _ = try await installation.castVote(
                    chance.next() % 3 == 0 ? .against : .for, on: .contribution(some), of: proceeding,
                    scope: city.participant("p\(chance.next() % 5)"))
            case 7:
                _ = try await installation.submitComment(
                    NewComment(text: "Das sehe ich auch so, Nummer \(round)."), on: .contribution(some), of: proceeding,
                    scope: city.participant("p1"))
            case 8:
                var change = ContributionChange()
                change.category = .set("spiel")
                _ = try await installation.editContribution(
                    some, change, of: proceeding, precondition: .any, scope: city.staff)
            case 9:
                var change = ContributionChange()
                change.geometry = .set(place())
                _ = try await installation.editContribution(
                    some, change, of: proceeding, precondition: .any, scope: city.staff)
            case 10:
                var categories = try await installation.categories(of: proceeding, scope: city.staff)
                categories[3].isPrivate.toggle()
                try await installation.replaceCategories(categories, of: proceeding, scope: city.staff)
            case 11:
                _ = try await installation.eraseParticipant("p\(chance.next() % 5)", scope: city.staff)
            default:
                _ = try await installation.giveAnswer(
                    OfficialAnswer(contribution: some, status: .accepted, text: "Das wird gebaut."), to: [some],
                    of: proceeding, scope: city.staff)
            }
        } catch is PlatformError {}
    }

    private mutating func place() -> Geometry {
        let x = 9.80 + Double(chance.next() % 1000) / 5000
        let y = 53.36 + Double(chance.next() % 1000) / 12_000
        return chance.next() % 4 == 0 ? .lineString([Position(x, y), Position(x + 0.01, y)]) : .point(Position(x, y))
    }

    private mutating func submit(_ installation: Installation, _ proceeding: Proceeding) async throws {
        let category = ["gruen", "spiel", "oepnv", "sonstiges"][Int(chance.next() % 4)]
        let draft = NewContribution(
            title: "Weg Nummer \(round)", text: "Hier fehlt etwas, sagt Nummer \(round).", category: category,
            geometry: chance.next() % 5 == 0 ? nil : place())
        _ = try await installation.submitContribution(
            draft, to: proceeding, scope: city.participant("p\(chance.next() % 5)"))
    }

    /// The same forty names each time, with other places, categories, times and votes.
    private mutating func importRows() async throws {
        var rows: [String] = []
        for number in 0..<40 where chance.next() % 4 != 0 {
            var geometry = "null"
            if chance.next() % 6 != 0 {
                geometry = String(
                    decoding: Self.json(number % 9 == 0 ? .point(Position(0, 0)) : place()), as: UTF8.self)
            }
            let category = ["gruen", "radverkehr", "sonstiges"][Int(chance.next() % 3)]
            let type = ["", #""rubric":"Idee","#, #""rubric":"Lob","#][Int(chance.next() % 3)]
            rows.append(
                """
                {"type":"Feature","geometry":\(geometry),"properties":{"id":"\(number)","title":"Weg \(number)",
                "contributionContent":"Ein Weg zur Nummer \(number).","category":"\(category)",
                \(type)"dateCreated":"2026-04-\(13 + chance.next() % 15)T10:00:00Z","votingPro":\(chance.next() % 9),
                "votingContra":\(chance.next() % 3)}}
                """)
        }
        let file = try city.file(
            "rows.geojson", #"{"type":"FeatureCollection","features":["# + rows.joined(separator: ",") + "]}")
        _ = try await city.importContributions(file, skipInvalid: true)
    }

    private static func json(_ geometry: Geometry) -> [UInt8] {
        var bytes: [UInt8] = []
        GeoJSONGeometry.append(geometry, to: &bytes)
        return bytes
    }
}

extension ContributionColumns {
    /// All columns as text.
    fileprivate var description: String {
        """
        \(id) \(created) \(quality) \(category) \(categoryNames) \(categories.counts) \(longitude) \(latitude)
        \(boxes.sorted { $0.key < $1.key }) \(votesUp) \(votesDown) \(comments) \(status)
        \(author) \(types) \(channels) \(state) \(answered)
        """
    }
}
