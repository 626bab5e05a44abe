import ArgumentParser
import Participation
import Platform

/// `mitplan answer`.
struct AnswerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "answer", abstract: "Give official answers to contributions, and read them.",
        discussion: """
            EXAMPLES
              mitplan answer give hafen 12 15 --status accepted --text "Der Radweg wird 2027 gebaut."
              mitplan answer list hafen 12
            """,
        subcommands: [AnswerGive.self, AnswerList.self])
}

/// `mitplan answer give`.
struct AnswerGive: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "give", abstract: "Give one answer to contributions: to all of them, or none.")

    @Argument(help: ArgumentHelp("Identifier of the proceeding.", valueName: "proceeding"))
    var proceeding: String

    @Argument(help: ArgumentHelp("Numbers of contributions.", valueName: "id"))
    var ids: [Int64]

    @Option(
        help: ArgumentHelp(
            "Where they stand: " + OfficialStatus.allCases.map(\.name).joined(separator: ", ") + ".",
            valueName: "status"))
    var status: String

    @Option(help: "The public reason.")
    var text: String

    @Option(help: ArgumentHelp("Where more is to be read; may be repeated.", valueName: "url"))
    var link: [String] = []

    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions

    func validate() throws {
        guard OfficialStatus(name: status) != nil else {
            throw ValidationError(
                "--status is one of " + OfficialStatus.allCases.map(\.name).joined(separator: ", "))
        }
    }

    func run() async throws {
        guard let status = OfficialStatus(name: status) else { return }
        let answer = OfficialAnswer(status: status, text: text, links: link.map { OfficialAnswer.Link(href: $0) })
        let stored = try await Session.with(data) { session in
            let (target, scope) = try await session.target(proceeding, tenant)
            return try await session.installation.giveAnswer(answer, to: ids, of: target, scope: scope).answers
        }
        if !data.quiet { Console.out("\(stored.count) contribution(s) answered: \(status.name)") }
    }
}

/// `mitplan answer list`.
struct AnswerList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the answers to a contribution, the oldest first.")

    private static let formats: [OutputFormat] = [.table, .json, .csv]

    @Argument(help: ArgumentHelp("Identifier of the proceeding.", valueName: "proceeding"))
    var proceeding: String

    @Argument(help: ArgumentHelp("Number of a contribution.", valueName: "id"))
    var id: Int64

    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        _ = try output.resolved(Self.formats)
        let answers = try await Session.with(data) { session in
            let (target, scope) = try await session.target(proceeding, tenant)
            return try await session.installation.answers(to: id, of: target, scope: scope)
        }
        var listing = Listing([
            .init("created"), .init("status"), .init("text", maximumWidth: 60), .init("links", maximumWidth: 60),
            .init("account"),
        ])
        for answer in answers {
            listing.append([
                .text(NumberText.instant(answer.created)), .text(answer.status.name), .text(answer.text),
                .text(answer.links.map(\.href).joined(separator: " ")), .text(answer.account),
            ])
        }
        try output.write(listing, formats: Self.formats)
    }
}
