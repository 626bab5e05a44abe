import Analysis
import Foundation
import GeoCore
import TestSupport
import Testing

struct DonutMaskTests {
    static func unit(_ degrees: Double) -> (x: Double, y: Double) {
        (cos(degrees * .pi / 180), sin(degrees * .pi / 180))
    }

    @Test func staysBetweenItsRadii() throws {
        let mask = try DonutMask(inner: 30, outer: 150)
        var random = SeededGenerator(seed: 2)
        var within = 0
        for _ in 0..<2000 {
            let moved = mask.masked(
                Position(1000, 2000), radial: Double.random(in: 0..<1, using: &random),
                angular: Double.random(in: 0..<1, using: &random))
            let distance = hypot(moved.x - 1000, moved.y - 2000)
            #expect(distance > 30 - 1e-9 && distance < 150 + 1e-9)
            if distance * distance < (30 * 30 + 150 * 150) / 2 { within += 1 }
        }
        // Half of the area lies within this radius; four standard deviations of 22.
        #expect(abs(within - 1000) < 90)
    }

    @Test func refusesRadiiThatMakeNoRing() {
        #expect(throws: AnalysisError.self) { try DonutMask(inner: 30, outer: 30) }
        #expect(throws: AnalysisError.self) { try DonutMask(inner: -1, outer: 30) }
        #expect(throws: AnalysisError.self) { try DonutMask(inner: 0, outer: .infinity) }
    }
}
