import Analysis
import GEOSGeometry
import GeoCore
import PROJCoordinates

extension OracleTests {
    static func pointsInPolygons(_ file: OracleFile) throws -> Answer {
        let shapes = try file.input["polygons"].items.map { try $0.geometry }
        let points = try file.input["points"].rows
        let index = PolygonIndex(shapes)
        var (interior, boundary): ([[Int]], [[Int]]) = ([], [])
        var problems: [String] = []
        var owners = [Int?](repeating: nil, count: points.count)
        for (number, shape) in shapes.enumerated() {
            let prepared = try PreparedGeometry(shape)
            var (inside, edge): ([Int], [Int]) = ([], [])
            for (row, point) in points.enumerated() {
                let position = Geometry.point(Position(point[0], point[1]))
                let covers = index.covers(number, point[0], point[1])
                if try prepared.covers(position) != covers { problems.append("GEOS on point \(row) in \(number)") }
                guard covers else { continue }
                owners[row] = owners[row] ?? number
                if try prepared.contains(position) { inside.append(row) } else { edge.append(row) }
            }
            interior.append(inside)
            boundary.append(edge)
        }
        for (row, point) in points.enumerated()
        where index.firstPolygon(containing: point[0], point[1]) != owners[row] {
            problems.append("the owner of point \(row)")
        }
        return Answer(
            [
                "interior": interior, "boundary": boundary,
                "counts_intersects": zip(interior, boundary).map { $0.count + $1.count },
            ], problems: problems)
    }

    static func geometryMeasures(_ file: OracleFile) throws -> Answer {
        let utm = try CoordinateTransform(from: .wgs84, to: CoordinateReferenceSystem(code: 25832))
        let laea = try CoordinateTransform(from: .wgs84, to: CoordinateReferenceSystem(code: 3035))
        let results = try file.input["polygons"].items.map { item in
            let shape = try item.geometry
            let (onUTM, onLAEA) = (try utm.metric(shape), try laea.metric(shape))
            let geodesic = Geodesic.area(of: shape)
            let centroid = try shape.centroid()
            return object([
                "geodesic_area": geodesic.area, "geodesic_perimeter": geodesic.perimeter,
                "utm32_area": try onUTM.area(), "utm32_perimeter": try onUTM.length(),
                "laea_area": try onLAEA.area(), "laea_perimeter": try onLAEA.length(),
                "centroid_lonlat_planar": centroid.map { [$0.x, $0.y] },
            ])
        }
        return Answer(["results": results])
    }

    static func geodesics(_ file: OracleFile) throws -> Answer {
        let pairs = try file.input["pairs_lonlat"].items.map { try $0.positions }
        let ellipsoids: [String: Geodesic.Ellipsoid] = ["WGS84": .wgs84, "GRS80": .grs80, "bessel": .bessel]
        var members: [String: any OracleConvertible] = [:]
        for (name, wanted) in try file.expected.members {
            guard let ellipsoid = ellipsoids[name] else {
                throw OracleValue.Unexpected(description: "\(name) is no ellipsoid")
            }
            let (starts, backs) = (try wanted["azimuth_1"].doubles, try wanted["back_azimuth"].doubles)
            var (distances, first, back): ([Double], [Double], [Double]) = ([], [], [])
            for (place, pair) in pairs.enumerated() {
                let line = Geodesic.inverse(pair[0], pair[1], on: ellipsoid)
                distances.append(line.distance)
                // Between equal places there is no direction; elsewhere full turns are the same.
                first.append(line.distance > 0 ? near(line.azimuth1, starts[place]) : starts[place])
                back.append(line.distance > 0 ? near(line.azimuth2 + 180, backs[place]) : backs[place])
            }
            members[name] = object(["distance": distances, "azimuth_1": first, "back_azimuth": back])
        }
        return Answer(members)
    }

    /// A direction in degrees, by the full turns that bring it closest to another.
    private static func near(_ angle: Double, _ other: Double) -> Double {
        other + (angle - other).remainder(dividingBy: 360)
    }

    static func inspireCells(_ file: OracleFile) throws -> Answer {
        let transform = try CoordinateTransform(from: .wgs84, to: CoordinateReferenceSystem(code: 3035))
        let places = try file.input["lonlat"].rows
        var (x, y) = (places.map { $0[0] }, places.map { $0[1] })
        try transform.forward(&x, &y)
        let cells = zip(x, y).map { x, y in
            var members: [String: any OracleConvertible] = ["x": x, "y": y]
            for (key, size) in zip(["100m", "1km", "10km"], INSPIREGridCell.Size.allCases) {
                let cell = INSPIREGridCell(easting: x, northing: y, size: size)
                members[key] = cell?.identifier
                members[key + "_short"] = cell?.shortIdentifier
            }
            return object(members)
        }
        return Answer(["cells": cells])
    }

    static func transforms(_ file: OracleFile) throws -> Answer {
        let places = try file.input["lonlat"].rows
        var members: [String: any OracleConvertible] = [:]
        var settled: Set<String> = []
        var problems: [String] = []
        for (key, wanted) in try file.expected.members {
            let transform = try CoordinateTransform(
                from: .wgs84, to: CoordinateReferenceSystem(String(key.prefix { $0 != " " })))
            // PROJ chooses by what is installed: one of the two transformations is not the one it takes.
            if key.contains("via"), key.contains("BETA2007") != transform.usesGrid {
                settled.insert(key)
                continue
            }
            var (x, y) = (places.map { $0[0] }, places.map { $0[1] })
            try transform.forward(&x, &y)
            if key.contains("Helmert") {
                // Without the grid PROJ takes the transformation of each region, good to 3 m.
                settled.insert(key)
                for (row, place) in try wanted.rows.enumerated()
                where abs(x[row] - place[0]) > 3 || abs(y[row] - place[1]) > 3 { problems.append("\(key) \(row)") }
                continue
            }
            members[key] = zip(x, y).map { [$0, $1] }
            try transform.inverse(&x, &y)
            // Grids are inverted by iteration, and older PROJ has short series for authalic latitudes: 1 mm.
            let bound = key.contains("31467") || key.contains("3035") ? 1e-8 : 1e-11
            for (row, place) in places.enumerated()
            where abs(x[row] - place[0]) > bound || abs(y[row] - place[1]) > bound {
                problems.append("\(key) \(row) does not come back")
            }
        }
        return Answer(members, settled: settled, problems: problems)
    }
}
