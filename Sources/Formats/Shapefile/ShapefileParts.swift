import Foundation

/// Where the files of one Shapefile lie, and what the small ones among them say.
struct ShapefileParts {
    var name: String
    var main: String
    var index: String
    var table: String
    /// WKT of the `.prj` file.
    var crs: String?
    /// Content of the `.cpg` file.
    var codePage: String?

    /// Finds the files beside a `.shp`, whatever the case of their extensions.
    ///
    /// - Throws: ``FormatError`` with code `missingFile` that names the file.
    init(path: String) throws {
        let url = URL(fileURLWithPath: path)
        let folder = url.deletingLastPathComponent().path
        let name = url.deletingPathExtension().lastPathComponent
        let beside = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        func file(_ suffix: String) -> String? {
            let wanted = "\(name).\(suffix)"
            if FileManager.default.fileExists(atPath: "\(folder)/\(wanted)") { return "\(folder)/\(wanted)" }
            let match = beside.filter { $0.hasPrefix(name) && $0.lowercased() == wanted.lowercased() }.min()
            return match.map { "\(folder)/\($0)" }
        }
        guard FileManager.default.fileExists(atPath: path) else {
            throw FormatError(code: "notFound", message: "The file does not exist.")
        }
        try self.init(name: name, main: path, file: file)
    }

    /// Unpacks the Shapefile of an archive into the folder.
    ///
    /// - Throws: ``FormatError`` when there is none, or several and none of them is chosen.
    init(archive: ZipArchive, layer: String?, folder: UnpackedFolder) throws {
        let suffixes = ["shp", "shx", "dbf", "prj", "cpg"]
        let entries = archive.entries.filter { suffixes.contains($0.suffix) }
        let mains = entries.filter { $0.suffix == "shp" }
        let names = mains.map { GeoPackageLayer.quoted($0.stem) }.sorted().joined(separator: ", ")
        let chosen = layer == nil ? mains : mains.filter { $0.stem == layer }
        guard let main = chosen.first else {
            if let layer, !mains.isEmpty {
                throw FormatError(
                    code: "unknownLayer",
                    message: "The archive has no Shapefile \(GeoPackageLayer.quoted(layer)). It has: \(names).")
            }
            throw FormatError(code: "noLayers", message: "The archive holds no Shapefile.")
        }
        guard chosen.count == 1 else {
            throw FormatError(
                code: "severalLayers", message: "The archive holds several Shapefiles; choose one of \(names).")
        }
        var paths: [String: String] = [:]
        var limit = ZipArchive.maximumUnpackedSize
        for entry in entries where entry.path.lowercased().dropLast(4) == main.path.lowercased().dropLast(4) {
            // Names of our own: those of the archive never reach the file system.
            let path = folder.path + "/layer." + entry.suffix
            limit -= try archive.unpack(entry, to: path, limit: limit)
            paths[entry.suffix] = path
        }
        guard let path = paths["shp"] else { throw FormatError(code: "noLayers", message: "The archive is damaged.") }
        try self.init(name: main.stem, main: path) { paths[$0] }
    }

    private init(name: String, main: String, file: (String) -> String?) throws {
        self.name = name
        self.main = main
        for suffix in ["shx", "dbf"] where file(suffix) == nil {
            throw FormatError(
                code: "missingFile",
                message:
                    "The file \(GeoPackageLayer.quoted(name + "." + suffix)) is missing; it belongs to the Shapefile.")
        }
        index = file("shx") ?? main
        table = file("dbf") ?? main
        crs = file("prj").flatMap { Self.text(of: $0, limit: 20_000) }
        codePage = file("cpg").flatMap { Self.text(of: $0, limit: 200) }
    }

    private static func text(of path: String, limit: Int) -> String? {
        guard let handle = FileHandle(forReadingAtPath: path) else { return nil }
        defer { try? handle.close() }
        let bytes = [UInt8]((try? handle.read(upToCount: limit)) ?? Data())
        let plain = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
        let text = String(decoding: plain, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        return text.isEmpty ? nil : text
    }
}

/// A folder for unpacked files that is removed when the value goes.
final class UnpackedFolder: Sendable {
    /// Path of the folder, readable by this user alone.
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("mitplan-\(UUID().uuidString)")
        do {
            try FileManager.default.createDirectory(
                at: url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw FormatError(code: "noSpace", message: "There is no room for temporary files.")
        }
        path = url.path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
