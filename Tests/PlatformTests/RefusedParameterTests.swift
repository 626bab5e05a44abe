import Foundation
import Participation
import Platform
import TestSupport
import Testing

/// Questions that cannot be: what is refused names the parameter that it is about.
struct RefusedParameterTests {
    private static func question(
        _ method: HotspotQuestion.Method, _ change: (inout HotspotQuestion) -> Void
    ) -> HotspotQuestion {
        var question = HotspotQuestion(method: method)
        change(&question)
        return question
    }

    static let hotspots: [(HotspotQuestion, String)] = [
        (question(.grid) { ($0.cells.shape, $0.cells.width) = (.inspire, 300) }, "cell"),
        (question(.grid) { ($0.cells.shape, $0.cells.orientation) = (.square, .pointy) }, "orientation"),
        (question(.grid) { $0.epsilon = 1 }, "cell"), (question(.grid) { $0.clip = 2 }, "clip"),
        (question(.grid) { ($0.cell, $0.epsilon) = (5000, 0.0125) }, "epsilon"),
        (question(.grid) { ($0.cell, $0.epsilon, $0.weight) = (5000, 1, .votes) }, "epsilon"),
        (question(.gi) { ($0.cell, $0.epsilon, $0.permutations) = (5000, 1, 999) }, "permutations"),
        (question(.gi) { ($0.cell, $0.epsilon, $0.sensitivity) = (5000, 1, true) }, "sensitivity"),
        (question(.gi) { ($0.neighbourhood.rule, $0.neighbours) = (.nearest, 2) }, "neighbours"),
        (question(.gi) { $0.neighbourhood.nearest = 5 }, "nearest"),
        (question(.kde) { ($0.bandwidth, $0.deviation) = (300, 100) }, "deviation"),
        (question(.kde) { ($0.bandwidth, $0.rule) = (300, .scott) }, "rule"),
        (question(.relativeRisk) { ($0.bandwidth, $0.rule) = (300, .scott) }, "rule"),
        (question(.kde) { $0.levels = [0] }, "levels"), (question(.kde) { $0.levels = [101] }, "levels"),
        (question(.kde) { $0.levels = [50, 50] }, "levels"),
        (question(.kde) { $0.apportion = .touch }, "apportion"),
        (question(.kde) { ($0.isAdaptive, $0.edge) = (true, .uniform) }, "edge"),
        (question(.emerging) { $0.step = .days(0.001) }, "step"),
        (question(.scan) { $0.penalty = .strong }, "penalty"), (question(.scan) { $0.model = .poisson }, "layer"),
        (question(.scan) { $0.layer = "stadtteile" }, "layer"), (question(.scan) { $0.step = .days(7) }, "step"),
        (question(.gi) { $0.contiguity = .rook }, "contiguity"), (question(.moran) { $0.snap = 1 }, "snap"),
        (question(.gi) { ($0.layer, $0.cell) = ("stadtteile", 500) }, "layer"),
        (question(.scan) { $0.weight = .votes }, "weight"),
        (question(.locationQuotient) { $0.weight = .votes }, "weight"),
    ]

    @Test(arguments: hotspots)
    func aRefusedQuestionNamesItsParameter(_ question: HotspotQuestion, _ parameter: String) async throws {
        let city = try await TestCity.withContributions.value
        let proceeding = try await city.proceeding()
        let error = await #expect(throws: PlatformError.self) {
            try await city.installation.findHotspots(question, of: proceeding, scope: city.anonymous)
        }
        #expect(error?.code == .badRequest && error?.parameter == parameter, "\(error?.description ?? "")")
    }

    private static func pattern(
        _ method: PatternQuestion.Method, _ change: (inout PatternQuestion) -> Void
    ) -> PatternQuestion {
        var question = PatternQuestion(method: method)
        change(&question)
        return question
    }

    static let patterns: [(PatternQuestion, String)] = [
        (pattern(.ripley) { $0.simulations = 5 }, "simulations"), (pattern(.ripley) { $0.null = .population }, "layer"),
        (pattern(.moran) { $0.permutations = 5 }, "permutations"),
        (pattern(.moran) { $0.contiguity = .rook }, "contiguity"),
        (pattern(.moran) { $0.snap = 1 }, "snap"), (pattern(.moran) { $0.alpha = 0.01 }, "alpha"),
        (pattern(.moran) { ($0.layer, $0.cell) = ("stadtteile", 500) }, "layer"),
        (pattern(.moran) { ($0.layer, $0.weight) = ("stadtteile", .votes) }, "weight"),
        (pattern(.crossK) { $0.correction = .border }, "edge"),
        (pattern(.crossK) { ($0.focus, $0.against) = ("radverkehr", "radverkehr") }, "against"),
        (pattern(.crossK) { ($0.focus, $0.against) = ("radverkehr", "nope") }, "against"),
    ]

    @Test(arguments: patterns)
    func aRefusedPatternNamesItsParameter(_ question: PatternQuestion, _ parameter: String) async throws {
        let city = try await TestCity.withContributions.value
        let proceeding = try await city.proceeding()
        let error = await #expect(throws: PlatformError.self) {
            try await city.installation.findPattern(question, of: proceeding, scope: city.anonymous)
        }
        #expect(error?.code == .badRequest && error?.parameter == parameter, "\(error?.description ?? "")")
    }

    @Test func classesWithoutARuleAreRefusedByTheirName() throws {
        let error = #expect(throws: PlatformError.self) { try ClassBreaks(rule: nil, classes: 5) }
        #expect(error?.parameter == "classes")
    }

    /// A city with a layer of lines, and one of area units if wanted.
    private func city(hasUnits: Bool) async throws -> TestCity {
        let city = try await TestCity()
        _ = try await city.importLayer(
            TestCity.geodata.appendingPathComponent("radwegenetz.geojson"), id: "radwegenetz")
        if hasUnits {
            var options = LayerImportOptions()
            (options.id, options.role) = ("stadtteile", .areaUnits)
            _ = try await city.installation.importLayer(
                path: TestCity.geodata.appendingPathComponent("stadtteile.gpkg").path, fileName: "stadtteile.gpkg",
                options: options, to: city.proceeding(), scope: city.staff)
        }
        return city
    }

    @Test(arguments: [
        (true, "layers of area units are stadtteile"), (false, "import a layer of areas with the role area-units"),
    ])
    func aLayerOfLinesIsRefusedWithThoseThatAreOfAreas(_ hasUnits: Bool, _ hint: String) async throws {
        let city = try await city(hasUnits: hasUnits)
        let proceeding = try await city.proceeding()
        let error = await #expect(throws: PlatformError.self) {
            try await city.installation.areaStatistics(layer: "radwegenetz", of: proceeding, scope: city.anonymous)
        }
        #expect(error?.code == .invalidInput && error?.parameter == "layer" && error?.hint == hint)
        #expect(error?.detail == "the layer radwegenetz has no polygons")
    }

    @Test func aLayerWithoutInhabitantsIsRefusedByItsName() async throws {
        let city = try await city(hasUnits: true)
        _ = try await city.importContributions()
        let (proceeding, asked) = (
            try await city.proceeding(), Self.question(.scan) { ($0.model, $0.layer) = (.poisson, "stadtteile") }
        )
        let error = await #expect(throws: PlatformError.self) {
            try await city.installation.findHotspots(asked, of: proceeding, scope: city.anonymous)
        }
        #expect(error?.parameter == "layer" && error?.detail == "the layer stadtteile tells no inhabitants")
    }

    @Test func aFocusThatIsNoCategoryOfAreasIsRefusedByItsName() async throws {
        let city = try await city(hasUnits: true)
        let (proceeding, options) = (try await city.proceeding(), AreaOptions(focus: "nope"))
        let error = await #expect(throws: PlatformError.self) {
            try await city.installation.areaStatistics(
                layer: "stadtteile", of: proceeding, options: options, scope: city.anonymous)
        }
        #expect(error?.code == .badRequest && error?.parameter == "focus")
    }
}
