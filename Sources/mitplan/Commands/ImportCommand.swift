import ArgumentParser

/// `mitplan import`.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Read planning layers and contributions from files.",
        subcommands: [ImportLayer.self, ImportContributions.self, ImportPDS.self])
}
