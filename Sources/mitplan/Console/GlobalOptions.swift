import ArgumentParser
import Foundation

/// Where the data lies: the option that every command has.
struct DataOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Data directory; MITPLAN_DATA or ./data when not given.", valueName: "dir"),
        completion: .directory)
    var data: String?

    @Flag(name: .long, help: "Say nothing but the answer and errors.")
    var quiet = false

    /// The data directory that is meant.
    var directory: DataDirectory {
        let environment = ProcessInfo.processInfo.environment["MITPLAN_DATA"].flatMap { $0.isEmpty ? nil : $0 }
        return DataDirectory(path: data ?? environment ?? "data")
    }
}

/// Which tenant is meant.
struct TenantOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Tenant; the default tenant when not given.", valueName: "id"))
    var tenant: String?
}

/// How and where the answer is written.
struct OutputOptions: ParsableArguments {
    @Option(help: "Format of the answer; told by the ending of FILE when not given.")
    var format: OutputFormat?

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp("Write to FILE instead of standard output.", valueName: "file"), completion: .file())
    var output: String?

    /// The format to write: the one asked for, else what the file name says, else the first of `supported`.
    ///
    /// - Throws: ``CommandFailure`` of usage when the format asked for is not among `supported`.
    func resolved(_ supported: [OutputFormat]) throws -> OutputFormat {
        if let format {
            guard supported.contains(format) else { throw Self.unsupported(format.rawValue, supported) }
            return format
        }
        if let output, let format = OutputFormat(fileName: output) {
            if supported.contains(format) { return format }
            if format == .json, supported.contains(.geojson) { return .geojson }
            throw Self.unsupported(format.rawValue, supported)
        }
        return supported.first ?? .table
    }

    private static func unsupported(_ name: String, _ supported: [OutputFormat]) -> CommandFailure {
        .usage(
            "this command does not write \(name)",
            hint: "it writes " + supported.map(\.rawValue).joined(separator: ", "))
    }
}
