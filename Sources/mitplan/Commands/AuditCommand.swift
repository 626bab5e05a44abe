import ArgumentParser
import Participation
import Platform
import Storage

/// `mitplan audit`.
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Read and verify the audit log.",
        subcommands: [AuditList.self, AuditVerify.self])
}

/// `mitplan audit list`.
struct AuditList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List what staff did, newest first.")

    @Option(parsing: .unconditional, help: "Events to list, 1 to 1000.")
    var limit = 50

    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...1000).contains(limit) else { throw ValidationError("--limit must lie between 1 and 1000") }
    }

    func run() async throws {
        _ = try output.resolved([.table, .json, .csv])
        let page = try await Session.with(data) { session in
            try await session.installation.auditEvents(limit: limit, scope: try await session.scope(tenant))
        }
        var listing = Listing([
            .init("number"), .init("time"), .init("actor"), .init("action"), .init("item"), .init("reason"),
        ])
        for event in page.items {
            listing.append([
                .text(String(event.number)), .text(Timestamp.rfc3339(event.time)), .text(event.actor),
                .text(event.action), .text(event.item), .text(event.reason),
            ])
        }
        try output.write(listing)
    }
}

/// `mitplan audit verify`.
struct AuditVerify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check the chain of digests of the audit log.",
        discussion: """
            Ends with 0 when every event is there and unchanged, and with 1 naming the first that is not. Keep the head \
            it prints elsewhere: with it also a log that was cut off at its end is told.
            """)

    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions

    func run() async throws {
        let (check, scope) = try await Session.with(data) { session in
            let scope = try await session.scope(tenant)
            return (try await session.installation.checkAudit(scope: scope), scope)
        }
        if let broken = check.broken {
            throw CommandFailure(
                "the audit log of \(scope.tenant.id) is broken at event \(broken)",
                hint: "compare it with a backup; the \(check.count) events before it are sound")
        }
        if !data.quiet {
            Console.out("\(check.count) events are sound, head \(Secret.hexadecimal(check.head))")
        }
    }
}
