import ArgumentParser
import Foundation
import Participation
import Platform
import Storage

/// `mitplan download`.
struct DownloadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "download", abstract: "Documents that a proceeding offers.",
        discussion: """
            Takes PDF, OpenDocument, Office Open XML without macros, CSV, GeoJSON, ZIP and images; the content tells the \
            kind. Images lose Exif, places, texts and profiles, their pixels stay.

            EXAMPLES
              mitplan download add hafen plan.pdf --title "Rahmenplan" --language de
              mitplan download add hafen report.odt --title "Auswertung" --documentation
              mitplan download list hafen
              mitplan download remove hafen 41
            """,
        subcommands: [DownloadAdd.self, DownloadList.self, DownloadRemove.self])
}

/// `mitplan download add`.
struct DownloadAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "add", abstract: "Offer a file.")

    @OptionGroup var place: ProceedingOptions

    @Argument(help: "The file.", completion: .file())
    var file: String

    @Option(help: "Title for people; the name of the file when not given.")
    var title: String?

    @Option(help: "What is in it.")
    var description: String?

    @Option(help: "Language of its text, such as de.")
    var language: String?

    @Flag(help: "It documents the course and the results of the proceeding.")
    var documentation = false

    @Option(parsing: .unconditional, help: "Where it stands in the list; lower ones first.")
    var weight = 0

    @Flag(help: "Only those who manage the proceeding see it.")
    var archived = false

    func run() async throws {
        let name = URL(fileURLWithPath: file).lastPathComponent
        let draft = Download(
            title: title ?? name, description: description, language: language, isDocumentation: documentation,
            weight: weight, isArchived: archived)
        let download = try await place.with { session, target, scope in
            return try await session.installation.addDownload(
                draft, path: file, name: name, to: target, scope: scope
            ).download
        }
        if !place.data.quiet {
            Console.out("download \(download.id) added: \(download.fileName), \(download.mediaType)")
        }
    }
}

/// `mitplan download list`.
struct DownloadList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the documents of a proceeding, archived ones too.")

    @OptionGroup var place: ProceedingOptions

    @OptionGroup var output: OutputOptions

    func run() async throws {
        _ = try output.resolved([.table, .json, .csv])
        let downloads = try await place.with { session, target, scope in
            return try await session.installation.downloads(of: target, scope: scope)
        }
        var listing = Listing([
            .init("id"), .init("title"), .init("fileName"), .init("type"), .init("bytes"), .init("language"),
            .init("documentation"), .init("archived"), .init("weight"), .init("created"),
        ])
        for download in downloads {
            listing.append([
                .text(String(download.id)), .text(download.title), .text(download.fileName),
                .text(download.mediaType), .count(Int(clamping: download.byteCount)), .text(download.language),
                .flag(download.isDocumentation), .flag(download.isArchived), .count(download.weight),
                .text(NumberText.instant(download.created)),
            ])
        }
        try output.write(listing)
    }
}

/// `mitplan download remove`.
struct DownloadRemove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "remove", abstract: "Remove a document for good.")

    @OptionGroup var place: ProceedingOptions

    @Argument(help: ArgumentHelp("Number of the download.", valueName: "id"))
    var id: Int64

    func run() async throws {
        try await place.with { session, target, scope in
            try await session.installation.removeDownload(id, of: target, scope: scope)
        }
        if !place.data.quiet { Console.out("download \(id) is gone") }
    }
}
