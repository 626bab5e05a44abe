import ArgumentParser
import Platform

/// `mitplan export`.
struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write the contributions of a proceeding to a file.",
        discussion: """
            EXAMPLES
              mitplan export hafen -o hafen.geojson
              mitplan export hafen --category radverkehr -o radverkehr.csv
              mitplan export hafen --format geojsonseq | wc -l
            """)

    @Argument(help: ArgumentHelp("Identifier of the proceeding.", valueName: "proceeding"))
    var proceeding: String

    @OptionGroup var filter: FilterOptions
    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let format: ExportFormat =
            switch try output.resolved([.geojson, .geojsonseq, .csv]) {
            case .csv: .csv
            case .geojsonseq: .geojsonseq
            default: .geojson
            }
        let contributions = filter.filter
        try await Session.with(data) { session in
            let (target, scope) = try await session.target(proceeding, tenant)
            let stream = session.installation.export(
                of: target, filter: contributions, format: format, scope: scope)
            let file = try ResultFile(path: output.output)
            for try await bytes in stream { try file.write(bytes) }
            try file.finish()
        }
    }
}
