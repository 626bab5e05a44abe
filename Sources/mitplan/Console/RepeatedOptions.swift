import ArgumentParser
import Foundation

/// Options that are given more than once though they take one value: the parser would use the last and say nothing.
enum RepeatedOptions {
    /// Refuses them.
    ///
    /// - Throws: ``CommandFailure`` of the command line that names the first of them.
    static func refuse(in arguments: [String]) throws {
        let given = arguments.prefix { $0 != "--" }.filter { $0.hasPrefix("-") }.map { String($0.prefix { $0 != "=" }) }
        var seen: Set<String> = []
        let repeated = given.filter { !seen.insert($0).inserted }
        // What the commands take is looked up where it matters alone.
        guard !repeated.isEmpty, let tool = tool() else { return }
        var command = tool.command
        for word in arguments {
            guard let next = command.subcommands?.first(where: { $0.commandName == word }) else { break }
            command = next
        }
        let single = Set(
            (command.arguments ?? []).filter { $0.kind == "option" && !$0.isRepeating }.flatMap(\.spellings))
        guard let name = repeated.first(where: single.contains) else { return }
        throw CommandFailure.usage("\(name) is given more than once", hint: "give it once: it takes one value")
    }

    /// What the argument parser knows of the commands.
    private static func tool() -> Tool? {
        try? JSONDecoder().decode(Tool.self, from: Data(Mitplan._dumpHelp().utf8))
    }

    private struct Tool: Decodable {
        let command: Command
    }

    private struct Command: Decodable {
        let commandName: String
        let subcommands: [Command]?
        let arguments: [Argument]?
    }

    private struct Argument: Decodable {
        let kind: String
        let isRepeating: Bool
        let names: [Name]?

        var spellings: [String] { (names ?? []).map { ($0.kind == "long" ? "--" : "-") + $0.name } }
    }

    private struct Name: Decodable {
        let kind: String
        let name: String
    }
}
