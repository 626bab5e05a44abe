import ArgumentParser
import Platform

/// `mitplan check`.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check the integrity of the store.",
        discussion: "Ends with 0 when everything is sound and with 1 when something is not.")

    @OptionGroup var data: DataOptions

    func run() async throws {
        let faults = try await Session.with(data) { try await $0.installation.integrityFaults() }
        for fault in faults { Console.error("mitplan: \(DisplayText.plain(fault))") }
        guard faults.isEmpty else {
            throw CommandFailure("\(faults.count) faults", hint: "restore a backup")
        }
        if !data.quiet { Console.out("sound") }
    }
}

/// `mitplan backup`.
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Write a consistent copy of the database, also while a server runs.",
        discussion: """
            EXAMPLES
              mitplan backup /backup/mitplan-2026-05-01.sqlite
            """)

    @Argument(help: "The copy; must not exist.", completion: .file())
    var file: String

    @OptionGroup var data: DataOptions

    func run() async throws {
        try await Session.with(data) { try await $0.installation.backup(to: file) }
        if !data.quiet { Console.out("wrote \(file)") }
    }
}
