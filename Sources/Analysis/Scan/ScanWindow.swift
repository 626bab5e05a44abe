public import GeoCore

/// The form of the zones of a scan: circles, or ellipses of one shape that lie in one direction.
///
/// Long clusters, as along a street, are cut in pieces by circles. Long ellipses find by chance what no circle finds, and
/// so their ratios are lowered. Source: Kulldorff, Huang, Pickle & Duczmal 2006, Stat. Med. 25, doi:10.1002/sim.2490.
public struct ScanWindow: Sendable, Hashable {
    /// The longer axis over the shorter, 1 for circles.
    public let shape: Double
    /// From east to the longer axis, counterclockwise in degrees, from 0 to below 180.
    public let angle: Double

    /// Circles.
    public static let circle = ScanWindow(shape: 1, angle: 0)

    /// Circles and ellipses: four, six, nine and twelve directions of the shapes 1.5, 2, 3 and 4, as SaTScan has them.
    public static let ellipses =
        [circle]
        + [(1.5, 4), (2.0, 6), (3.0, 9), (4.0, 12)].flatMap { shape, angles in
            (0..<angles).map { ScanWindow(shape: shape, angle: 180 * Double($0) / Double(angles)) }
        }

    /// By what logarithms of likelihood ratios are multiplied; 1 for circles.
    func factor(_ penalty: EccentricityPenalty) -> Double {
        let compactness = 4 * shape / ((shape + 1) * (shape + 1))
        return switch penalty {
        case .none: 1
        case .medium: compactness.squareRoot()
        case .strong: compactness
        }
    }

    private var direction: (cosine: Double, sine: Double) {
        let radians = angle / 180 * Double.pi
        return (Elementary.cosine(radians), Elementary.sine(radians))
    }

    /// Where a place lies beside the centre of an ellipse, in metres along its longer axis and, stretched to as much,
    /// its shorter: the ellipse is a circle there.
    public func stretched(_ dx: Double, _ dy: Double) -> (Double, Double) {
        guard shape > 1 else { return (dx, dy) }
        let (cosine, sine) = direction
        return (cosine * dx + sine * dy, (cosine * dy - sine * dx) * shape)
    }

    /// The places so that ellipses are circles.
    func stretched(_ points: Points) -> Points {
        guard shape > 1, let box = points.boundingBox else { return points }
        var result = Points(capacity: points.count)
        for row in 0..<points.count {
            let (x, y) = stretched(points.x[row] - box.minX, points.y[row] - box.minY)
            result.append(x: x, y: y)
        }
        return result
    }

    /// The outline of an ellipse, closed and counterclockwise.
    ///
    /// - Parameters:
    ///   - center: of it, in metres.
    ///   - radius: half of the longer axis.
    ///   - margin: metres by which both half axes are longer.
    public func outline(around center: Position, radius: Double, margin: Double) -> [Position] {
        let (cosine, sine) = direction
        let corners = 64
        let ring = (0..<corners).map { corner in
            let turn = 2 * Double.pi * Double(corner) / Double(corners)
            let u = (radius + margin) * Elementary.cosine(turn)
            let v = (radius / shape + margin) * Elementary.sine(turn)
            return Position(center.x + cosine * u - sine * v, center.y + sine * u + cosine * v)
        }
        return ring + ring.prefix(1)
    }
}

/// How much long ellipses count for less: the power of 4s / (s + 1)², s being the length over the width, that SaTScan
/// calls by these names.
public enum EccentricityPenalty: String, Sendable, Hashable, CaseIterable {
    /// As likely as circles.
    case none
    /// The power 1/2.
    case medium
    /// The power 1.
    case strong
}

/// All zones of one form.
struct WindowZones: Sendable {
    let window: ScanWindow
    /// By what their ratios are multiplied.
    let factor: Double
    /// The places as the zones see them.
    let points: Points
    let zones: CircularZones

    /// The zones of each form.
    ///
    /// - Throws: ``AnalysisError`` `tooManyCells` where all together have more entries than one may have.
    static func make(
        _ points: Points, population: [Double], options: ScanOptions
    ) async throws(AnalysisError) -> [WindowZones] {
        var found: [WindowZones] = []
        var entries = 0
        for window in options.windows {
            let stretched = window.stretched(points)
            let zones = try await CircularZones.make(stretched, population: population, share: options.maximumShare)
            entries += zones.entries.count
            guard entries <= CircularZones.limit else { throw CircularZones.tooMany }
            found.append(
                WindowZones(window: window, factor: window.factor(options.penalty), points: stretched, zones: zones))
        }
        return found
    }
}
