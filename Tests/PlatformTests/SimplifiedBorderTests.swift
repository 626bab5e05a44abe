import Foundation
import GeoCore
import Participation
import Platform
import Storage
import Testing

/// A proceeding whose border has too many corners for the correction at the border.
struct SimplifiedBorderTests {
    private static let centre = Position(9.9, 53.39)

    /// A position so many degrees north of the centre, turned by a part of a circle.
    private static func place(_ radius: Double, _ turn: Double) -> Position {
        let angle = 2 * Double.pi * turn
        return Position(centre.x + radius * cos(angle) * 1.67, centre.y + radius * sin(angle))
    }

    /// A circle of 720 corners, with forty contributions within and sixty close to the border.
    private func round() async throws -> (city: TestCity, proceeding: Proceeding) {
        let city = try await TestCity()
        let ring = (0...720).map { Self.place(0.02, Double($0 % 720) / 720) }
            .map { "[\($0.x),\($0.y)]" }.joined(separator: ",")
        let document = """
            {"id": "kreis", "name": "Kreis", "categories": [{"id": "wege", "name": "Wege"}, {"id": "rest", "name": "Rest"}],
            "schedule": {"phase1Start": "2026-04-12T22:00:00Z", "phase1End": "2035-12-31T23:00:00Z"},
            "area": {"type": "Polygon", "coordinates": [[\(ring)]]}}
            """
        let proceeding = try await city.installation.createProceeding(
            ProceedingDocument(json: Array(document.utf8), tenant: city.staff.tenant), scope: city.staff)
        var planted = PlantedContributions()
        for index in 0..<100 {
            let place = Self.place(index < 40 ? 0.01 * planted.unit() : 0.01999, planted.unit())
            planted.add(
                place.x, place.y, at: 1_777_593_600_000 + Int64(index), category: index % 2 == 0 ? "Wege" : "Rest")
        }
        let file = try city.file(
            "kreis.geojson",
            "{\"type\":\"FeatureCollection\",\"features\":[\(planted.features.joined(separator: ","))]}")
        _ = try await city.installation.importContributions(
            path: file.path, fileName: file.lastPathComponent, options: ContributionImportOptions(), to: proceeding,
            scope: city.staff)
        return (city, try await city.installation.proceeding("kreis", scope: city.staff))
    }

    @Test func contributionsBetweenTheBorderAndItsSimplificationAreToldAsLeftOut() async throws {
        let (city, proceeding) = try await round()
        var question = HotspotQuestion(method: .relativeRisk)
        (question.focus, question.bandwidth) = ("wege", 400)
        let answer = try await city.installation.findHotspots(question, of: proceeding, scope: city.staff)
        func figure(_ name: String) -> Int? {
            guard case .number(let number)? = answer.analysis.summary.first(where: { $0.name == name })?.value else {
                return nil
            }
            return Int(number)
        }
        let between = try #require(answer.analysis.leftOut.first { $0.reason == "outsideSimplifiedBorder" })
        #expect(between.count > 0)
        #expect(answer.analysis.used + answer.analysis.leftOut.map(\.count).reduce(0, +) == 100)
        let (own, others) = (try #require(figure("contributionsInFocus")), try #require(figure("otherContributions")))
        #expect(own + others == answer.analysis.used)
    }
}
