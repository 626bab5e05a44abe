import Foundation
import GeoCore

/// Small files that commands read whole.
enum InputFile {
    /// More would be no description of anything.
    private static let sizeLimit = 16 << 20

    /// The bytes of a file; `-` is standard input.
    ///
    /// - Throws: ``CommandFailure`` when it cannot be read, or has more than 16 MiB.
    static func bytes(of path: String) throws -> [UInt8] {
        guard path != "-" else { return Array(FileHandle.standardInput.readDataToEndOfFile()) }
        let size = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? nil
        guard let size else { throw CommandFailure("cannot read \(path): no such file") }
        guard size <= sizeLimit else { throw CommandFailure("\(path) has more than 16 MiB") }
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw CommandFailure("cannot read \(path)")
        }
        return Array(bytes)
    }

    /// The text of a file in UTF-8.
    ///
    /// - Throws: ``CommandFailure`` also for what is no UTF-8.
    static func text(of path: String) throws -> String {
        guard let text = String(validating: try bytes(of: path), as: UTF8.self) else {
            throw CommandFailure("\(path) is not text in UTF-8")
        }
        return text
    }

    /// The geometry of a file: a GeoJSON geometry or feature.
    ///
    /// - Throws: ``CommandFailure`` also for what is none.
    static func geometry(of path: String) throws -> Geometry {
        do {
            let value = try JSONValue.parse(try bytes(of: path), limits: .importing)
            return try GeoJSONGeometry.parse(value["geometry"] ?? value)
        } catch let error as CommandFailure {
            throw error
        } catch {
            throw CommandFailure("\(path) holds no GeoJSON geometry: \(error)")
        }
    }
}
