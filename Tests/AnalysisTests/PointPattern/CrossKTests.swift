import Analysis
import GeoCore
import TestSupport
import Testing

struct CrossKTests {
    private let window: StudyWindow

    init() throws {
        window = try StudyWindow(polygons: [
            [[Position(0, 0), Position(100, 0), Position(100, 60), Position(0, 60), Position(0, 0)]]
        ])
    }

    // numpy.random.default_rng(11): places on a lattice of 100 by 60, seventeen of the first category.
    private let points = Points(
        x: [
            13, 12, 80, 50, 59, 60, 71, 2, 49, 14, 40, 93, 55, 7, 54, 13, 76, 95, 98, 62, 87, 37, 14, 51, 44, 66, 100,
            27,
            86, 13,
        ],
        y: [
            21, 48, 15, 40, 27, 31, 57, 49, 51, 33, 59, 59, 8, 12, 18, 33, 50, 29, 60, 21, 56, 36, 43, 14, 36, 48, 54,
            52,
            59, 7,
        ])
    private let isFirst = [
        0, 1, 1, 0, 0, 1, 0, 1, 0, 1, 1, 1, 1, 0, 0, 0, 1, 1, 1, 0, 0, 0, 1, 1, 0, 0, 1, 1, 1, 1,
    ].map { $0 == 1 }

    @Test func equalsTheSumOverPairsOfBothCategories() async throws {
        // Pair by pair in Python: A/(n₁n₂) Σ A/((100 − |dx|)(60 − |dy|)), and Σ 1 without correction.
        let expected: [(PatternCorrection, [Double])] = [
            (.translate, [115.66104573030618, 209.92405403805517, 687.3284554841542]),
            (.none, [108.5972850678733, 190.0452488687783, 570.1357466063348]),
        ]
        for (correction, values) in expected {
            let found = try await crossKTest(
                points, isFirst: isFirst, window: window, radii: [5, 10, 15], correction: correction, simulations: 0)
            #expect(found.first == 17 && found.second == 13 && found.envelope == nil)
            for (made, value) in zip(found.k, values) { #expect(isClose(made, value)) }
            for (k, l) in zip(found.k, found.l) { #expect(isClose(l * l * .pi, k)) }
        }
    }

    @Test func categoriesThatKeepApartLieBelowRandomLabels() async throws {
        var random = SeededGenerator(seed: 21)
        var points = Points()
        var isFirst: [Bool] = []
        for index in 0..<120 {
            let isLeft = index % 2 == 0
            points.append(
                x: Double.random(in: isLeft ? 0...48 : 52...100, using: &random),
                y: Double.random(in: 0...60, using: &random))
            isFirst.append(isLeft)
        }
        func test(_ labels: [Bool]) async throws -> CrossKTest {
            try await crossKTest(points, isFirst: labels, window: window, radii: [4, 8, 12], simulations: 99)
        }
        let apart = try await test(isFirst)
        let envelope = try #require(apart.envelope)
        #expect(envelope.maximumDeviationP == 0.01)
        #expect(zip(apart.l, envelope.lower).allSatisfy { $0 < $1 })
        #expect(zip(envelope.lower, envelope.upper).allSatisfy { $0 <= $1 })
        #expect(try await test(isFirst) == apart)
        let mixed = try await test(isFirst.indices.map { $0 % 4 < 2 })
        #expect(try #require(mixed.envelope).maximumDeviationP > 0.01)
    }

    @Test func refusesWhatCannotBeCompared() async throws {
        for labels in [Array(repeating: true, count: 30), [true]] {
            await #expect(throws: AnalysisError.self) {
                try await crossKTest(points, isFirst: labels, window: window, radii: [5])
            }
        }
        await #expect(throws: AnalysisError.self) {
            try await crossKTest(points, isFirst: isFirst, window: window, radii: [5], correction: .border)
        }
        await #expect(throws: AnalysisError.self) {
            try await crossKTest(points, isFirst: isFirst, window: window, radii: [5], simulations: 5)
        }
    }
}
