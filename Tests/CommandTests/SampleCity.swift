import Foundation
import TestSupport
import Testing

/// A data directory with the sample city, loaded once for the tests that only read it.
final class SampleCity: Sendable {
    /// The proceeding.
    static let proceeding = "musterstadt-mobil"
    /// Folder of the sample data.
    static let geodata = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("geodata")
    /// The city, loaded at first use.
    static let shared = Result { try SampleCity() }

    /// Where everything lies.
    let folder: TemporaryDirectory
    /// What the imports said.
    let layerOutput: String
    /// What the import of contributions said.
    let contributionOutput: String

    /// Path of the data directory.
    var data: String { folder.path("data") }

    private init() throws {
        folder = try TemporaryDirectory()
        let data = folder.path("data")
        func must(_ arguments: [String]) throws -> String {
            let result = try MitplanProgram.run(arguments + ["--data", data])
            guard result.status == 0 else { throw Failure(description: "\(arguments): \(result.error)") }
            return result.output
        }
        _ = try must(["init", "--tenant", "musterstadt", "--name", "Musterstadt an der Aue"])
        _ = try must(["proceeding", "create", "--file", Self.geodata.appendingPathComponent("proceeding.json").path])
        layerOutput = try must([
            "import", "layer", Self.geodata.appendingPathComponent("stadtteile.gpkg").path, "--proceeding",
            Self.proceeding, "--id", "stadtteile", "--role", "area-units", "--population-field", "population",
        ])
        contributionOutput = try must([
            "import", "contributions", Self.geodata.appendingPathComponent("contributions.geojson").path,
            "--proceeding", Self.proceeding,
        ])
    }

    /// Runs a command on the city.
    func run(_ arguments: [String]) throws -> MitplanProgram.Result {
        try MitplanProgram.run(arguments, environment: ["MITPLAN_DATA": data])
    }

    /// A command that should have worked.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }
}
