import Foundation

/// One run of `ogr2ogr` from a source to a GeoPackage.
struct OGRConversion {
    let input: String
    let output: String
    let folder: String
    private static let maximumOutput = 4_000_000_000
    /// Address space of the program in KiB.
    private static let maximumMemory = 2_000_000

    /// Whether the program is installed.
    static var program: String? {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
        return path.split(separator: ":").map { "\($0)/ogr2ogr" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// Runs the program and waits for its end.
    ///
    /// - Throws: ``FormatError`` when it is not installed, fails, takes longer than `seconds` or writes more than 4 GB.
    func run(seconds: Double) throws {
        guard let program = Self.program else {
            throw FormatError(
                code: "ogrMissing", message: "This format needs GDAL: install it with “apt install gdal-bin”.")
        }
        let process = Process()
        // The shell sets the limits on itself and becomes the program; names are its arguments, never its text.
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = [
            "-c", "ulimit -v \(Self.maximumMemory) && ulimit -c 0 && exec \"$0\" \"$@\"", program, "-f", "GPKG", "-lco",
            "SPATIAL_INDEX=NO", output, input,
        ]
        process.environment = environment
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        let log = folder + "/log"
        _ = FileManager.default.createFile(atPath: log, contents: nil)
        guard let errors = FileHandle(forWritingAtPath: log) else {
            throw FormatError(code: "noSpace", message: "There is no room for temporary files.")
        }
        process.standardError = errors
        do { try process.run() } catch {
            throw FormatError(code: "ogrFailed", message: "GDAL's ogr2ogr cannot be started.")
        }
        let end = ContinuousClock.now + .seconds(seconds)
        while process.isRunning {
            if ContinuousClock.now > end || outputSize > Self.maximumOutput {
                kill(process.processIdentifier, SIGKILL)
                process.waitUntilExit()
                throw FormatError(
                    code: "tooSlow", message: "GDAL takes too long with this file, or makes too much of it.")
            }
            // Reading is synchronous by contract, and the size of the output has to be watched as well as the time.
            Thread.sleep(forTimeInterval: 0.02)
        }
        try? errors.close()
        guard process.terminationStatus == 0 else {
            throw FormatError(code: "ogrFailed", message: "GDAL cannot read the file: \(reason(log))")
        }
    }

    private var outputSize: Int {
        ((try? FileManager.default.attributesOfItem(atPath: output)[.size] as? Int) ?? nil) ?? 0
    }

    /// No drivers that open connections or other files, and nothing of our own environment but the search paths.
    private var environment: [String: String] {
        var result = [
            "OGR_SKIP": "OGR_VRT,VRT,WFS,OAPIF,CSW,Carto,AmigoCloud,Elasticsearch,GMLAS,MySQL,PostgreSQL,ODBC,PGeo,"
                + "MSSQLSpatial,PLScenes,NGW,EEDA,HTTP,MongoDBv3,GPSBabel,CAD,SQLite",
            "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": "{noext}", "GDAL_HTTP_TIMEOUT": "1", "GDAL_HTTP_CONNECTTIMEOUT": "1",
            "GDAL_HTTP_PROXY": "127.0.0.1:9", "GML_DOWNLOAD_SCHEMA": "NO", "PROJ_NETWORK": "OFF", "LC_ALL": "C.UTF-8",
            "HOME": folder, "GDAL_CACHEMAX": "64",
        ]
        for name in ["PATH", "PROJ_DATA", "PROJ_LIB", "GDAL_DATA", "LD_LIBRARY_PATH"] {
            result[name] = ProcessInfo.processInfo.environment[name]
        }
        return result
    }

    /// The first complaint of the program, without the paths of this machine.
    private func reason(_ log: String) -> String {
        let text = String(decoding: FileManager.default.contents(atPath: log) ?? Data(), as: UTF8.self)
        let lines = text.split(separator: "\n").map(String.init)
        let line =
            lines.first { $0.hasPrefix("ERROR") } ?? lines.first { !$0.hasPrefix("Warning") } ?? "no reason given."
        return String(
            line.replacing(folder + "/", with: "").replacing(folder, with: "").filter { !$0.isNewline }.prefix(300))
    }
}
