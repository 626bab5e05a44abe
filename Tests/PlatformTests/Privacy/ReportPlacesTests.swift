import Participation
import Platform
import Storage
import Testing

/// A report lists contributions where it counts them.
struct ReportPlacesTests {
    /// A hundred all over, fifty about one place, and thirty of a private category about the same point of the grid on which
    /// everybody sees them.
    private func city() async throws -> TestCity {
        var planted = PlantedContributions(seed: 4)
        let start: Int64 = 1_777_593_600_000
        for index in 0..<100 {
            planted.add(
                9.87 + planted.unit() * 0.06, 53.365 + planted.unit() * 0.04, at: start + Int64(index) * 60_000,
                category: "Sonstiges")
        }
        // Around that point many gather, so that it is hot.
        for index in 0..<50 {
            planted.add(
                9.90 + (planted.unit() - 0.5) * 0.006, 53.39 + (planted.unit() - 0.5) * 0.004,
                at: start + Int64(index) * 60_000, category: "Sonstiges")
        }
        for index in 0..<30 {
            let (east, north) = (planted.unit(), planted.unit())
            planted.add(
                9.90 + (east - 0.5) * 0.009, 53.39 + (north - 0.5) * 0.009, at: start + Int64(index) * 60_000,
                category: "Radverkehr")
        }
        return try await planted.privateCity()
    }

    @Test func privateOnesAreListedWhereTheyCountWhoeverReads() async throws {
        let city = try await city()
        let report = String(
            decoding: try await city.installation.report(of: city.proceeding(), language: "de", scope: city.staff),
            as: UTF8.self)
        let places = report.matches(
            of: #/<h3>Ort [0-9]+</h3>\n<p>([0-9]+) Beiträge[^<]*</p>\n<div[^>]*><table>\n<caption>([0-9]+) Beiträge</#)
        #expect(!places.isEmpty)
        for place in places { #expect(place.1 == place.2, "\(place.1) are counted, \(place.2) are listed") }
        #expect(places.contains { (Int($0.1) ?? 0) >= 30 })
    }

    @Test func itIsSaidThatTheirPlacesAreThoseOfAGrid() async throws {
        let city = try await city()
        for scope in [city.staff, city.anonymous] {
            let told = try await city.installation.findHotspots(
                HotspotQuestion(method: .dbscan), of: city.proceeding(), scope: scope
            ).analysis.cautions
            #expect(told.contains { $0.kind == .coarsePlaces && $0.german.contains("hundertstel Grad") })
        }
        let open = try await TestCity.withContributions.value
        let none = try await open.installation.findHotspots(
            HotspotQuestion(method: .dbscan), of: open.proceeding(), scope: open.anonymous
        ).analysis.cautions
        #expect(!none.contains { $0.kind == .coarsePlaces })
    }
}
