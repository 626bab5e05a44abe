import Analysis
import GeoCore
import TestSupport
import Testing

struct PatternEnvelopeTests {
    private static func clumped() -> Points {
        var random = SeededGenerator(seed: 12)
        var points = Points()
        for index in 0..<60 {
            points.append(
                x: Double(index % 3) * 30 + Double.random(in: 5...20, using: &random),
                y: Double.random(in: 40...55, using: &random))
        }
        return points
    }

    @Test func findsClumpsAgainstAnEvenSpread() async throws {
        let window = try rectangleWindow([0, 0, 100, 100])
        let first = try await ripleyTest(Self.clumped(), window: window, simulations: 39, seed: 3)
        #expect(first.envelope.maximumDeviationP == 1.0 / 40)
        let second = try await ripleyTest(Self.clumped(), window: window, simulations: 39, seed: 3)
        #expect(first == second)
        let other = try await ripleyTest(Self.clumped(), window: window, simulations: 39, seed: 4)
        #expect(first.envelope.upper != other.envelope.upper)
    }

    @Test func findsNothingAgainstWhereThePointsComeFrom() async throws {
        let window = try rectangleWindow([0, 0, 100, 100])
        let points = Self.clumped()
        let every = points.rows { $0 % 2 == 0 }
        let drawn = try await ripleyTest(every, window: window, null: .drawn(from: points), simulations: 39)
        #expect(drawn.envelope.maximumDeviationP > 0.05)
        let raster = try Raster(minX: 0, minY: 0, cell: 5, columns: 20, rows: 20)
        let surface = try kernelDensity(points, kernel: .quartic, bandwidth: 8, raster: raster)
        let inhomogeneous = try await ripleyTest(every, window: window, null: .surface(surface), simulations: 39)
        #expect(inhomogeneous.envelope.maximumDeviationP > 0.025)
    }

    @Test func weightsAreDealtAnewWherePlacesStay() async throws {
        let window = try rectangleWindow([0, 0, 100, 100])
        func test(_ weight: (Int) -> Double) async throws -> RipleyTest {
            var points = Self.clumped()
            points.weight = points.weight.indices.map(weight)
            return try await ripleyTest(
                points, window: window, radii: [3, 6, 9], correction: .none, null: .drawn(from: points),
                simulations: 39, isWeighted: true)
        }
        // Equal weights say nothing more than the places, which stay: every simulation is what was observed.
        let equal = try await test { _ in 2 }
        #expect(equal.envelope.maximumDeviationP == 1 && equal.observed.isWeighted)
        let plain = try await ripleyK(Self.clumped(), window: window, radii: [3, 6, 9], correction: .none)
        for (weighted, unweighted) in zip(equal.observed.k, plain.k) {
            #expect(isClose(try #require(weighted), try #require(unweighted)))
        }
        // The heavy ones are all in one clump.
        let clumped = try await test { $0 % 3 == 0 ? 9 : 1 }
        #expect(clumped.envelope.squaredDeviationP <= 0.05)
    }

    @Test func refusesWhatItCannotCompute() async throws {
        #expect(throws: AnalysisError.self) { try patternEnvelope(observed: [1], simulations: [[1, 2]], radii: [1]) }
        #expect(throws: AnalysisError.self) {
            try patternEnvelope(observed: [1], simulations: [[1]], radii: [1], rank: 2)
        }
        #expect(throws: AnalysisError.self) { try patternEnvelope(observed: [], simulations: [[]], radii: []) }
        let window = try rectangleWindow([0, 0, 100, 100])
        await #expect(throws: AnalysisError.self) {
            try await ripleyTest(Self.clumped(), window: window, simulations: 5)
        }
        await #expect(throws: AnalysisError.self) {
            try await ripleyTest(Self.clumped(), window: window, null: .drawn(from: Points()))
        }
    }
}
