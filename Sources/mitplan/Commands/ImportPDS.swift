import ArgumentParser
import Foundation
import GeoCore
import OutboundHTTP
import Platform

/// `mitplan import pds`.
struct ImportPDS: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pds",
        abstract: "Take in proceedings and contributions of DIPAS or any server of the PDS.",
        discussion: """
            Reads the collections of the Participation Data Specification, from files or from a server: projects with \
            their area and categories, contributions with comments and votes. Tables that DIPAS exports are read too. \
            Again brings only what the source tells anew, and keeps what was made or changed here. Coordinates in \
            metres need --crs, unless the file declares their system or the project names it as its referenceSystem.

            EXAMPLES
              mitplan import pds https://beteiligung.example.org/drupal/dipas-pds/projects
              mitplan import pds https://beteiligung.example.org/drupal/dipas-pds/projects/hafen
              mitplan import pds projects.json commentedcontributions.json
              mitplan import pds conception_comments.json --conceptions --project hafen
              mitplan import pds beitraege.csv --crs EPSG:25832
            """)

    @Argument(help: "Addresses that begin with https://, and files.", completion: .file())
    var inputs: [String]

    @Option(
        name: .shortAndLong, help: ArgumentHelp("A project that is wanted; all when none is given.", valueName: "id"))
    var project: [String] = []

    @Option(help: "Name of the source; rows are recognised again by source and identifier.")
    var source = "pds"

    @Option(help: ArgumentHelp("CRS of the coordinates, where the file does not tell.", valueName: "epsg"))
    var crs: String?

    @Option(
        help: ArgumentHelp(
            "Origin that may be asked also without encryption, or in one's own network.", valueName: "origin"))
    var allowOrigin: [String] = []

    @Flag(help: "Comments that stand alone, on no contribution known here, are on conceptions.")
    var conceptions = false

    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard !inputs.isEmpty else { throw ValidationError("give an address or a file") }
    }

    func run() async throws {
        let format = try output.resolved([.table, .json])
        var options = PDSImportOptions()
        options.projects = Set(project)
        options.source = source
        options.takesConceptions = conceptions
        options.crs = crs
        let wanted = options
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("mitplan-fetch-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: folder) }
        let progress = ProgressBar("PDS", isQuiet: data.quiet)
        defer { progress.finish() }
        let report = try await Session.with(data) { session in
            let scope = try await session.scope(tenant)
            let files = try await files(in: folder.path)
            return try await session.installation.importPDS(files: files, options: wanted, scope: scope) {
                progress.update(rows: $0.rows, fraction: $0.fraction)
            }
        }
        progress.finish()
        try output.write(
            format == .json ? String(decoding: report.json.encoded, as: UTF8.self) + "\n" : Self.text(report))
    }

    /// The files, those of addresses fetched into a folder.
    private func files(in folder: String) async throws -> [PDSFile] {
        let policy = OutboundPolicy(origins: Set(allowOrigin), allowsPublicHosts: true)
        var files: [PDSFile] = []
        for (index, input) in inputs.enumerated() {
            guard input.hasPrefix("https://") || input.hasPrefix("http://") else {
                files.append(PDSFile(input))
                continue
            }
            let place = "\(folder)/\(index)"
            try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
            do {
                files += try await PDSFetch(client: OutboundClient(policy: policy), folder: place)
                    .files(of: input, projects: Set(project))
            } catch let error as OutboundError {
                throw CommandFailure(
                    "\(error)", hint: "--allow-origin https://… lets a server of one's own network be asked")
            }
        }
        return files
    }

    /// A line a project, then the location quality and what was strange.
    private static func text(_ report: PDSImportReport) -> String {
        var lines: [String] = []
        for project in report.projects {
            var counts = ["\(NumberText.grouped(project.imported)) new"]
            for (count, word) in [
                (project.updated, "updated"), (project.unchanged, "unchanged"),
                (project.kept, "kept as changed here"), (project.comments, "new comments"),
                (project.changedComments, "changed comments"), (project.conceptions, "new conceptions"),
            ] where count > 0 {
                counts.append("\(NumberText.grouped(count)) \(word)")
            }
            lines.append(
                "\(project.proceeding)\(project.isNew ? " (new)" : ""): \(NumberText.grouped(project.read)) contributions "
                    + "read, " + counts.joined(separator: ", ")
                    + "; votes \(NumberText.grouped(Int(clamping: project.votesUp)))"
                    + " for, \(NumberText.grouped(Int(clamping: project.votesDown))) against")
            lines.append("  places: " + quality(project.quality))
        }
        if report.projects.count > 1 {
            lines.append(
                "all \(report.projects.count) projects: \(NumberText.grouped(report.imported)) new contributions")
            lines.append("  places: " + quality(report.quality))
        }
        lines += report.notes.prefix(10).map { "  \(told($0))" }
        for rejection in report.rejections.prefix(10) {
            lines.append("  row \(rejection.row): \(told(rejection.reason))")
        }
        if report.skipped > 10 {
            lines.append("  and \(NumberText.grouped(report.skipped - 10)) more rows; --format json lists 100")
        }
        if lines.isEmpty { lines.append("nothing to take in: no projects and no contributions were found") }
        return lines.map(DisplayText.plain).joined(separator: "\n") + "\n"
    }

    /// A sentence with the option of the CRS as it is called here.
    private static func told(_ sentence: String) -> String { sentence.replacing(" crs=EPSG:", with: " --crs EPSG:") }

    private static func quality(_ counts: [String: Int]) -> String {
        let total = counts.values.reduce(0, +)
        guard total > 0 else { return "none" }
        return counts.sorted { $0.key < $1.key }.map { name, count in
            "\(name) \(NumberText.grouped(count)) (\(NumberText.decimal(Double(count) * 100 / Double(total))) %)"
        }.joined(separator: ", ")
    }
}
