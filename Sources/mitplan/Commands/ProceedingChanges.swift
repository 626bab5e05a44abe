import ArgumentParser
import GeoCore
import Participation
import Platform
import Storage

/// `mitplan proceeding clone`.
struct ProceedingClone: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clone",
        abstract: "Make a proceeding after another one: settings, area, lists, downloads, nothing that was written.",
        discussion: """
            The copy has no schedule and is internal until it is made public. Downloads that document course and results \
            are not copied.

            EXAMPLES
              mitplan proceeding clone hafen hafen-2027 --name "Hafen 2027"
            """)

    @Argument(help: ArgumentHelp("Identifier of the template.", valueName: "proceeding"))
    var id: String

    @Argument(help: "Identifier of the copy.")
    var copy: String

    @Option(help: "Name of the copy; that of the template when not given.")
    var name: String?

    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions

    func run() async throws {
        try await Session.with(data) { session in
            let (template, scope) = try await session.target(id, tenant)
            var changes: [JSONValue.Member] = [.init("id", .string(copy))]
            if let name { changes.append(.init("name", .string(name))) }
            let made = try await session.installation.clone(template, changes: .object(changes), scope: scope)
            if !data.quiet { Console.out("proceeding \(made.id) is ready, internal for now") }
        }
    }
}

/// `mitplan proceeding archive`.
struct ProceedingArchive: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "archive", abstract: "Keep a proceeding for reading only, with nothing open.")

    @Argument(help: ArgumentHelp("Identifier of the proceeding.", valueName: "proceeding"))
    var id: String

    @Flag(help: "Take it out of the archive again.")
    var undo = false

    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions

    func run() async throws {
        try await Session.with(data) { session in
            let (proceeding, scope) = try await session.target(id, tenant)
            let state = undo ? "active" : "archived"
            _ = try await session.installation.change(
                proceeding, patch: .object([.init("state", .string(state))]), version: nil, scope: scope)
            if !data.quiet { Console.out("proceeding \(id) is \(state)") }
        }
    }
}

/// `mitplan proceeding delete`.
struct ProceedingDelete: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Delete a proceeding with everything of it, for good.",
        discussion: """
            EXAMPLES
              mitplan proceeding delete hafen --confirm hafen
            """)

    @Argument(help: ArgumentHelp("Identifier of the proceeding.", valueName: "proceeding"))
    var id: String

    @Option(help: "The identifier once more; without it nothing is deleted.")
    var confirm: String?

    @Option(help: "Why; written to the audit log.")
    var reason: String?

    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions

    func run() async throws {
        guard confirm == id else {
            throw CommandFailure(
                "this deletes proceeding \(id) with everything of it", hint: "add --confirm \(id) to do it")
        }
        try await Session.with(data) { session in
            let (proceeding, scope) = try await session.target(id, tenant)
            try await session.installation.delete(proceeding, version: nil, reason: reason, scope: scope)
            if !data.quiet { Console.out("proceeding \(id) is deleted") }
        }
    }
}
