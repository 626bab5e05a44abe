import Analysis
import Foundation
import GeoCore
import TestSupport

/// A reference case as it lies in its file.
struct OracleFile: Decodable, Sendable {
    let id: String
    let method: String
    let params: OracleValue
    let input: OracleValue
    let expected: OracleValue
    let tolerance: OracleValue

    /// Names of all cases in the folder, rising; none where the folder is missing.
    static let names: [String] = {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: SharedMaterial.oracles.path)) ?? []
        return files.filter { $0.hasSuffix(".json") && $0 != "index.json" }.map { String($0.dropLast(5)) }.sorted()
    }()

    static func load(_ name: String) throws -> OracleFile {
        try JSONDecoder().decode(OracleFile.self, from: try SharedMaterial.oracle(name))
    }
}

extension OracleValue {
    /// Sparse rows of weights.
    var weights: SpatialWeights {
        get throws {
            try SpatialWeights(
                offsets: self["indptr"].ints, neighbors: self["indices"].ints.map { Int32($0) },
                weights: self["data"].isThere ? self["data"].doubles : nil)
        }
    }

    /// Points from the member `xy`, with `weights` where there are any.
    var points: Points {
        get throws {
            let pairs = try self["xy"].rows
            return Points(
                x: pairs.map { $0[0] }, y: pairs.map { $0[1] },
                weight: self["weights"].isThere ? try self["weights"].doubles : nil)
        }
    }

    /// A line of positions.
    var positions: [Position] { get throws { try rows.map { Position($0[0], $0[1]) } } }

    /// A GeoJSON geometry: a line or a polygon.
    var geometry: Geometry {
        get throws {
            let coordinates = self["coordinates"]
            return switch try self["type"].string {
            case "LineString": .lineString(try coordinates.positions)
            case "Polygon": .polygon(try coordinates.items.map { try $0.positions })
            case "MultiPolygon":
                .multiPolygon(try coordinates.items.map { try $0.items.map { try $0.positions } })
            case let other: throw Unexpected(description: "no reader for the geometry type \(other)")
            }
        }
    }
}
