import Foundation
import GeoCore
import PROJCoordinates
import Participation
import Platform
import Storage
import Testing

struct HotspotTests {
    private struct Planted: Decodable {
        struct Hotspot: Decodable {
            var name: String
            var centre: [Double]
        }
        var hotspots: [Hotspot]
    }

    @Test func findsEveryPlantedHotspotAndNoOther() async throws {
        let city = try await TestCity()
        _ = try await city.importContributions()
        let answer = try await city.installation.findHotspots(
            HotspotQuestion(method: .gi), of: city.proceeding(), scope: city.anonymous)
        let planted = try JSONDecoder().decode(
            Planted.self, from: Data(contentsOf: TestCity.geodata.appendingPathComponent("expected.json")))
        let transform = try CoordinateTransform(from: .wgs84, to: CoordinateReferenceSystem(answer.analysis.crs))
        let hot = answer.features.filter { ($0.value ?? 0) >= 2 }.compactMap { $0.shape.shape.boundingBox?.center }
        var distances = [Double](repeating: .infinity, count: hot.count)
        for hotspot in planted.hotspots {
            var (x, y) = ([hotspot.centre[0]], [hotspot.centre[1]])
            try transform.forward(&x, &y)
            var nearest = Double.infinity
            for (index, center) in hot.enumerated() {
                let (dx, dy) = (center.x - x[0], center.y - y[0])
                let distance = (dx * dx + dy * dy).squareRoot()
                nearest = min(nearest, distance)
                distances[index] = min(distances[index], distance)
            }
            #expect(nearest < 200, "\(hotspot.name)")
        }
        #expect(distances.allSatisfy { $0 < 700 })
        #expect(answer.analysis.used == 1980)
        #expect(answer.analysis.leftOut.reduce(0) { $0 + $1.count } == 20)
    }

    @Test func boundsTheCellsOfAnAnswer() async throws {
        let city = try await TestCity()
        _ = try await city.importContributions()
        var question = HotspotQuestion(method: .gi)
        question.cell = 15
        await #expect(throws: PlatformError.self) {
            try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.anonymous)
        }
        // Two places close together would ask for the smallest cells in the whole city.
        question.cell = nil
        var filter = ContributionFilter()
        filter.boxes = [BoundingBox(minX: 9.885, minY: 53.408, maxX: 9.887, maxY: 53.410)]
        let answer = try await city.installation.findHotspots(
            question, of: city.proceeding(), filter: filter, scope: city.anonymous)
        #expect(!answer.features.isEmpty)
        #expect(answer.features.count <= 60_000)
    }

    @Test func countsPermutationsWhereTheNormalLawIsRough() async throws {
        let city = try await TestCity()
        _ = try await city.importContributions()
        var question = HotspotQuestion(method: .gi)
        question.neighbours = 1
        let rough = try await city.installation.findHotspots(
            question, of: city.proceeding(), scope: city.anonymous)
        #expect(rough.analysis.parameters.first { $0.name == "inference" }?.value == .text("exact"))
        question.inference = .normal
        let normal = try await city.installation.findHotspots(
            question, of: city.proceeding(), scope: city.anonymous)
        #expect(normal.analysis.parameters.first { $0.name == "inference" }?.value == .text("normal"))
        #expect(!normal.analysis.warnings.isEmpty)
    }

    @Test func countsEmptyCellsOfTheAreaAsZero() async throws {
        let city = try await TestCity()
        _ = try await city.importContributions()
        var question = HotspotQuestion(method: .gi)
        question.cell = 400
        let answer = try await city.installation.findHotspots(
            question, of: city.proceeding(), scope: city.anonymous)
        let counts = answer.features.compactMap { feature -> Int64? in
            guard case .integer(let count)? = feature.properties.first(where: { $0.name == "count" })?.value else {
                return nil
            }
            return count
        }
        #expect(counts.contains(0))
        #expect(counts.reduce(0, +) == 1980)
    }

    @Test(arguments: HotspotQuestion.Method.allCases)
    func givesTheSameBytesForTheSameQuestion(_ method: HotspotQuestion.Method) async throws {
        let (first, second) = (try await TestCity(), try await TestCity())
        _ = try await first.importContributions()
        _ = try await second.importContributions()
        let question = HotspotQuestion(method: method)
        let one = try await first.installation.findHotspots(question, of: first.proceeding(), scope: first.staff)
        let two = try await second.installation.findHotspots(question, of: second.proceeding(), scope: second.staff)
        #expect(try one.geoJSON() == two.geoJSON())
        #expect(one.svg(language: "de") == two.svg(language: "de"))
        let collection = try JSONValue.parse(one.geoJSON(), limits: .importing)
        #expect(collection["features"]?.array?.count == one.features.count)
    }

    @Test(arguments: [HotspotQuestion.CellShape.hex, .square, .inspire])
    func cellsInColumnsAreWrittenLikeShapes(_ shape: HotspotQuestion.CellShape) async throws {
        let city = try await TestCity.withContributions.value
        for method in [HotspotQuestion.Method.grid, .gi] {
            var question = HotspotQuestion(method: method)
            (question.shape, question.cell) = (shape, 1000)
            if method == .grid { question.breaks = ClassBreaks(.jenks) }
            var answer = try await city.installation.findHotspots(
                question, of: city.proceeding(), scope: city.anonymous)
            let columns = try answer.geoJSON()
            answer.features = answer.features
            #expect(try answer.geoJSON() == columns)
        }
    }

    @Test func refusesParametersOutOfRange() async throws {
        let city = try await TestCity()
        var question = HotspotQuestion(method: .gi)
        question.cell = -5
        let (proceeding, asked) = (try await city.proceeding(), question)
        let error = await #expect(throws: PlatformError.self) {
            try await city.installation.findHotspots(asked, of: proceeding, scope: city.staff)
        }
        #expect(error?.code == .badRequest)
    }

    /// A millimetre over a city is refused with the number of cells it would make, before any is made.
    @Test(arguments: [HotspotQuestion.Method.grid, .gi, .moran, .kde, .scan, .locationQuotient, .relativeRisk])
    func refusesTooManyCellsWithTheirNumber(_ method: HotspotQuestion.Method) async throws {
        let city = try await TestCity.withContributions.value
        var question = HotspotQuestion(method: method)
        question.cell = 0.001
        let (proceeding, asked) = (try await city.proceeding(), question)
        let refusal = await #expect(throws: PlatformError.self) {
            try await city.installation.findHotspots(asked, of: proceeding, scope: city.staff)
        }
        let error = try #require(refusal)
        #expect(error.parameter == "cell" && error.code == .invalidInput)
        let cells = try #require(error.detail.firstMatch(of: /about ([0-9.e+]+)/).flatMap { Double($0.1) })
        #expect(cells > 1e13 && cells < 1e16, "\(error)")
        #expect(error.hint?.contains(#/^cell=[0-9]+ /#) == true, "\(error)")
    }

    @Test func comparesNoMillimetresEither() async throws {
        let city = try await TestCity.withContributions.value
        let proceeding = try await city.proceeding()
        let categories = try await city.installation.categories(of: proceeding, scope: city.staff)
        let sets = categories.prefix(2).map { category in
            var filter = ContributionFilter()
            filter.categories = [category.id]
            return ComparedSet(proceeding: proceeding, filter: filter)
        }
        let error = await #expect(throws: PlatformError.self) {
            try await city.installation.compare(sets[0], with: sets[1], cell: 0.001, scope: city.staff)
        }
        #expect(error?.parameter == "cell" && error?.detail.contains(/about [0-9.e+]+/) == true)
    }

    /// Neighbourhoods of many cells would take minutes with as many draws as others get.
    @Test(arguments: [Neighbourhood.Rule.rings, .inverse])
    func drawsNoMoreThanCanBeDoneInTime(_ rule: Neighbourhood.Rule) async throws {
        let city = try await TestCity.withContributions.value
        var question = HotspotQuestion(method: .gi)
        (question.cell, question.sensitivity, question.inference) = (200, false, .permutation)
        question.neighbourhood.rule = rule
        if rule == .rings { question.neighbours = 4 }
        let answer = try await city.installation.findHotspots(
            question, of: city.proceeding(), scope: city.anonymous)
        guard case .number(let draws)? = answer.analysis.parameters.first(where: { $0.name == "permutations" })?.value
        else {
            // So few could be drawn that the normal law is told instead.
            #expect(answer.analysis.parameters.first { $0.name == "inference" }?.value == .text("normal"))
            return
        }
        #expect(draws < 99_999, "\(draws)")
    }

    @Test func refusesSensitivityWhereNeighboursAreNoRings() async throws {
        let city = try await TestCity.withContributions.value
        let proceeding = try await city.proceeding()
        for method in [HotspotQuestion.Method.gi, .moran, .geary] {
            var question = HotspotQuestion(method: method)
            (question.cell, question.sensitivity) = (500, true)
            question.neighbourhood.rule = .band
            let asked = question
            let error = await #expect(throws: PlatformError.self) {
                try await city.installation.findHotspots(asked, of: proceeding, scope: city.staff)
            }
            #expect(error?.code == .invalidInput)
        }
    }

    @Test func saysSoWhenThereIsNothingToAnalyse() async throws {
        let city = try await TestCity()
        let answer = try await city.installation.findHotspots(
            HotspotQuestion(method: .gi), of: city.proceeding(), scope: city.staff)
        #expect(answer.features.isEmpty && answer.analysis.used == 0)
        #expect(answer.analysis.cautions.map(\.kind) == [.noContributions])
    }
}
