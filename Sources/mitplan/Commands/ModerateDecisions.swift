import ArgumentParser
import Participation
import Platform

/// What every decision is told.
struct DecisionOptions: ParsableArguments {
    @Argument(help: ArgumentHelp("Identifier of the proceeding.", valueName: "proceeding"))
    var proceeding: String

    @Argument(help: ArgumentHelp("Numbers of contributions, conceptions and comments.", valueName: "id"))
    var ids: [Int64]

    @Option(help: "Why.")
    var reason: ModerationReason?

    @Option(help: "A note for colleagues.")
    var note: String?

    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions

    /// Takes the decision on all items or none.
    func decide(_ action: ModerationAction, passages: [String] = []) async throws {
        let decision = ModerationDecision(action, reason: reason, note: note, passages: passages)
        let items = try await Session.with(data) { session in
            let (target, scope) = try await session.target(proceeding, tenant)
            return try await session.installation.moderate(
                ids.map { ModerationTarget($0) }, decision, of: target, scope: scope)
        }
        if !data.quiet { Console.out("\(items.count) item(s) \(action.done)") }
    }
}

/// `mitplan moderate publish`.
struct ModeratePublish: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish", abstract: "Show items to everybody.")
    @OptionGroup var decision: DecisionOptions
    func run() async throws { try await decision.decide(.publish) }
}

/// `mitplan moderate hide`.
struct ModerateHide: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "hide", abstract: "Take items out of sight.")
    @OptionGroup var decision: DecisionOptions
    func run() async throws { try await decision.decide(.hide) }
}

/// `mitplan moderate reject`.
struct ModerateReject: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "reject", abstract: "Refuse items.")
    @OptionGroup var decision: DecisionOptions
    func run() async throws { try await decision.decide(.reject) }
}

/// `mitplan moderate erase`.
struct ModerateErase: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase", abstract: "Remove the content of items for good.")
    @OptionGroup var decision: DecisionOptions
    func run() async throws { try await decision.decide(.erase) }
}

/// `mitplan moderate redact`.
struct ModerateRedact: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "redact", abstract: "Put a mark in the place of passages.",
        discussion: "Without --passage all that looks like personal data is taken out.")

    @Option(help: "A passage to take out wherever it occurs; may be repeated.")
    var passage: [String] = []

    @OptionGroup var decision: DecisionOptions
    func run() async throws { try await decision.decide(.redact, passages: passage) }
}
