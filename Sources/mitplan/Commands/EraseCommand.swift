import ArgumentParser
import Participation
import Platform
import Storage

/// `mitplan erase`.
struct EraseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase", abstract: "Remove the content of contributions and comments for good.",
        discussion: """
            Texts, places, authorship, earlier texts and votes are gone from all files of the data directory; number, \
            state and time remain. Backups made before still hold them.

            EXAMPLES
              mitplan erase hafen 12 15 --reason request
              mitplan erase --participant 7f1c…
            """)

    @Argument(help: ArgumentHelp("Identifier of the proceeding.", valueName: "proceeding"))
    var proceeding: String?

    @Argument(help: ArgumentHelp("Numbers of contributions and comments.", valueName: "id"))
    var ids: [Int64] = []

    @Option(help: "Why.")
    var reason = ModerationReason.request

    @Option(help: ArgumentHelp("All that this participant wrote and voted in the tenant.", valueName: "id"))
    var participant: String?

    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions

    func validate() throws {
        guard (participant == nil) == (proceeding != nil && !ids.isEmpty) else {
            throw ValidationError("name a proceeding with items, or --participant")
        }
    }

    func run() async throws {
        let text = try await Session.with(data) { session in
            if let participant {
                let erased = try await session.installation.eraseParticipant(
                    participant, scope: try await session.scope(tenant))
                return "\(erased.items) item(s) erased, \(erased.votes) vote(s) taken back"
            }
            let (target, scope) = try await session.target(proceeding ?? "", tenant)
            let items = try await session.installation.moderate(
                ids.map { ModerationTarget($0) }, ModerationDecision(.erase, reason: reason), of: target,
                scope: scope)
            return "\(items.count) item(s) erased"
        }
        if !data.quiet { Console.out(text) }
    }
}

/// `mitplan retention`.
struct RetentionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retention",
        abstract: "Cut links to participants, erase and delete what was kept long enough.",
        discussion: """
            The times are settings of each proceeding. The server does this once a day.

            EXAMPLES
              mitplan retention --dry-run
            """)

    private static let formats: [OutputFormat] = [.table, .json, .csv]

    @Flag(name: .customLong("dry-run"), help: "Only tell what would be done.")
    var isTrial = false

    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        _ = try output.resolved(Self.formats)
        let reports = try await Session.with(data) { session in
            try await session.installation.retain(isTrial: isTrial, scope: try await session.scope(tenant))
        }
        var listing = Listing([
            .init("proceeding"), .init("participantLinks"), .init("items"), .init("earlierTexts"), .init("reports"),
        ])
        for report in reports {
            let counts = report.counts
            listing.append(
                [.text(report.proceeding.id)]
                    + [counts.participantLinks, counts.items, counts.earlierTexts, counts.reports].map {
                        .count(Int(clamping: $0))
                    })
        }
        try output.write(listing, formats: Self.formats)
    }
}
