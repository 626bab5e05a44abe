import ArgumentParser
import Participation
import Platform
import Storage

/// `mitplan emergency`.
struct EmergencyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "emergency",
        abstract: "Enter the data of a tenant that lets the operator in for a reason and a while only.",
        discussion: """
            EXAMPLES
              mitplan tenant set bonn --operator-access onGrant
              mitplan emergency open --tenant bonn --reason "Ticket 4711: entries are missing" --minutes 30
              mitplan emergency close 12 --tenant bonn
            """,
        subcommands: [EmergencyOpen.self, EmergencyList.self, EmergencyClose.self])
}

/// `mitplan emergency open`.
struct EmergencyOpen: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open", abstract: "Let the operator in; the tenant sees when, why and until when.")

    @Option(help: "Why; written to the audit logs of the tenant and of the installation.")
    var reason: String

    @Option(parsing: .unconditional, help: "For how many minutes, 5 to 480.")
    var minutes = 60

    @OptionGroup var place: ScopeOptions

    func validate() throws {
        let allowed = Installation.emergencyMinutes
        guard allowed.contains(minutes) else {
            throw ValidationError("--minutes must be from \(allowed.lowerBound) to \(allowed.upperBound), such as 60")
        }
        let faults = Installation.emergencyReason.violations(in: TextRule.cleaned(reason), at: "--reason")
        if let fault = faults.first { throw ValidationError("\(fault.pointer): \(fault.detail)") }
    }

    func run() async throws {
        try await place.with { session, scope in
            let (access, _) = try await session.installation.openEmergencyAccess(
                reason: reason, minutes: minutes, scope: scope)
            return "emergency access \(access.id) to \(scope.tenant.id) until \(Timestamp.rfc3339(access.ends))"
        }
    }
}

/// `mitplan emergency list`.
struct EmergencyList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List when the operator was let in, newest first, at most 1,000.")

    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        _ = try output.resolved([.table, .json, .csv])
        let accesses = try await Session.with(data) { session in
            try await session.installation.emergencyAccesses(limit: 1000, scope: try await session.scope(tenant)).items
        }
        var listing = Listing([
            .init("id"), .init("opened"), .init("ends"), .init("closed"), .init("openedBy"),
            .init("reason", maximumWidth: 60),
        ])
        for access in accesses {
            listing.append([
                .text(String(access.id)), .text(Timestamp.rfc3339(access.opened)),
                .text(Timestamp.rfc3339(access.ends)), .text(access.closed.map { Timestamp.rfc3339($0) }),
                .text(access.openedBy), .text(access.reason),
            ])
        }
        try output.write(listing)
    }
}

/// `mitplan emergency close`.
struct EmergencyClose: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "close", abstract: "End emergency access at once.")

    @Argument(help: "Its number, as mitplan emergency list tells it.")
    var id: Int64

    @OptionGroup var place: ScopeOptions

    func run() async throws {
        try await place.with { session, scope in
            _ = try await session.installation.closeEmergencyAccess(id, scope: scope)
            return "emergency access \(id) has ended"
        }
    }
}
