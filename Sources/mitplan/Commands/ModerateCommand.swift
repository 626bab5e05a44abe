import ArgumentParser
import Participation
import Platform
import Storage

/// `mitplan moderate`.
struct ModerateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "moderate", abstract: "See what waits for a moderator, and decide on it.",
        discussion: """
            EXAMPLES
              mitplan moderate list hafen
              mitplan moderate list hafen --state hidden --state rejected
              mitplan moderate publish hafen 12 15 19
              mitplan moderate hide hafen 12 --reason insult --note "Persönlicher Angriff"
              mitplan moderate redact hafen 15 --reason personalData --passage "Herr Meier"
              mitplan moderate words hafen --add "idiot*"
            """,
        subcommands: [
            ModerateList.self, ModeratePublish.self, ModerateHide.self, ModerateReject.self, ModerateRedact.self,
            ModerateErase.self, ModerateShow.self, ModerateHistory.self, ModerateWords.self,
        ])
}

/// `mitplan moderate list`.
struct ModerateList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List what waits, what needs a moderator most first.",
        discussion: "With --state everything in that state is listed, whether it waits or not.")

    private static let formats: [OutputFormat] = [.table, .json, .csv]

    @Argument(help: ArgumentHelp("Identifier of the proceeding.", valueName: "proceeding"))
    var proceeding: String

    @Option(help: "All that is in this state; may be repeated.")
    var state: [Contribution.State] = []

    @Option(parsing: .unconditional, help: "Most items.")
    var limit = 50

    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...1000).contains(limit) else { throw ValidationError("--limit must lie between 1 and 1000") }
    }

    func run() async throws {
        _ = try output.resolved(Self.formats)
        let items = try await Session.with(data) { session in
            let (target, scope) = try await session.target(proceeding, tenant)
            return try await session.installation.moderationQueue(
                of: target, states: state, limit: limit, after: nil, scope: scope
            ).page.items
        }
        try output.write(Listing(moderated: items), formats: Self.formats)
    }
}

/// `mitplan moderate show`.
struct ModerateShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show an item with its decisions, earlier texts and reports.")

    private static let formats: [OutputFormat] = [.table, .json, .csv]

    @Argument(help: ArgumentHelp("Identifier of the proceeding.", valueName: "proceeding"))
    var proceeding: String

    @Argument(help: ArgumentHelp("Number of a contribution, conception or comment.", valueName: "id"))
    var id: Int64

    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        _ = try output.resolved(Self.formats)
        let record = try await Session.with(data) { session in
            let (target, scope) = try await session.target(proceeding, tenant)
            return try await session.installation.moderationRecord(
                of: ModerationTarget(id), in: target, scope: scope)
        }
        var listing = Listing.ofEvents
        listing.append([
            .text(NumberText.instant(record.item.created)), .text("written, now \(record.item.state.name)"),
            .text([record.item.title, record.item.text].compactMap { $0 }.joined(separator: ": ")),
        ])
        for report in record.reports {
            listing.append([
                .text(NumberText.instant(report.created)), .text("reported: \(report.reason)"), .text(report.text),
            ])
        }
        for text in record.texts { listing.append(earlier: text) }
        for event in record.events {
            let account = event.account.map { " by \($0)" } ?? ""
            listing.append([
                .text(NumberText.instant(event.created)), .text("\(event.action)\(account)"),
                .text([event.reason, event.note].compactMap { $0 }.joined(separator: ": ")),
            ])
        }
        try output.write(listing, formats: Self.formats)
    }
}

extension Listing {
    /// Items as a moderator looks over them.
    init(moderated items: [ModeratedItem]) {
        self.init([
            .init("id"), .init("kind"), .init("state"), .init("version"), .init("reports"),
            .init("signs", maximumWidth: 30), .init("since"), .init("text", maximumWidth: 60),
        ])
        for item in items {
            append([
                .text("\(item.reference.id)"),
                .text("\(item.reference.kind)"), .text(item.state.name),
                .count(Int(clamping: item.version)), .count(Int(clamping: item.need.reports)),
                .text(item.need.signs.names.joined(separator: ", ")),
                .text(item.waitsSince.map(NumberText.instant)),
                .text([item.title, item.text].compactMap { $0 }.joined(separator: ": ")),
            ])
        }
    }
}
