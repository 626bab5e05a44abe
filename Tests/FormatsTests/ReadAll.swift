import Foundation
import GeoCore
import TestSupport

@testable import Formats

/// All batches of a reader in one value.
struct ReadAll {
    var rows: [Int] = []
    var geometries: [Geometry?] = []
    var properties: [[UInt8]] = []
    var rejections: [RowRejection] = []

    init(_ source: any FeatureReader) throws {
        var reader = source
        while let batch = try reader.next() {
            rows += batch.rows
            geometries += batch.geometries
            properties += (0..<batch.count).map { Array(batch.properties[$0]) }
            rejections += batch.rejections
        }
    }

    /// The box round all geometries.
    var boundingBox: BoundingBox? {
        Self.union(geometries)
    }

    /// The box round some geometries.
    static func union(_ geometries: [Geometry?]) -> BoundingBox? {
        var result: BoundingBox?
        for box in geometries.compactMap({ $0?.boundingBox }) {
            result?.formUnion(box)
            result = result ?? box
        }
        return result
    }

    /// The member of a row as text; `nil` when it is null or not there.
    func text(_ name: String, row index: Int) throws -> String? {
        try JSONValue.parse(properties[index])[name]?.string
    }
}

extension TemporaryDirectory {
    /// Writes a file and gives its path.
    func file(_ name: String, _ bytes: some Sequence<UInt8>) throws -> String {
        let path = path(name)
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        return path
    }
}
