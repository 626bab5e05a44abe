import GeoCore

/// Index arithmetic of a hexagon tiling for the inner loops, written for flat tops.
///
/// A pointy-top tiling is the flat-top one with x and y swapped and q and r swapped; callers pass (y, x) and get (r, q).
struct HexagonLocator {
    private let originMajor: Double
    private let originMinor: Double
    private let perMajor: Double
    private let perMinor: Double
    private let edge: Double
    private let swapped: Bool

    init(_ grid: HexagonGrid) {
        edge = grid.edge
        swapped = grid.orientation == .pointyTop
        (originMajor, originMinor) = swapped ? (grid.origin.y, grid.origin.x) : (grid.origin.x, grid.origin.y)
        perMajor = 2 / (3 * edge)
        perMinor = 1 / (3.0.squareRoot() * edge)
    }

    /// Axial indices of a position as whole floating-point numbers; not a number for positions that are not finite.
    ///
    /// Cube rounding; the few positions next to an edge are compared with the neighbouring centres.
    @inline(__always)
    func locate(_ major: Double, _ minor: Double) -> (Double, Double) {
        let dx = major - originMajor
        let dy = minor - originMinor
        let fa = dx * perMajor
        let fb = dy * perMinor - fa * 0.5
        let fc = -fa - fb
        var a = NearestInteger.round(fa)
        var b = NearestInteger.round(fb)
        let c = NearestInteger.round(fc)
        let (ea, eb, ec) = ((a - fa).magnitude, (b - fb).magnitude, (c - fc).magnitude)
        let useA = ea > eb && ea > ec
        let useB = !useA && eb > ec
        a = useA ? -b - c : a
        b = useB ? -a - c : b
        let (ua, ub) = (fa - a, fb - b)
        let uc = -ua - ub
        let reach = max((ua - ub).magnitude, (ub - uc).magnitude, (uc - ua).magnitude)
        if reach < 1 - 1e-9 { return (a, b) }
        return settle(dx, dy, a, b)
    }

    /// Axial indices of four positions, as for one.
    @inline(__always)
    func locate(_ major: SIMD4<Double>, _ minor: SIMD4<Double>) -> (SIMD4<Double>, SIMD4<Double>) {
        let fa = (major - originMajor) * perMajor
        let fb = (minor - originMinor) * perMinor - fa * 0.5
        let fc = -fa - fb
        var a = (fa + NearestInteger.shift) - NearestInteger.shift
        var b = (fb + NearestInteger.shift) - NearestInteger.shift
        let c = (fc + NearestInteger.shift) - NearestInteger.shift
        let (ea, eb, ec) = ((a - fa) * (a - fa), (b - fb) * (b - fb), (c - fc) * (c - fc))
        let useA = (ea .> eb) .& (ea .> ec)
        let useB = (eb .> ec) .& .!useA
        a.replace(with: -b - c, where: useA)
        b.replace(with: -a - c, where: useB)
        let (ua, ub) = (fa - a, fb - b)
        let uc = -ua - ub
        // Squares of the distances that one position compares; not a number is on no side.
        let limit = (1 - 1e-9) * (1 - 1e-9)
        let isClear =
            ((ua - ub) * (ua - ub) .< limit) .& ((ub - uc) * (ub - uc) .< limit) .& ((uc - ua) * (uc - ua) .< limit)
        if all(isClear) { return (a, b) }
        for lane in 0..<4 { (a[lane], b[lane]) = locate(major[lane], minor[lane]) }
        return (a, b)
    }

    /// The smallest (q, r) among the centres nearest to a position on or beside an edge.
    @inline(never)
    private func settle(_ dx: Double, _ dy: Double, _ a: Double, _ b: Double) -> (Double, Double) {
        let width = 3.0.squareRoot() * edge
        let ox = dx - 1.5 * edge * a
        let oy = dy - width * (b + a / 2)
        // Squared distance to each centre minus that to the centre of (a, b).
        var candidates = [(0.0, a, b)]
        for (da, db) in HexagonGrid.steps {
            let nx = 1.5 * edge * Double(da)
            let ny = width * (Double(db) + Double(da) / 2)
            candidates.append((3 * edge * edge - 2 * (ox * nx + oy * ny), a + Double(da), b + Double(db)))
        }
        let nearest = candidates.reduce(0.0) { min($0, $1.0) }
        var best: (Double, Double)?
        for (distance, ca, cb) in candidates where distance - nearest <= 1e-12 * edge * edge {
            guard let held = best else {
                best = (ca, cb)
                continue
            }
            let isSmaller = swapped ? (cb, ca) < (held.1, held.0) : (ca, cb) < held
            if isSmaller { best = (ca, cb) }
        }
        return best ?? (a, b)
    }
}
