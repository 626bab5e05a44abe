import GeoCore
import Platform
import Testing

/// The size of cells by the length of an edge or by their area.
struct CellSizeTests {
    private static func layout(
        _ shape: HotspotQuestion.CellShape, width: Double? = nil, edge: Double? = nil, area: Double? = nil
    ) throws -> CellLayout {
        var layout = CellLayout()
        layout.shape = shape
        try layout.setSize(width: width, edge: edge, area: area)
        return layout
    }

    @Test func hexagonsAreAsWideAsTheirEdgeTimesTheRootOfThree() throws {
        #expect(try Self.layout(.hex, edge: 100).width == 100 * 3.0.squareRoot())
        #expect(try Self.layout(.square, edge: 100).width == 100)
    }

    @Test(arguments: [HotspotQuestion.CellShape.hex, .square])
    func cellsHaveTheAreaAskedFor(_ shape: HotspotQuestion.CellShape) async throws {
        let city = try await TestCity.withContributions.value
        var question = HotspotQuestion(method: .grid)
        question.cells = try Self.layout(shape, area: 250_000)
        let record = try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.anonymous)
            .analysis
        guard case .number(let area)? = record.summary.first(where: { $0.name == "cellArea" })?.value else {
            Issue.record("no area is told")
            return
        }
        #expect(abs(area - 250_000) < 1e-6)
        let told = record.parameters.first { $0.name == "cellArea" }
        #expect(told?.value == .number(250_000) && told?.unit == "m²" && told?.origin == .given)
    }

    @Test func anEdgeGivesTheCellsOfItsWidth() async throws {
        let city = try await TestCity.withContributions.value
        let (proceeding, scope) = (try await city.proceeding(), city.anonymous)
        var (byWidth, byEdge) = (HotspotQuestion(method: .gi), HotspotQuestion(method: .gi))
        byWidth.cells = try Self.layout(.square, width: 400)
        byEdge.cells = try Self.layout(.square, edge: 400)
        let wide = try await city.installation.findHotspots(byWidth, of: proceeding, scope: scope)
        let edged = try await city.installation.findHotspots(byEdge, of: proceeding, scope: scope)
        #expect(wide.features.map { "\($0)" } == edged.features.map { "\($0)" })
    }

    @Test func aSizeIsGivenOnce() throws {
        let error = #expect(throws: PlatformError.self) { try Self.layout(.hex, width: 100, area: 10_000) }
        #expect(error?.detail == "cell and cellArea exclude each other")
        #expect(error?.parameter == "cellArea")
    }

    @Test(arguments: [0.0, -1, .nan, .infinity])
    func whatIsNoAreaIsRefusedByItsName(_ area: Double) async throws {
        let city = try await TestCity.withContributions.value
        var question = HotspotQuestion(method: .grid)
        question.cells = try Self.layout(.hex, area: area)
        let (asked, proceeding, scope) = (question, try await city.proceeding(), city.anonymous)
        let error = await #expect(throws: PlatformError.self) {
            try await city.installation.findHotspots(asked, of: proceeding, scope: scope)
        }
        #expect(error?.detail.hasPrefix("cellArea must be a number from") == true)
    }

    @Test(arguments: [HotspotQuestion.Method.gi, .moran, .geary, .emerging])
    func tooManyCellsAreRefusedWithTheirNumberBeforeTheyAreMade(_ method: HotspotQuestion.Method) async throws {
        let city = try await TestCity.withContributions.value
        var question = HotspotQuestion(method: method)
        question.cell = 10
        let (asked, proceeding, scope) = (question, try await city.proceeding(), city.anonymous)
        let error = await #expect(throws: PlatformError.self) {
            try await city.installation.findHotspots(asked, of: proceeding, scope: scope)
        }
        let detail = try #require(error?.detail)
        #expect(detail.hasPrefix("cells of 10 m would be about ") && detail.hasSuffix("more than 100000"))
        #expect(error?.hint?.hasPrefix("cell=") == true)
    }

    /// Contributions anywhere in a square whose border cuts cells: cells that hold less because there is less of them do
    /// not make neighbours that agree.
    @Test func whatTheBorderCutsOffIsNoPattern() async throws {
        var planted = PlantedContributions(seed: 3)
        planted.spread(4_000, around: 9.91, 53.39, width: 0.08, from: 1_767_567_600_000, days: 80)
        let city = try await planted.city()
        try await city.setArea(BoundingBox(minX: 9.87, minY: 53.366, maxX: 9.95, maxY: 53.414))
        var question = PatternQuestion(method: .moran)
        (question.cell, question.permutations) = (500, 0)
        let answer = try await city.installation.findPattern(
            question, of: city.proceeding(), scope: city.anonymous)
        guard case .number(let z)? = answer.analysis.summary.first(where: { $0.name == "z" })?.value else {
            Issue.record("no score: \(answer.analysis.summary)")
            return
        }
        #expect(abs(z) < 2.6)
        let left = answer.analysis.leftOut.first { $0.reason == "borderCell" }
        #expect((left?.count ?? 0) > 0)
        #expect(answer.analysis.used + (left?.count ?? 0) == 4_000)
    }
}
