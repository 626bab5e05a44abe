import ArgumentParser
import Foundation
import Platform
import Storage

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
              mitplan export hafen --mask donut --zone districts --population addresses -o hafen-public.geojson
              mitplan export hafen --crs EPSG:25832 -o hafen.gpkg
              mitplan export hafen --bom -o hafen-excel.csv
              mitplan export hafen --comments nested -o hafen-comments.geojson
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

    @Option(help: ArgumentHelp("Layer of areas in which masked places stay.", valueName: "layer"))
    var zone: String?

    @Option(
        help: ArgumentHelp(
            "Layer of addresses, or of units with inhabitants: masked places are moved as far as 5 to 50 of them reach.",
            valueName: "layer"))
    var population: String?

    @Option(
        help: ArgumentHelp(
            "System of the coordinates: \(ServedCRS.names.joined(separator: ", ")).", valueName: "epsg"))
    var crs: String?

    @Flag(
        inversion: .prefixedNo,
        help: "Begin CSV with a byte-order mark, by which Excel knows UTF-8; as usual with --profile.")
    var bom: Bool?

    @Option(help: "Comments within each feature of GeoJSON: nested below what they answer, flat, or their count alone.")
    var comments: ExportedComments = .count

    @OptionGroup var filter: FilterOptions
    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if mask == nil, zone != nil || population != nil {
            throw ValidationError("--zone and --population go with --mask donut")
        }
        if mask != nil, profile != nil { throw ValidationError("--mask goes without --profile") }
        if crs != nil, profile != nil { throw ValidationError("--crs goes without --profile") }
        if comments != .count, profile != nil { throw ValidationError("--comments goes without --profile") }
        if let crs, try ServedCRS(crs) == nil {
            throw ValidationError("--crs takes \(ServedCRS.names.joined(separator: ", ")); got \(crs)")
        }
        guard let profile, DIPASTable.Content(rawValue: profile) == nil else { return }
        throw ValidationError(
            "--profile takes \(DIPASTable.Content.allCases.map(\.rawValue).joined(separator: ", ")); got \(profile)")
    }

    func run() async throws {
        if let table = profile.flatMap(DIPASTable.Content.init) { return try await write(table) }
        let resolved = try output.resolved([.geojson, .geojsonseq, .csv, .gpkg])
        if bom != nil, resolved != .csv { throw ValidationError("--bom goes with CSV, as in -o \(proceeding).csv") }
        if comments != .count, resolved != .geojson, resolved != .geojsonseq {
            throw ValidationError("--comments \(comments.rawValue) goes with geojson and geojsonseq")
        }
        if resolved == .gpkg { return try await writeGeoPackage() }
        let format: ExportFormat =
            switch resolved {
            case .csv: .csv
            case .geojsonseq: .geojsonseq
            default: .geojson
            }
        let shape = ExportShape(
            crs: try crs.flatMap { try ServedCRS($0) }, hasByteOrderMark: bom ?? false, comments: comments)
        try await Session.with(data) { session in
            let (target, scope) = try await session.target(proceeding, tenant)
            let stream = try await session.installation.export(
                of: target, filter: filter.filter(in: scope.tenant), format: format, shape: shape, masking: mask,
                bounds: MaskBounds(zone: zone, population: population), scope: scope)
            let file = try ResultFile(path: output.output)
            for try await bytes in stream { try file.write(bytes) }
            try file.finish()
            if let report = stream.maskReport, !data.quiet { Console.error(Self.text(report)) }
        }
    }

    /// Writes the file beside its place and gives it its name when it is whole.
    private func writeGeoPackage() async throws {
        guard let path = output.output, path != "-" else {
            throw CommandFailure("a GeoPackage goes to a file", hint: "add -o \(proceeding).gpkg")
        }
        let bounds = MaskBounds(zone: zone, population: population)
        let crs = try crs.flatMap { try ServedCRS($0) }
        let partial = "\(path).\(UUID().uuidString.prefix(8)).part"
        defer { try? FileManager.default.removeItem(atPath: partial) }
        try await Session.with(data) { session in
            let (target, scope) = try await session.target(proceeding, tenant)
            let report = try await session.installation.writeGeoPackage(
                to: partial, of: target, filter: filter.filter(in: scope.tenant), crs: crs, masking: mask,
                bounds: bounds,
                scope: scope)
            if let report, !data.quiet { Console.error(Self.text(report)) }
        }
        guard rename(partial, path) == 0 else {
            throw CommandFailure("cannot write \(path): \(String(cString: strerror(errno)))")
        }
    }

    private static func text(_ report: MaskReport) -> String {
        guard let least = report.least, let median = report.median else { return "no place was moved" }
        return "\(report.places) places moved; nearer to them than the true ones lie at least \(least) "
            + "\(report.crowd.rawValue), \(median) in the middle"
            + (report.outside > 0 ? "; \(report.outside) were moved out of the area or their zone" : "")
    }

    private func write(_ table: DIPASTable.Content) async throws {
        _ = try output.resolved([.csv])
        try await Session.with(data) { session in
            let (target, scope) = try await session.target(proceeding, tenant)
            let file = try ResultFile(path: output.output)
            for try await bytes in try await session.installation.dipasTable(
                table, of: target, filter: filter.filter(in: scope.tenant), hasByteOrderMark: bom ?? true, scope: scope)
            { try file.write(bytes) }
            try file.finish()
        }
    }
}
