import ArgumentParser
import Participation
import Platform
import Storage

/// `mitplan moderate words`.
struct ModerateWords: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "words",
        abstract: "List and change the words that hold texts back until a moderator has seen them.",
        discussion: """
            Without a proceeding, those of all proceedings of the tenant. * at the end of a word stands for any ending.

            EXAMPLES
              mitplan moderate words
              mitplan moderate words hafen --add "idiot*" --add lügner
              mitplan moderate words hafen --remove lügner
            """)

    @Argument(help: ArgumentHelp("Identifier of the proceeding.", valueName: "proceeding"))
    var proceeding: String?

    @Option(help: "Word to add; may be repeated.")
    var add: [String] = []

    @Option(help: "Word to take away; may be repeated.")
    var remove: [String] = []

    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        _ = try output.resolved([.table, .json, .csv])
        let words = try await Session.with(data) { session in
            let scope = try await session.scope(tenant)
            let target = try await whose(session, scope)
            let old = try await session.installation.heldWords(of: target, scope: scope)
            if let unknown = remove.first(where: { !old.contains($0) }) {
                throw CommandFailure(
                    "\(DisplayText.plain(unknown)) is not one of the words",
                    hint: "leave --add and --remove out to list them")
            }
            guard !add.isEmpty || !remove.isEmpty else { return old }
            let kept = old.filter { !remove.contains($0) }
            try await session.installation.replaceHeldWords(
                kept + add.filter { !kept.contains($0) }, of: target, scope: scope)
            return try await session.installation.heldWords(of: target, scope: scope)
        }
        var listing = Listing([.init("word")])
        for word in words { listing.append([.text(word)]) }
        try output.write(listing)
    }

    private func whose(_ session: Session, _ scope: Scope) async throws -> Proceeding? {
        guard let proceeding else { return nil }
        return try await session.target(proceeding, tenant).0
    }
}
