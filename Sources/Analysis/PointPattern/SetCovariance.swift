import GeoCore

/// The area that a window shares with itself after a shift, for the translation correction of point patterns.
///
/// The window is the signed sum of the regions below its edges, so its product with a shifted copy is a sum over pairs
/// of edges, and no polygons need to be cut. How far down the regions reach does not matter: it cancels. Source: Ohser & Stoyan 1981, doi:10.1002/bimj.4710230602.
struct SetCovariance: Sendable {
    private struct Side {
        /// From west to east, heights above the southernmost place.
        let x0, x1, y0, y1: Double
        /// 1 where the window lies below the edge, −1 where it lies above.
        let sign: Double
    }

    private let sides: [Side]
    /// Sides of a window that is one rectangle along the axes.
    private let rectangle: (width: Double, height: Double)?
    private let area: Double

    init(_ window: StudyWindow) {
        let box = window.boundingBox
        area = window.area
        rectangle = window.isRectangle ? (box.width, box.height) : nil
        sides = window.edges.compactMap { edge in
            guard edge.ax != edge.bx else { return nil }
            let (a, b) = ((edge.ax - box.minX, edge.ay - box.minY), (edge.bx - box.minX, edge.by - box.minY))
            return a.0 < b.0
                ? Side(x0: a.0, x1: b.0, y0: a.1, y1: b.1, sign: -1)
                : Side(x0: b.0, x1: a.0, y0: b.1, y1: a.1, sign: 1)
        }.sorted { $0.x0 < $1.x0 }
    }

    /// The shared area in square metres.
    ///
    /// - Complexity: constant for rectangles, otherwise pairs of edges that overlap from west to east.
    func value(dx: Double, dy: Double) -> Double {
        if let rectangle { return max(rectangle.width - abs(dx), 0) * max(rectangle.height - abs(dy), 0) }
        var sum = CompensatedSum()
        for moved in sides {
            let (from, to) = (moved.x0 + dx, moved.x1 + dx)
            for side in sides {
                if side.x0 >= to { break }
                guard side.x1 > from else { continue }
                sum.add(side.sign * moved.sign * Self.integralOfLower(side, moved, dx, dy))
            }
        }
        return min(max(sum.value, 0), area)
    }

    /// Integral of the height of the lower of two edges over their common stretch.
    private static func integralOfLower(_ side: Side, _ moved: Side, _ dx: Double, _ dy: Double) -> Double {
        let (from, to) = (max(side.x0, moved.x0 + dx), min(side.x1, moved.x1 + dx))
        let slope = (side.y1 - side.y0) / (side.x1 - side.x0)
        let movedSlope = (moved.y1 - moved.y0) / (moved.x1 - moved.x0)
        let (a0, a1) = (side.y0 + slope * (from - side.x0), side.y0 + slope * (to - side.x0))
        let b0 = moved.y0 + dy + movedSlope * (from - dx - moved.x0)
        let b1 = moved.y0 + dy + movedSlope * (to - dx - moved.x0)
        let width = to - from
        let (first, last) = (a0 - b0, a1 - b1)
        guard (first < 0) != (last < 0) else {
            return first < 0 || (first == 0 && last < 0) ? width * (a0 + a1) / 2 : width * (b0 + b1) / 2
        }
        let t = first / (first - last)
        let crossing = a0 + t * (a1 - a0)
        let left = t * width * (min(a0, b0) + crossing) / 2
        return left + (1 - t) * width * (crossing + min(a1, b1)) / 2
    }
}
