import ArgumentParser

/// The root of the command tree.
struct Mitplan: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mitplan",
        abstract: "Citizen participation on the map: layers and contributions in, hotspots and statistics out.",
        discussion: """
            A data directory holds everything; name it with --data or MITPLAN_DATA. All commands also work while a \
            server runs on the same directory.

            EXAMPLES
              mitplan init --data city
              mitplan proceeding create --data city --file proceeding.json
              mitplan import contributions contributions.csv --data city --proceeding hafen
              mitplan hotspots hafen --data city --method gi -o hotspots.svg
              mitplan serve --data city --port 8080

            Completion for the shell: mitplan --generate-completion-script bash
            """,
        version: "0.1.0",
        groupedSubcommands: commandGroups)
}
