import Analysis
import GeoCore
import TestSupport
import Testing

struct MedoidTests {
    @Test func isThePointWithTheLeastMeanDistance() throws {
        // Forty places of numpy.random.default_rng(5).integers(0, 100000, (40, 2)); numpy finds the third, with a mean
        // distance of 39607.4596 to all.
        let x: [Double] = [
            67079, 2265, 46885, 63023, 97952, 27792, 57118, 13106, 101, 14881, 19098, 75025, 28223, 26323, 17772, 79768,
            11573, 62803, 66586, 66292, 95909, 90351, 36151, 18690, 37390, 12224, 34105, 54444, 88393, 30646, 77814,
            77097, 3785, 33515, 93130, 52798, 29496, 15321, 11878, 28101,
        ]
        let y: [Double] = [
            80500, 80794, 51532, 28580, 5393, 38336, 40847, 4527, 4875, 99917, 65236, 23451, 43494, 97418, 89767, 84423,
            39240, 49302, 67668, 6080, 55559, 27145, 87965, 6421, 67918, 87008, 22731, 89544, 87219, 1851, 70749, 119,
            50336, 43666, 20325, 32494, 80621, 31645, 14903, 69851,
        ]
        #expect(try Points(x: x, y: y).medoid(of: Array(x.indices)) == 2)
    }

    @Test func agreesWithLookingAtEveryPair() throws {
        var random = SeededGenerator(seed: 12)
        for count in [1, 2, 3, 17, 200] {
            var points = Points()
            for _ in 0..<count {
                points.append(
                    x: 5e5 + Double.random(in: 0...90, using: &random),
                    y: 6e6 + Double.random(in: 0...90, using: &random))
            }
            func sum(_ row: Int) -> Double {
                (0..<count).reduce(0) { sum, other in
                    let (dx, dy) = (points.x[row] - points.x[other], points.y[row] - points.y[other])
                    return sum + (dx * dx + dy * dy).squareRoot()
                }
            }
            let rows = Array(0..<count)
            let found = try #require(try points.medoid(of: rows))
            let least = rows.map(sum).min() ?? 0
            #expect(sum(found) <= least * (1 + 1e-12))
        }
    }

    @Test func ofEqualPointsTheFirstIsIt() throws {
        let points = Points(x: Array(repeating: 7, count: 500), y: Array(repeating: 8, count: 500))
        #expect(try points.medoid(of: [4, 9, 20]) == 4)
        #expect(try points.medoid(of: []) == nil)
    }
}
