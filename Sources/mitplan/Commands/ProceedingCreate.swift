import ArgumentParser
import Foundation
import Participation
import Platform
import Storage

/// `mitplan proceeding create`.
struct ProceedingCreate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Make a proceeding from a JSON file.",
        discussion: """
            The file has the members of the web interface: id, name, description, area (GeoJSON geometry), schedule, \
            categories, settings.

            EXAMPLES
              mitplan proceeding create --file proceeding.json
              mitplan proceeding create --file - < proceeding.json
            """)

    @Option(name: .shortAndLong, help: "JSON file; - reads standard input.", completion: .file(extensions: ["json"]))
    var file: String

    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions

    /// More would be no description of a proceeding.
    private static let sizeLimit = 16 << 20

    func run() async throws {
        let bytes = try read()
        try await Session.with(data) { session in
            let scope = try await session.scope(tenant)
            let draft = try ProceedingDocument(json: bytes, tenant: scope.tenant)
            let made = try await session.installation.createProceeding(draft, scope: scope)
            if !data.quiet { Console.out("proceeding \(made.id) is ready") }
        }
    }

    private func read() throws -> [UInt8] {
        guard file != "-" else { return Array(FileHandle.standardInput.readDataToEndOfFile()) }
        let size = (try? FileManager.default.attributesOfItem(atPath: file)[.size] as? Int) ?? nil
        guard let size else { throw CommandFailure("cannot read \(file): no such file") }
        guard size <= Self.sizeLimit else { throw CommandFailure("\(file) has more than 16 MiB") }
        guard let bytes = FileManager.default.contents(atPath: file) else {
            throw CommandFailure("cannot read \(file)")
        }
        return Array(bytes)
    }
}
