import ArgumentParser
import Foundation
import Participation
import Platform
import Storage

/// `mitplan proceeding list`.
struct ProceedingList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the proceedings of a tenant.")

    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        _ = try output.resolved([.table, .json, .csv])
        let proceedings = try await Session.with(data) { session in
            let scope = try await session.scope(tenant)
            var all: [Proceeding] = []
            var cursor: Cursor?
            repeat {
                let page = try await session.installation.proceedings(after: cursor, scope: scope)
                all += page.items
                cursor = page.next
            } while cursor != nil
            return all
        }
        let now = Int64(Date().timeIntervalSince1970 * 1000)
        var listing = Listing([
            .init("id"), .init("name"), .init("phase"), .init("opens"), .init("closes"),
            .init("dataVersion", title: "data version"),
        ])
        for proceeding in proceedings {
            listing.append([
                .text(proceeding.id), .text(proceeding.name), .text(proceeding.phase(at: now).rawValue),
                .text(NumberText.instant(proceeding.schedule.phase1Start)),
                .text(NumberText.instant(proceeding.schedule.phase1End)), .count(Int(proceeding.dataVersion)),
            ])
        }
        try output.write(listing)
    }
}

/// `mitplan proceeding phase`.
struct ProceedingPhase: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "phase",
        abstract: "Tell the phase of a proceeding.",
        discussion: """
            EXAMPLES
              mitplan proceeding phase hafen
              mitplan proceeding phase hafen --at 2026-05-01
            """)

    @Argument(help: ArgumentHelp("Identifier of the proceeding.", valueName: "proceeding"))
    var id: String

    @Option(
        help: ArgumentHelp(
            "The instant in question, or a day of the tenant's time zone; now when not given.", valueName: "date"))
    var at: Instant?

    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        _ = try output.resolved([.table, .json, .csv])
        let (proceeding, scope) = try await Session.with(data) { session in
            try await session.target(id, tenant)
        }
        let instant = at?.milliseconds(in: scope.tenant) ?? Int64(Date().timeIntervalSince1970 * 1000)
        let phase = proceeding.phase(at: instant)
        var listing = Listing([
            .init("proceeding"), .init("at"), .init("phase"), .init("open", title: "takes contributions"),
        ])
        listing.append([
            .text(proceeding.id), .text(NumberText.instant(instant)),
            .text(phase.rawValue), .flag(phase == .phase1 || phase == .phasemix),
        ])
        try output.write(listing)
    }
}
