public import GeoCore

/// The study area of a density: what part of a kernel lies inside, computed exactly for Gaussian and quartic kernels.
public struct StudyWindow: Sendable {
    /// A side of a ring; the window lies on its left.
    struct Edge: Sendable {
        let ax, ay, bx, by: Double
    }

    let edges: [Edge]
    /// Area in square metres.
    public let area: Double

    /// Makes a window from polygons in metres: exterior ring first, holes after it, closed; any orientation.
    ///
    /// - Throws: ``AnalysisError`` when a position is not finite or the window has no area.
    public init(polygons: [[[Position]]]) throws(AnalysisError) {
        var edges: [Edge] = []
        var area = 0.0
        for rings in polygons {
            for (index, ring) in rings.enumerated() {
                let signed = signedArea(ring)
                let wantsPositive = index == 0
                area += wantsPositive ? signed.magnitude : -signed.magnitude
                let oriented = (signed >= 0) == wantsPositive ? ring : ring.reversed()
                for (a, b) in zip(oriented, oriented.dropFirst()) {
                    edges.append(Edge(ax: a.x, ay: a.y, bx: b.x, by: b.y))
                }
            }
        }
        guard area.isFinite, area > 0 else {
            throw AnalysisError(.invalidParameter, "The study area must be made of finite positions and have an area.")
        }
        self.edges = edges
        self.area = area
    }

    /// Whether a position lies inside, by the even-odd rule; on the border it may be either.
    ///
    /// - Complexity: linear in the number of edges.
    public func contains(x: Double, y: Double) -> Bool {
        var isInside = false
        for edge in edges where (edge.ay > y) != (edge.by > y) {
            if edge.ax + (y - edge.ay) / (edge.by - edge.ay) * (edge.bx - edge.ax) > x { isInside.toggle() }
        }
        return isInside
    }

    /// The share of a kernel centred at a position that lies inside the window.
    ///
    /// The integral over the area becomes one over the angle at which each edge is seen, of the kernel's mass up to
    /// the edge; for the Gaussian that is Owen's T function.
    ///
    /// - Parameters:
    ///   - x: easting of the centre in metres.
    ///   - y: northing of the centre in metres.
    ///   - kernel: Gaussian or quartic.
    ///   - bandwidth: as in ``kernelDensity(_:kernel:bandwidth:raster:)``, in metres.
    /// - Throws: ``AnalysisError`` for another kernel or a bad bandwidth.
    /// - Complexity: linear in the number of edges.
    public func mass(x: Double, y: Double, kernel: Kernel, bandwidth: Double) throws(AnalysisError) -> Double {
        try AnalysisError.requirePositive(bandwidth, "The bandwidth")
        guard kernel == .gaussian || kernel == .quartic else {
            throw AnalysisError(.invalidParameter, "Edge correction is offered for Gaussian and quartic kernels.")
        }
        let reach = kernel == .gaussian ? 8.3 * bandwidth : bandwidth
        guard !edges.allSatisfy({ Self.squaredDistance($0, x, y) > reach * reach }) else {
            return contains(x: x, y: y) ? 1 : 0
        }
        var total = CompensatedSum()
        for edge in edges {
            let (ax, ay, bx, by) = (edge.ax - x, edge.ay - y, edge.bx - x, edge.by - y)
            let (dx, dy) = (bx - ax, by - ay)
            let length = (dx * dx + dy * dy).squareRoot()
            guard length > 0 else { continue }
            let cross = ax * by - ay * bx
            let delta = cross.magnitude / length / bandwidth
            guard delta > 0 else { continue }
            let from = (ax * dx + ay * dy) / length / bandwidth
            let to = (bx * dx + by * dy) / length / bandwidth
            let piece =
                kernel == .gaussian
                ? Self.gaussianPiece(delta, from, to) : Self.quarticPiece(delta, from, to)
            total.add(cross < 0 ? -piece : piece)
        }
        return min(max(total.value, 0), 1)
    }

    static func squaredDistance(_ edge: Edge, _ x: Double, _ y: Double) -> Double {
        let (dx, dy) = (edge.bx - edge.ax, edge.by - edge.ay)
        let squared = dx * dx + dy * dy
        let t = squared > 0 ? min(max(((x - edge.ax) * dx + (y - edge.ay) * dy) / squared, 0), 1) : 0
        let (ex, ey) = (edge.ax + t * dx - x, edge.ay + t * dy - y)
        return ex * ex + ey * ey
    }

    /// The angle between two places on a line at distance δ, seen from its foot's other end.
    private static func angle(_ delta: Double, _ from: Double, _ to: Double) -> Double {
        Elementary.atan2(delta * (to - from), delta * delta + from * to)
    }

    private static func gaussianPiece(_ delta: Double, _ from: Double, _ to: Double) -> Double {
        angle(delta, from, to) / (2 * .pi) - (OwenT.value(delta, sigma: to) - OwenT.value(delta, sigma: from))
    }

    private static func quarticPiece(_ delta: Double, _ from: Double, _ to: Double) -> Double {
        let half = delta < 1 ? (1 - delta * delta).squareRoot() : 0
        let (start, end) = (min(max(from, -half), half), min(max(to, -half), half))
        // Where the edge is beyond the radius the whole kernel lies before it.
        var outside = angle(delta, from, to)
        guard start < end else { return outside / (2 * .pi) }
        outside -= angle(delta, start, end)
        return (outside + integral(delta, end) - integral(delta, start)) / (2 * .pi)
    }

    /// Antiderivative of 1 − (1 − u)³, u = δ² / cos² t, over the angle t with σ = δ tan t.
    private static func integral(_ delta: Double, _ sigma: Double) -> Double {
        let (d2, s2) = (delta * delta, sigma * sigma)
        let first = delta * sigma
        let second = delta * sigma * (d2 + s2 / 3)
        let third = delta * sigma * (d2 * d2 + 2 * d2 * s2 / 3 + s2 * s2 / 5)
        return 3 * first - 3 * second + third
    }
}
