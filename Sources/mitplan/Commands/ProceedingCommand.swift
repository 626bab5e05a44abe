import ArgumentParser

/// `mitplan proceeding`.
struct ProceedingCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "proceeding", abstract: "Make, list and show proceedings.",
        subcommands: [ProceedingCreate.self, ProceedingList.self, ProceedingShow.self, ProceedingPhase.self])
}
