import ArgumentParser
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

    func run() async throws {
        let bytes = try InputFile.bytes(of: file)
        try await Session.with(data) { session in
            let scope = try await session.scope(tenant)
            let draft = try ProceedingDocument(json: bytes, tenant: scope.tenant)
            let made = try await session.installation.createProceeding(draft, scope: scope)
            if !data.quiet { Console.out("proceeding \(made.id) is ready") }
        }
    }
}
