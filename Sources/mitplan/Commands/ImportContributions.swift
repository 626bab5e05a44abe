import ArgumentParser
import Foundation
import Platform

/// `mitplan import contributions`.
struct ImportContributions: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "contributions",
        abstract: "Read contributions from a file.",
        discussion: """
            Reads GeoJSON (also what the DIPAS interface gives), GeoJSONSeq and CSV. Columns are recognised by their \
            names; --map names them where they are not. Of rows that were imported before, what the file tells anew is \
            brought in; what was corrected here stays.

            Fields: \(ContributionMapping.Field.allCases.map(\.rawValue).joined(separator: ", ")).

            EXAMPLES
              mitplan import contributions contributions.geojson --proceeding hafen
              mitplan import contributions 311.csv --proceeding hafen --map title=Descriptor --map created="Created Date"
            """)

    @Argument(help: "The file.", completion: .file())
    var file: String

    @Option(name: .shortAndLong, help: ArgumentHelp("Proceeding that gets the contributions.", valueName: "id"))
    var proceeding: String

    @Option(help: ArgumentHelp("CRS of the coordinates, where the file does not tell.", valueName: "epsg"))
    var crs: String?

    @Option(name: .customLong("map"), help: ArgumentHelp("Column of a field.", valueName: "field=column"))
    var mapping: [String] = []

    @Option(help: "Name of the source; rows are recognised again by source and identifier.")
    var source: String?

    @Flag(help: "Leave out rows that break a rule, and report them.")
    var skipInvalid = false

    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions
    @OptionGroup var output: OutputOptions

    func validate() throws { _ = try fields() }

    func run() async throws {
        let format = try output.resolved([.table, .json])
        var options = ContributionImportOptions()
        options.crs = crs
        options.mapping = ContributionMapping(given: try fields())
        options.source = source
        options.skipInvalid = skipInvalid
        let progress = ProgressBar(fileName, isQuiet: data.quiet)
        defer { progress.finish() }
        let report = try await Session.with(data) { session in
            let (target, scope) = try await session.target(proceeding, tenant)
            return try await session.installation.importContributions(
                path: file, fileName: fileName, options: options, to: target, scope: scope
            ) { progress.update(rows: $0.rows, fraction: $0.fraction) }
        }
        progress.finish()
        try output.write(
            ImportSummary.rendered([ImportSummary(title: "contributions of \(proceeding)", report: report)], as: format)
        )
    }

    private var fileName: String { URL(fileURLWithPath: file).lastPathComponent }

    private func fields() throws -> [ContributionMapping.Field: String] {
        var result: [ContributionMapping.Field: String] = [:]
        for text in mapping {
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, let field = ContributionMapping.Field(rawValue: parts[0]) else {
                let names = ContributionMapping.Field.allCases.map(\.rawValue).joined(separator: ", ")
                throw ValidationError("--map takes field=column with a field of \(names); got \(text)")
            }
            result[field] = parts[1]
        }
        return result
    }
}
