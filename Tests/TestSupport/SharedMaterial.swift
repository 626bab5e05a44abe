public import Foundation

/// The reference results and real data that lie beside the repository, where they are present.
public enum SharedMaterial {
    /// Folder `shared` beside the package, or the folder named by `MITPLAN_SHARED`.
    public static let root: URL = {
        if let path = ProcessInfo.processInfo.environment["MITPLAN_SHARED"] {
            return URL(fileURLWithPath: path, isDirectory: true)
        }
        let package = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return package.deletingLastPathComponent().appendingPathComponent("shared", isDirectory: true)
    }()

    /// Whether the folder is there; tests that need it are enabled by this.
    public static let isPresent = FileManager.default.fileExists(
        atPath: root.appendingPathComponent("README.md").path)

    /// A file of the real and hostile data, by its path inside `geodata`.
    public static func geodata(_ path: String) -> URL {
        root.appendingPathComponent("geodata").appendingPathComponent(path)
    }

    /// Whether a folder of reference cases is named.
    public static let namesOracles = ProcessInfo.processInfo.environment["MITPLAN_ORACLES"] != nil

    /// Folder of the reference cases: `oracles` of the shared folder, or the one named by `MITPLAN_ORACLES`.
    public static let oracles: URL = {
        if let path = ProcessInfo.processInfo.environment["MITPLAN_ORACLES"] {
            return URL(fileURLWithPath: path, isDirectory: true)
        }
        return root.appendingPathComponent("oracles", isDirectory: true)
    }()

    /// The bytes of a reference case.
    public static func oracle(_ name: String) throws -> Data {
        try Data(contentsOf: oracles.appendingPathComponent("\(name).json"))
    }
}
