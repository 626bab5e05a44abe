import GEOSGeometry
import GeoCore
import Testing

@testable import Platform

/// How area units lie to each other where they share corners.
struct UnitCornersTests {
    private func corners(_ ring: [Position]) -> UnitCorners {
        UnitCorners(MetricGeometry(metres: .polygon([ring + [ring[0]]])))
    }

    private func square(_ x: Double, _ y: Double) -> UnitCorners {
        corners([Position(x, y), Position(x + 100, y), Position(x + 100, y + 100), Position(x, y + 100)])
    }

    @Test func unitsWithoutACommonCornerMeetNowhere() {
        #expect(square(0, 0).meeting(square(100, 50), gap: 1) == .nowhere)
        #expect(square(0, 0).meeting(square(500, 500), gap: 1) == .nowhere)
    }

    @Test func unitsThatTouchInOneCornerPartFromThere() {
        #expect(square(0, 0).meeting(square(100, 100), gap: 1) == .atCorners)
        #expect(square(100, 100).meeting(square(0, 0), gap: 1) == .atCorners)
    }

    @Test func anEdgeThatHardlyLeavesTheOtherRunsAlongIt() {
        let leaning = corners([Position(100, 0), Position(200, 0), Position(200, 100), Position(100.5, 100)])
        #expect(square(0, 0).meeting(leaning, gap: 1) == .along)
        #expect(leaning.meeting(square(0, 0), gap: 1) == .along)
        #expect(square(0, 0).meeting(leaning, gap: 0.1) == .atCorners)
    }

    @Test func everySharedCornerIsLookedAt() {
        // The first in order parts, the last runs along.
        let bent = corners([Position(0, 0), Position(-100, -100), Position(200, -100), Position(100, 0)])
        let other = corners([Position(0, 0), Position(0, 100), Position(200, -100)])
        #expect(bent.meeting(other, gap: 1) == .along)
        #expect(other.meeting(bent, gap: 1) == .along)
    }
}
