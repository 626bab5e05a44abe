import ArgumentParser

/// `mitplan proceeding`.
struct ProceedingCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "proceeding", abstract: "Make, list, show, change, archive and delete proceedings.",
        subcommands: [
            ProceedingCreate.self, ProceedingClone.self, ProceedingList.self, ProceedingShow.self, ProceedingPhase.self,
            ProceedingEdit.self, ProceedingTypes.self, ProceedingPrivacyBudget.self, ProceedingArchive.self,
            ProceedingDelete.self,
        ])
}
