import GeoCore
import Participation
import Storage
import Testing

@testable import Platform

/// Where an answer begins and ends, if the proceeding has no area: that must not tell where the outermost lies.
struct WithheldExtentTests {
    private static let start: Int64 = 1_777_593_600_000

    /// Twelve around one place and one east of it, all of a private category, in a proceeding without an area.
    private func city(outermost longitude: Double, isPrivate: Bool = true) async throws -> TestCity {
        var planted = PlantedContributions()
        for index in 0..<12 {
            planted.add(9.88 + Double(index) * 1e-4, 53.39, at: Self.start + Int64(index), category: "Radverkehr")
        }
        planted.add(longitude, 53.395, at: Self.start + 20, category: "Radverkehr")
        let city = isPrivate ? try await planted.privateCity() : try await planted.city()
        _ = try await city.installation.engine.writeAlone {
            try $0.execute("UPDATE proceeding SET area = NULL, data_version = data_version + 1")
        }
        return city
    }

    private func find(_ question: HotspotQuestion, _ city: TestCity, _ scope: Scope) async throws -> HotspotAnswer {
        try await city.installation.findHotspots(question, of: city.proceeding(), scope: scope)
    }

    private func box(_ answer: HotspotAnswer) throws -> BoundingBox {
        try #require(answer.area?.shape.boundingBox)
    }

    private func sides(_ box: BoundingBox) -> [Double] { [box.minX, box.minY, box.maxX, box.maxY] }

    private var density: HotspotQuestion {
        var question = HotspotQuestion(method: .kde)
        (question.bandwidth, question.edge) = (300, HotspotQuestion.Edge.none)
        return question
    }

    @Test func theBoxAroundPrivateContributionsHasRoundCoordinates() async throws {
        let city = try await city(outermost: 9.92)
        for scope in [city.anonymous, city.staff] {
            let answer = try await find(density, city, scope)
            let told = try box(answer)
            #expect(sides(told).allSatisfy { ($0 / 100).rounded() * 100 == $0 })
            #expect(answer.analysis.studyArea.contains("round coordinates"))
        }
        // Some metres farther out tell nothing else.
        let farther = try await self.city(outermost: 9.9201)
        #expect(try await box(find(density, farther, farther.anonymous)) == box(find(density, city, city.anonymous)))
    }

    @Test func cellsOfADensityLieAlikeHoweverFarOutTheOutermostIs() async throws {
        var cells: [[String]] = []
        for longitude in [9.92, 9.9201] {
            let city = try await city(outermost: longitude)
            cells.append(try await find(density, city, city.anonymous).features.map(\.id))
        }
        #expect(!cells[0].isEmpty && cells[0] == cells[1])
    }

    @Test func theStepIsNoSmallerThanACell() async throws {
        let city = try await city(outermost: 9.92)
        var question = HotspotQuestion(method: .grid)
        question.cell = 300
        let told = try await box(find(question, city, city.anonymous))
        #expect(sides(told).allSatisfy { ($0 / 500).rounded() * 500 == $0 })
    }

    @Test func theBoxAroundWhatEverybodySeesIsExact() async throws {
        let city = try await city(outermost: 9.92, isPrivate: false)
        let told = try await box(find(density, city, city.anonymous))
        #expect(sides(told).contains { ($0 / 100).rounded() * 100 != $0 })
    }
}
