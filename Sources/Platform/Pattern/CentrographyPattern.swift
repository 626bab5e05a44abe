import Analysis
import GEOSGeometry
import GeoCore

#if canImport(Glibc)
    import Glibc
#endif

extension PatternComputation {
    /// Mean and median centre, standard distance and deviational ellipse, as shapes.
    mutating func centers(_ points: Points) throws -> [AnalysisFeature] {
        record.method = "Centrography"
        record.reference = "Lefever 1926; Vardi & Zhang 2000 (median centre)"
        let found = try Centrography(points)
        tell(
            "deviations", .number(1), nil, .standard,
            rule: "one standard deviation along each axis of the ellipse: about 39 % of normally spread points")
        summarize("standardDistance", found.standardDistance, "m")
        summarize("ellipseMajor", found.ellipse.major, "m")
        summarize("ellipseMinor", found.ellipse.minor, "m")
        summarize("ellipseAngle", found.ellipse.angle, "° from east")
        let (dx, dy) = (found.medianCenter.x - found.meanCenter.x, found.medianCenter.y - found.meanCenter.y)
        summarize("meanToMedian", (dx * dx + dy * dy).squareRoot(), "m")
        func share(_ shape: MetricGeometry) -> JSONValue {
            switch shape.shape {
            case .polygon, .multiPolygon:
                let index = PolygonIndex([shape.shape])
                let inside = (0..<points.count).count {
                    index.firstPolygon(containing: points.x[$0], points.y[$0]) != nil
                }
                return .number(Double(inside) / Double(points.count))
            default: return .null
            }
        }
        let ellipse = found.ellipse
        let circle = found.standardDistance
        let shapes: [(id: String, shape: MetricGeometry)] = [
            ("ellipse", Self.ellipse(found.meanCenter, ellipse.major, ellipse.minor, degrees: ellipse.angle)),
            ("standardDistance", Self.ellipse(found.meanCenter, circle, circle, degrees: 0)),
            ("meanCentre", MetricGeometry(metres: .point(found.meanCenter))),
            ("medianCentre", MetricGeometry(metres: .point(found.medianCenter))),
        ]
        return shapes.enumerated().map { rank, part in
            AnalysisFeature(
                id: part.id, shape: part.shape,
                properties: [
                    ("kind", .string(part.id)), ("shareOfContributions", share(part.shape)),
                    ("radius", part.id == "standardDistance" ? .number(circle) : .null),
                    ("major", part.id == "ellipse" ? .number(ellipse.major) : .null),
                    ("minor", part.id == "ellipse" ? .number(ellipse.minor) : .null),
                    ("angle", part.id == "ellipse" ? .number(ellipse.angle) : .null),
                ], value: Double(rank))
        }
    }

    /// A closed ring of 128 corners on an ellipse; a point or line where an axis has no length.
    private static func ellipse(
        _ center: Position, _ major: Double, _ minor: Double, degrees: Double
    ) -> MetricGeometry {
        let (cosine, sine) = (cos(degrees * .pi / 180), sin(degrees * .pi / 180))
        func corner(_ u: Double, _ v: Double) -> Position {
            Position(center.x + u * cosine - v * sine, center.y + u * sine + v * cosine)
        }
        guard major > 0 else { return MetricGeometry(metres: .point(center)) }
        guard minor > 1e-6 * major else {
            return MetricGeometry(metres: .lineString([corner(-major, 0), corner(major, 0)]))
        }
        var ring = (0..<128).map { step in
            let angle = 2 * Double.pi * Double(step) / 128
            return corner(major * cos(angle), minor * sin(angle))
        }
        ring.append(ring[0])
        return MetricGeometry(metres: .polygon([ring]))
    }
}
