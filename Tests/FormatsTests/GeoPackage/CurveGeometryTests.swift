import Foundation
import GeoCore
import Testing

@testable import Formats

struct CurveGeometryTests {
    private func circularString(_ numbers: [Double]) -> [UInt8] {
        var bytes: [UInt8] = [1, 8, 0, 0, 0, UInt8(numbers.count / 2), 0, 0, 0]
        for number in numbers {
            for shift in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: number.bitPattern >> UInt64(shift * 8))) }
        }
        return bytes
    }

    @Test func strokesAHalfCircleOnTheCircle() throws {
        let bytes = circularString([0, 0, 1, 1, 2, 0])
        #expect(CurveGeometry.isCurve(bytes, at: 0))
        guard case .lineString(let line) = try CurveGeometry.decode(bytes, at: 0) else {
            Issue.record("no line")
            return
        }
        #expect(line.count == 46)
        #expect(line.allSatisfy { abs(hypot($0.x - 1, $0.y) - 1) < 1e-12 && $0.y >= 0 })
    }

    @Test func strokesAFullCircle() throws {
        let line = try CurveGeometry.decode(circularString([0, 0, 2, 0, 0, 0]), at: 0)
        #expect(line.boundingBox.map { $0.width > 1.99 && $0.height > 1.99 } == true)
    }

    @Test func keepsPositionsOnALine() throws {
        let expected = Geometry.lineString([Position(0, 0), Position(1, 1), Position(2, 2)])
        #expect(try CurveGeometry.decode(circularString([0, 0, 1, 1, 2, 2]), at: 0) == expected)
    }

    @Test func refusesCutBytes() {
        let bytes = circularString([0, 0, 1, 1, 2, 0])
        for length in 0..<bytes.count {
            #expect(throws: FormatError.self) { try CurveGeometry.decode(Array(bytes[..<length]), at: 0) }
        }
    }
}
