import Foundation
import Testing

/// The built program, run as a process of its own.
struct MitplanProgram {
    /// What a run left behind.
    struct Result {
        /// Exit code.
        let status: Int32
        /// Everything on standard output.
        let output: String
        /// Everything on standard error.
        let error: String
    }

    /// The program beside the test bundle.
    static let url: URL = {
        let bundles = Bundle.allBundles.map(\.bundleURL.path) + CommandLine.arguments
        let candidates = bundles.filter { $0.contains("/") }.map {
            URL(fileURLWithPath: $0).deletingLastPathComponent().appendingPathComponent("mitplan")
        }
        return candidates.first { FileManager.default.isExecutableFile(atPath: $0.path) }
            ?? URL(fileURLWithPath: "mitplan")
    }()

    /// Runs the program and waits for its end.
    static func run(_ arguments: [String], environment: [String: String] = [:], in folder: URL? = nil) throws -> Result
    {
        // Files instead of pipes: a full pipe that nobody empties would stop the program.
        let captures = FileManager.default.temporaryDirectory.appendingPathComponent("mitplan-run-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: captures, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: captures) }
        let output = captures.appendingPathComponent("out")
        let error = captures.appendingPathComponent("err")
        for file in [output, error] {
            _ = FileManager.default.createFile(atPath: file.path, contents: nil)
        }
        let process = Process()
        process.executableURL = url
        process.arguments = arguments
        process.currentDirectoryURL = folder ?? FileManager.default.temporaryDirectory
        var variables = ProcessInfo.processInfo.environment
        variables["MITPLAN_DATA"] = nil
        variables.merge(environment) { $1 }
        process.environment = variables
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: error)
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return Result(
            status: process.terminationStatus, output: try String(contentsOf: output, encoding: .utf8),
            error: try String(contentsOf: error, encoding: .utf8))
    }

    /// Names of the files in a folder, sorted.
    static func names(in folder: URL) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    }
}
