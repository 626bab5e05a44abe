import GEOSGeometry
import GeoCore
import Testing

struct PolygonIndexTests {
    /// A star around a whole-numbered centre with whole-numbered corners, so that points hit edges and corners.
    private static func star(_ numbers: inout SeededNumbers) -> Geometry {
        let (x, y) = (Int.random(in: 0...40, using: &numbers), Int.random(in: 0...40, using: &numbers))
        let count = Int.random(in: 3...40, using: &numbers)
        var ring = (0..<count).map { step in
            // Sorted by angle, the corners make a simple ring around the centre.
            let turn = Double(step) / Double(count) * 2 * .pi
            let radius = Double.random(in: 4...15, using: &numbers)
            return Position(Double(x) + (radius * cosine(turn)).rounded(), Double(y) + (radius * sine(turn)).rounded())
        }
        ring.append(ring[0])
        let hole = BoundingBox(
            minX: Double(x) - 0.5, minY: Double(y) - 0.5, maxX: Double(x) + 0.5, maxY: Double(y) + 0.5)
        return .polygon([ring, hole.ring])
    }

    /// Taylor series, good enough to place corners.
    private static func sine(_ angle: Double) -> Double {
        let x = angle.remainder(dividingBy: 2 * .pi)
        var (term, sum) = (x, x)
        for step in 1..<12 {
            term *= -x * x / Double(2 * step * (2 * step + 1))
            sum += term
        }
        return sum
    }

    private static func cosine(_ angle: Double) -> Double { sine(angle + .pi / 2) }

    @Test func agreesWithGEOSOnStars() throws {
        var numbers = SeededNumbers(seed: 7)
        var shapes: [Geometry] = []
        while shapes.count < 25 {
            let shape = Self.star(&numbers)
            if try shape.validity() == .valid { shapes.append(shape) }
        }
        shapes.append(
            .multiPolygon(shapes[0..<1].compactMap { if case .polygon(let rings) = $0 { rings } else { nil } }))
        let index = PolygonIndex(shapes)
        let prepared = try shapes.map { try PreparedGeometry($0) }
        var held = 0
        for step in 0..<400 {
            var point = Position(Double.random(in: -16...56, using: &numbers), .random(in: -16...56, using: &numbers))
            if step % 2 == 0 { point = Position(point.x.rounded(), point.y.rounded()) }
            var first: Int?
            for number in shapes.indices {
                let covers = try prepared[number].covers(.point(point))
                #expect(index.covers(number, point.x, point.y) == covers, "\(number) \(point)")
                if covers, first == nil { first = number }
            }
            if first != nil { held += 1 }
            #expect(index.firstPolygon(containing: point.x, point.y) == first)
        }
        #expect(held > 100)
    }

    @Test func decidesTheSideOfALongEdgeExactly() {
        // The point lies 2^-52 beside the diagonal, which a plain determinant cannot see.
        let triangle = Geometry.polygon([
            [Position(0.5, 0.5), Position(24, 24), Position(0.5, 24), Position(0.5, 0.5)]
        ])
        let index = PolygonIndex([triangle])
        #expect(index.covers(0, 12, 12))
        #expect(index.covers(0, 12, (12.0).nextUp))
        #expect(!index.covers(0, 12, (12.0).nextDown))
        #expect(!index.covers(0, (12.0).nextUp, 12))
        #expect(index.covers(0, 0.5, 0.5) && index.covers(0, 24, 24))
    }

    @Test func tilesShareEveryPointOnce() {
        let tiles = (0..<100).map { tile in
            let (x, y) = (Double(tile % 10), Double(tile / 10))
            return Geometry.polygon([BoundingBox(minX: x, minY: y, maxX: x + 1, maxY: y + 1).ring])
        }
        let index = PolygonIndex(tiles)
        for x in 0...20 {
            for y in 0...20 {
                let column = max(0, (x + 1) / 2 - 1)
                let row = max(0, (y + 1) / 2 - 1)
                let found = index.firstPolygon(containing: Double(x) / 2, Double(y) / 2)
                #expect(found == row * 10 + column)
            }
        }
        #expect(index.firstPolygon(containing: -0.001, 5) == nil)
        #expect(index.firstPolygon(containing: .nan, 5) == nil)
    }

    @Test func takesWhatIsNoPolygonAndAnswersNothing() {
        let square = BoundingBox(minX: 0, minY: 0, maxX: 1, maxY: 1).ring
        let index = PolygonIndex([
            .point(Position(0, 0)), .polygon([]), .multiPolygon([]), .polygon([[]]),
            .polygon([[Position(.nan, 0), Position(1, 0), Position(1, 1), Position(.nan, 0)]]),
            .polygon([[Position(0, 0), Position(0, 0)]]), .polygon([square]),
        ])
        #expect(index.firstPolygon(containing: 0.5, 0.5) == 6)
        #expect(!index.covers(99, 0, 0) && !index.covers(-1, 0, 0))
        #expect(PolygonIndex([]).firstPolygon(containing: 0, 0) == nil)
        let huge = BoundingBox(minX: -1.7e308, minY: -1.7e308, maxX: 1.7e308, maxY: 1.7e308)
        _ = PolygonIndex([.polygon([huge.ring]), .polygon([square])]).firstPolygon(containing: 0.5, 0.5)
    }

    @Test func manyLargeBoxesAndLongEdgesStaySmall() {
        // Teeth as high as the shape: every edge crosses every slab.
        var teeth: [Position] = []
        for tooth in 0..<3000 { teeth.append(Position(Double(tooth), tooth % 2 == 0 ? 1 : 1000)) }
        teeth += [Position(2999, 0), Position(0, 0), teeth[0]]
        let comb = PolygonIndex([.polygon([teeth])])
        #expect(comb.covers(0, 1, 900) && !comb.covers(0, 2, 900) && comb.covers(0, 1500, 0.5))
        let box = BoundingBox(minX: 0, minY: 0, maxX: 1000, maxY: 1000)
        let many = PolygonIndex([Geometry](repeating: .polygon([box.ring]), count: 2000))
        #expect(many.firstPolygon(containing: 500, 500) == 0)
    }
}
