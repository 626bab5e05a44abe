import Foundation
import GeoCore
import Participation
import Platform
import Storage
import Testing

struct PrivatePlaceTests {
    private let city: TestCity
    private let proceeding: Proceeding
    private let home = Position(9.912345, 53.387654)

    init() async throws {
        city = try await TestCity()
        proceeding = try await city.proceeding()
        try await setPrivate(true)
    }

    private func setPrivate(_ isPrivate: Bool) async throws {
        var categories = try await city.installation.categories(of: proceeding, scope: city.staff)
        for index in categories.indices where categories[index].id == "radverkehr" {
            categories[index].isPrivate = isPrivate
        }
        try await city.installation.replaceCategories(categories, of: proceeding, scope: city.staff)
    }

    private func submit(_ geometry: Geometry) async throws -> Int64 {
        let draft = NewContribution(
            title: "Vor meiner Tür", text: "Hier fehlt ein sicherer Radweg.", category: "radverkehr", geometry: geometry
        )
        return try await city.installation.submitContribution(draft, to: proceeding, scope: city.anonymous)
            .contribution.id
    }

    private func place(_ id: Int64, _ scope: Scope) async throws -> Geometry? {
        try await city.installation.contribution(id, of: proceeding, scope: scope).geometry
    }

    private func found(near point: Position, _ scope: Scope) async throws -> [Int64] {
        var filter = ContributionFilter()
        filter.boxes = [
            BoundingBox(
                minX: point.x - 0.0001, minY: point.y - 0.0001, maxX: point.x + 0.0001, maxY: point.y + 0.0001)
        ]
        return try await city.installation.contributions(
            of: proceeding, filter: filter, limit: 10, after: nil, scope: scope
        ).items.map(\.id)
    }

    @Test func everybodySeesAPointOfTheGridAndModeratorsTheTruth() async throws {
        let id = try await submit(.point(home))
        let way = Geometry.lineString([home, Position(9.913, 53.388)])
        let line = try await submit(way)
        let shown = Geometry.point(Position(9.91, 53.39))
        #expect(try await place(id, city.anonymous) == shown)
        #expect(try await place(line, city.anonymous) == shown)
        #expect(try await place(id, city.staff) == .point(home))
        #expect(try await place(line, city.staff) == way)
        // Nor by asking with ever smaller boxes.
        #expect(try await found(near: home, city.anonymous) == [])
        #expect(try await found(near: Position(9.91, 53.39), city.anonymous).count == 2)
        for format in ExportFormat.allCases {
            let text = String(decoding: try await city.export(format, scope: city.anonymous), as: UTF8.self)
            #expect(text.contains("53.39") && !text.contains("53.387"), "\(format)")
        }
        let known = try await city.export(.geojson, scope: city.staff)
        #expect(String(decoding: known, as: UTF8.self).contains("53.387654"))
    }

    @Test func aCategoryThatBecomesPublicShowsItsPlacesAndBack() async throws {
        let id = try await submit(.point(home))
        try await setPrivate(false)
        #expect(try await place(id, city.anonymous) == .point(home))
        #expect(try await found(near: home, city.anonymous) == [id])
        try await setPrivate(true)
        #expect(try await place(id, city.anonymous) == .point(Position(9.91, 53.39)))
        #expect(try await place(id, city.staff) == .point(home))
        #expect(try await city.installation.engine.integrityFaults() == [])
    }

    @Test func smallCountsOfPrivateCategoriesAreWithheldFromThePublic() async throws {
        let units = """
            {"type": "FeatureCollection", "features": [
            {"type": "Feature", "properties": {"name": "West"}, "geometry": {"type": "Polygon", "coordinates":
            [[[9.80, 53.3], [9.905, 53.3], [9.905, 53.5], [9.80, 53.5], [9.80, 53.3]]]}},
            {"type": "Feature", "properties": {"name": "Ost"}, "geometry": {"type": "Polygon", "coordinates":
            [[[9.905, 53.3], [10.1, 53.3], [10.1, 53.5], [9.905, 53.5], [9.905, 53.3]]]}}]}
            """
        _ = try await city.importLayer(city.file("units.geojson", units), id: "teile")
        for _ in 1...2 { _ = try await submit(.point(Position(9.85, 53.39))) }
        for _ in 1...6 { _ = try await submit(.point(Position(9.95, 53.39))) }
        func counts(_ scope: Scope) async throws -> [Int?] {
            try await city.installation.areaStatistics(layer: "teile", of: city.proceeding(), scope: scope).units.map {
                $0.isSuppressed ? nil : $0.count
            }
        }
        // The second would give the first away by the total.
        #expect(try await counts(city.anonymous) == [nil, nil])
        #expect(try await counts(city.staff) == [2, 6])
        try await setPrivate(false)
        #expect(try await counts(city.anonymous) == [2, 6])
    }
}
