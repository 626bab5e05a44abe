import Analysis
import GeoCore
import TestSupport
import Testing

/// A rectangle as the reference cases write it: west, south, east, north.
func rectangleWindow(_ rect: [Double]) throws -> StudyWindow {
    try StudyWindow(box: BoundingBox(minX: rect[0], minY: rect[1], maxX: rect[2], maxY: rect[3]))
}

struct ClarkEvansTests {
    struct Parameters: Decodable { let rect: [Double] }
    struct Input: Decodable { let xy: [[Double]] }

    @Test(
        .enabled(if: SharedMaterial.isPresent, "needs the reference cases"),
        arguments: ["clark-evans-csr", "clark-evans-juvenile"])
    func equalsTheReference(name: String) async throws {
        let oracle = try OracleCase<Parameters, Input, [String: Double]>.load(name)
        let made = try await clarkEvans(
            Points(pairs: oracle.input.xy), window: try rectangleWindow(oracle.params.rect))
        let donnelly = try #require(made.donnelly)
        let figures: [String: Double] = [
            "n": Double(made.count), "mean_nn": made.meanDistance, "expected_csr": made.plain.expected,
            "R": made.plain.index, "se": made.plain.standardError, "z": made.plain.z, "p_two": made.plain.p,
            "donnelly_expected": donnelly.expected, "donnelly_R": donnelly.index, "donnelly_se": donnelly.standardError,
            "donnelly_z": donnelly.z, "donnelly_p_two": donnelly.p,
        ]
        #expect(figures.keys.sorted() == oracle.expected.keys.sorted())
        for (key, value) in figures { #expect(isClose(value, try #require(oracle.expected[key])), "\(key)") }
    }

    @Test func countsWhatLiesOutside() async throws {
        let window = try StudyWindow(polygons: [
            [
                [
                    Position(0, 0), Position(10, 0), Position(10, 4), Position(4, 4), Position(4, 10), Position(0, 10),
                    Position(0, 0),
                ]
            ]
        ])
        let made = try await clarkEvans(Points(x: [1, 10, 9], y: [1, 0, 9]), window: window)
        #expect(made.count == 2 && made.outside == 1)
        #expect(made.donnelly == nil)
        #expect(isClose(made.meanDistance, 82.0.squareRoot()))
    }

    @Test func needsTwoPoints() async throws {
        let window = try rectangleWindow([0, 0, 1, 1])
        await #expect(throws: AnalysisError.self) { try await clarkEvans(Points(x: [0.5], y: [0.5]), window: window) }
        await #expect(throws: AnalysisError.self) { try await clarkEvans(Points(x: [.nan], y: [0.5]), window: window) }
    }
}
