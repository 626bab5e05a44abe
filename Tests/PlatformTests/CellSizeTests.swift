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
}
