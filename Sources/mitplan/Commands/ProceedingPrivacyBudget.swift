import ArgumentParser
import GeoCore
import Participation
import Platform
import Storage

/// `mitplan proceeding privacy-budget`.
struct ProceedingPrivacyBudget: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "privacy-budget",
        abstract:
            "Show what answers with noise have spent this year, newest first, at most 1,000; or set what they may.",
        discussion: """
            The budget is the sum of epsilon of all answers with noise in a calendar year; it is 10 unless set. The same \
            question on the same data is answered again at no cost.

            EXAMPLES
              mitplan proceeding privacy-budget hafen
              mitplan proceeding privacy-budget hafen --set 5
            """)

    @Option(
        name: .customLong("set"),
        parsing: .unconditional,
        help: ArgumentHelp("Set what may be spent in a year, 0 to 1000; 0 for no such answers.", valueName: "epsilon"))
    var wanted: Double?

    @OptionGroup var place: ProceedingOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        _ = try output.resolved([.table, .json, .csv])
        let budget = try await place.with { session, proceeding, scope in
            var proceeding = proceeding
            if let wanted {
                let settings = JSONValue.object([.init("privacyBudget", .number(wanted))])
                proceeding = try await session.installation.change(
                    proceeding, patch: .object([.init("settings", settings)]), version: nil, scope: scope)
            }
            return try await session.installation.privacyBudget(of: proceeding, limit: 1000, scope: scope)
        }
        if !place.data.quiet {
            Console.error(
                "\(budget.year): \(budget.spent) of \(budget.budget) spent, \(budget.left) left; "
                    + "renews on \(Timestamp.rfc3339(budget.renews))")
        }
        var listing = Listing([
            .init("time"), .init("year"), .init("role"), .init("epsilon"), .init("dataVersion"),
            .init("question", maximumWidth: 64),
        ])
        for spending in budget.spendings.items {
            listing.append([
                .text(Timestamp.rfc3339(spending.time)), .text(String(spending.year)), .text(spending.role),
                .number(Double(spending.epsilon) / 1000), .text(String(spending.version)),
                .text(Secret.hexadecimal(spending.question)),
            ])
        }
        try output.write(listing)
    }
}
