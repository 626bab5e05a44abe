import GeoCore
import TestSupport
import Testing

@testable import Analysis

/// The highest ratio of a simulation against that of all cylinders, one by one.
struct CylinderFloorsTests {
    @Test(arguments: [(12, false, 1), (12, true, 2), (20, false, 2), (9, false, 3)])
    func theHighestRatioIsThatOfAllCylinders(_ stepCount: Int, _ isProspective: Bool, _ minimum: Int) async throws {
        var random = SeededGenerator(seed: 5)
        // Places of a lattice, many of which are equally far from each other, or the same.
        var points = Points(capacity: 90)
        var steps: [Int] = []
        for _ in 0..<90 {
            points.append(
                x: Double(Int.random(in: 0..<7, using: &random)), y: Double(Int.random(in: 0..<7, using: &random)))
            steps.append(Int.random(in: 0..<stepCount, using: &random))
        }
        let zones = try await CircularZones.make(
            points, population: [Double](repeating: 1, count: points.count), share: 0.4)
        let spans = Spans(stepCount, longest: stepCount / 2, isProspective: isProspective)
        let held = steps.reduce(into: [Int](repeating: 0, count: stepCount)) { $0[$1] += 1 }
        let cylinders = Cylinders(
            zones: zones, spans: spans, stepTotals: held, minimum: minimum, direction: .high, all: points.count)
        let totals = cylinders.spanTotals
        let floors = try #require(
            CylinderFloors(totals, largest: points.count, minimum: minimum, all: points.count))
        var best = 0.0
        for center in 0..<points.count {
            var counts = [Int](repeating: 0, count: totals.count)
            let start = zones.offsets[center]
            for index in start..<zones.offsets[center + 1] {
                let entry = zones.entries[index]
                for span in spans.holding[steps[Int(entry < 0 ? ~entry : entry)]] { counts[Int(span)] += 1 }
                guard entry >= 0 else { continue }
                let share = Double(index + 1 - start) / Double(points.count)
                for span in counts.indices where counts[span] >= minimum {
                    best = max(best, cylinders.ratio(Double(counts[span]), totals[span] * share))
                }
            }
        }
        #expect(best > 0)
        let found = try cylinders.highest(steps, floors)
        #expect(abs(found - best) <= 1e-12 * best)
    }

    @Test func tooManyNumbersAreNotKept() {
        #expect(CylinderFloors([Double](repeating: 1, count: 100_000), largest: 100, minimum: 2, all: 1000) == nil)
    }
}
