import GeoCore
import PROJCoordinates
import Platform
import Storage
import Testing

/// Cells of the European grid of the census.
struct CensusGridTests {
    @Test(arguments: [100.0, 1000])
    func cellsHaveTheNamesThatCensusTablesHave(_ cell: Double) async throws {
        var planted = PlantedContributions()
        let places = [(9.9, 53.39), (9.9001, 53.3901), (9.93, 53.4)]
        for (index, place) in places.enumerated() {
            planted.add(place.0, place.1, at: 1_777_593_600_000 + Int64(index))
        }
        let city = try await planted.city()
        var question = HotspotQuestion(method: .grid)
        question.shape = .inspire
        question.cell = cell
        let answer = try await city.installation.findHotspots(
            question, of: city.proceeding(), scope: city.anonymous)
        #expect(answer.analysis.crs == "EPSG:3035")
        let transform = try CoordinateTransform(from: .wgs84, to: CoordinateReferenceSystem("EPSG:3035"))
        var (x, y) = (places.map(\.0), places.map(\.1))
        try transform.forward(&x, &y)
        let size = try #require(INSPIREGridCell.Size(rawValue: Int(cell)))
        let expected = zip(x, y).compactMap { INSPIREGridCell(easting: $0, northing: $1, size: size)?.identifier }
        let found = answer.features.compactMap { feature in
            feature.properties.first { $0.name == "inspire" }?.value.string
        }
        #expect(Set(found) == Set(expected))
        #expect(found.count == answer.features.count)
    }

    @Test func takesTheNextSizeThatTheGridHas() async throws {
        let city = try await PatternTests.grouped().city()
        var question = HotspotQuestion(method: .gi)
        question.shape = .inspire
        let answer = try await city.installation.findHotspots(
            question, of: city.proceeding(), scope: city.anonymous)
        let width = answer.analysis.parameters.first { $0.name == "cell" }?.value
        #expect([100.0, 1000, 10_000].contains { width == .number($0) })
    }

    @Test func refusesASizeThatItDoesNotHave() async throws {
        let city = try await TestCity()
        var question = HotspotQuestion(method: .grid)
        (question.shape, question.cell) = (.inspire, 250)
        let (proceeding, asked) = (try await city.proceeding(), question)
        let error = await #expect(throws: PlatformError.self) {
            try await city.installation.findHotspots(asked, of: proceeding, scope: city.staff)
        }
        #expect(error?.detail.contains("cell must be 100, 1000 or 10000 m with grid=inspire") == true)
    }
}
