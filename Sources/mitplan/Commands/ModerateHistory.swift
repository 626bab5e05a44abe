import ArgumentParser
import Participation
import Platform
import Storage

/// `mitplan moderate history`.
struct ModerateHistory: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "Show the earlier texts of a proceeding, an appointment or a download.",
        discussion: """
            EXAMPLES
              mitplan moderate history hafen
              mitplan moderate history hafen --appointment 12
            """)

    private static let formats: [OutputFormat] = [.table, .json, .csv]

    @OptionGroup var place: ProceedingOptions

    @Option(parsing: .unconditional, help: ArgumentHelp("Of this appointment.", valueName: "id"))
    var appointment: Int64?

    @Option(parsing: .unconditional, help: ArgumentHelp("Of this download.", valueName: "id"))
    var download: Int64?

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard appointment == nil || download == nil else {
            throw ValidationError("name an appointment or a download, not both")
        }
    }

    func run() async throws {
        _ = try output.resolved(Self.formats)
        let planned =
            appointment.map { PlannedText.appointment($0) } ?? download.map { PlannedText.download($0) } ?? .proceeding
        let texts = try await place.with { session, target, scope in
            try await session.installation.earlierTexts(of: planned, in: target, scope: scope)
        }
        var listing = Listing.ofEvents
        for text in texts { listing.append(earlier: text) }
        try output.write(listing, formats: Self.formats)
    }
}

extension Listing {
    /// What happened to something, a row for each event.
    static var ofEvents: Listing {
        Listing([.init("when"), .init("what", maximumWidth: 40), .init("detail", maximumWidth: 90)])
    }

    /// An earlier text, as an event at the time when it was replaced.
    mutating func append(earlier: EarlierText) {
        let comment = earlier.comment.map { " comment \($0)" } ?? ""
        let words = [earlier.title ?? "", earlier.text].filter { !$0.isEmpty }.joined(separator: ": ")
        let other = earlier.other.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
        append([
            .text(NumberText.instant(earlier.replaced)), .text("\(earlier.cause)\(comment), before:"),
            .text(([words] + other).joined(separator: "; ")),
        ])
    }
}
