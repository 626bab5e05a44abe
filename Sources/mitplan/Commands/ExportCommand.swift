import ArgumentParser
import Foundation
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
              mitplan export hafen --profile dipas -o hafen-dipas.csv
              mitplan export hafen -o hafen.gpkg
            """)

    @Argument(help: ArgumentHelp("Identifier of the proceeding.", valueName: "proceeding"))
    var proceeding: String

    @Option(
        help: ArgumentHelp(
            "Columns of another system: dipas for its table of contributions, dipas-comments and "
                + "dipas-conception-comments for comments.",
            valueName: "name"))
    var profile: String?

    @Option(help: "Hide places, for publishing: donut moves each by 30 to 150 m, always alike.")
    var mask: PlaceMasking?

    @OptionGroup var filter: FilterOptions
    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if mask != nil, profile != nil { throw ValidationError("--mask goes without --profile") }
        guard let profile, DIPASTable.Content(rawValue: profile) == nil else { return }
        throw ValidationError(
            "--profile takes \(DIPASTable.Content.allCases.map(\.rawValue).joined(separator: ", ")); got \(profile)")
    }

    func run() async throws {
        if let table = profile.flatMap(DIPASTable.Content.init) { return try await write(table) }
        let resolved = try output.resolved([.geojson, .geojsonseq, .csv, .gpkg])
        if resolved == .gpkg { return try await writeGeoPackage() }
        let format: ExportFormat =
            switch resolved {
            case .csv: .csv
            case .geojsonseq: .geojsonseq
            default: .geojson
            }
        let contributions = filter.filter
        try await Session.with(data) { session in
            let (target, scope) = try await session.target(proceeding, tenant)
            let stream = try await session.installation.export(
                of: target, filter: contributions, format: format, masking: mask, scope: scope)
            let file = try ResultFile(path: output.output)
            for try await bytes in stream { try file.write(bytes) }
            try file.finish()
        }
    }

    /// Writes the file beside its place and gives it its name when it is whole.
    private func writeGeoPackage() async throws {
        guard let path = output.output, path != "-" else {
            throw CommandFailure("a GeoPackage goes to a file", hint: "add -o \(proceeding).gpkg")
        }
        let (contributions, partial) = (filter.filter, "\(path).\(UUID().uuidString.prefix(8)).part")
        defer { try? FileManager.default.removeItem(atPath: partial) }
        try await Session.with(data) { session in
            let (target, scope) = try await session.target(proceeding, tenant)
            try await session.installation.writeGeoPackage(
                to: partial, of: target, filter: contributions, masking: mask, scope: scope)
        }
        guard rename(partial, path) == 0 else {
            throw CommandFailure("cannot write \(path): \(String(cString: strerror(errno)))")
        }
    }

    private func write(_ table: DIPASTable.Content) async throws {
        _ = try output.resolved([.csv])
        let contributions = filter.filter
        try await Session.with(data) { session in
            let (target, scope) = try await session.target(proceeding, tenant)
            let file = try ResultFile(path: output.output)
            for try await bytes in try await session.installation.dipasTable(
                table, of: target, filter: contributions, scope: scope)
            { try file.write(bytes) }
            try file.finish()
        }
    }
}
