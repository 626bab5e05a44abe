import ArgumentParser
import Formats
import Foundation
import Participation
import Platform

/// `mitplan import layer`.
struct ImportLayer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "layer",
        abstract: "Read a planning layer from a file.",
        discussion: """
            Reads GeoJSON, GeoJSONSeq, GeoPackage, Shapefile and CSV, and through ogr2ogr whatever it reads. All \
            features enter or none, unless --skip-invalid. Importing again replaces the layer at one stroke; an equal \
            file changes nothing.

            EXAMPLES
              mitplan import layer districts.gpkg --proceeding hafen --role area-units --population-field einwohner
              mitplan import layer plan.shp --proceeding hafen --role plan --crs EPSG:31467 --encoding windows-1252
              mitplan import layer city.gpkg --proceeding hafen --all-layers
              mitplan import layer bebauungsplan.gml --proceeding hafen --id plan --all-layers
            """)

    @Argument(help: "The file.", completion: .file())
    var file: String

    @Option(name: .shortAndLong, help: ArgumentHelp("Proceeding that gets the layer.", valueName: "id"))
    var proceeding: String

    @Option(help: "Identifier of the layer; made from the file name when not given.")
    var id: String?

    @Option(help: "Name of the layer for people.")
    var name: String?

    @Option(help: ArgumentHelp("CRS of the coordinates, where the file does not tell.", valueName: "epsg"))
    var crs: String?

    @Option(help: "Table of the file, where it has several.")
    var layer: String?

    @Option(help: "What the layer is used for.")
    var role: PlanningLayer.Role = .context

    @Option(help: ArgumentHelp("Attribute with the number of inhabitants.", valueName: "name"))
    var populationField: String?

    @Option(help: "Licence of its data; that of the proceeding when not given.")
    var licence: String?

    @Option(help: "Encoding of the texts, where the file does not tell.")
    var encoding: String?

    @Flag(help: "Leave out features that break a rule, and report them.")
    var skipInvalid = false

    @Flag(help: "Repair invalid geometries.")
    var makeValid = false

    @Flag(help: "Read all tables: of a GeoPackage each as a layer of its own, of a plan in GML as one layer.")
    var allLayers = false

    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if allLayers, layer != nil { throw ValidationError("--all-layers excludes --layer") }
        if isGeoPackageOfMany, id != nil || name != nil {
            throw ValidationError("--all-layers of a GeoPackage excludes --id and --name: each table keeps its own")
        }
    }

    func run() async throws {
        let format = try output.resolved([.table, .json])
        let progress = ProgressBar(fileName, isQuiet: data.quiet)
        defer { progress.finish() }
        let results = try await Session.with(data) { session in
            let (target, scope) = try await session.target(proceeding, tenant)
            var results: [(layer: PlanningLayer, report: ImportReport)] = []
            for options in try options() {
                results.append(
                    try await session.installation.importLayer(
                        path: file, fileName: fileName, options: options, to: target, scope: scope
                    ) { progress.update(rows: $0.rows, fraction: $0.fraction) })
            }
            return results
        }
        progress.finish()
        let summaries = results.map { ImportSummary(title: "layer \($0.id)", report: $1) }
        try output.write(ImportSummary.rendered(summaries, as: format))
    }

    private var isGeoPackageOfMany: Bool { allLayers && file.lowercased().hasSuffix(".gpkg") }

    private var fileName: String { URL(fileURLWithPath: file).lastPathComponent }

    private func options() throws -> [LayerImportOptions] {
        var options = LayerImportOptions()
        options.id = id
        options.name = name
        options.crs = crs
        options.source.layer = layer
        options.role = role
        options.populationField = populationField
        options.licence = licence
        options.source.encoding = encoding
        options.skipInvalid = skipInvalid
        options.makeValid = makeValid
        options.source.allLayers = allLayers
        guard isGeoPackageOfMany else { return [options] }
        return try GeoPackageReader.layerNames(path: file).map { name in
            var single = options
            single.source.layer = name
            single.id = Slug.make(of: name)
            single.name = name
            return single
        }
    }
}
