import ArgumentParser
import Platform
import Storage

/// `mitplan report`.
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write a report of a proceeding as one printable HTML file.",
        discussion: """
            Summary, maps, hot spots with the contributions in them, tables per category and area unit, method and \
            limits. The file needs nothing beside itself; two runs on the same data give the same file.

            EXAMPLES
              mitplan report hafen -o report.html
              mitplan report hafen --language en --category radverkehr -o cycling.html
            """)

    @Argument(help: ArgumentHelp("Identifier of the proceeding.", valueName: "proceeding"))
    var proceeding: String

    @Option(help: "Language of the report.")
    var language: PictureLanguage = .de

    @OptionGroup var filter: FilterOptions
    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp("Write to FILE instead of standard output.", valueName: "file"), completion: .file())
    var output: String?

    func run() async throws {
        let report = try await Session.with(data) { session in
            let (target, scope) = try await session.target(proceeding, tenant)
            return try await session.installation.report(
                of: target, filter: filter.filter(in: scope.tenant), language: language.rawValue, scope: scope)
        }
        let file = try ResultFile(path: output)
        try file.write(report)
        try file.finish()
    }
}
