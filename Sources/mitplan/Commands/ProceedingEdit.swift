import ArgumentParser
import Foundation
import GeoCore
import Participation
import Platform
import Storage

/// `mitplan proceeding change`.
struct ProceedingEdit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "change",
        abstract: "Change a proceeding; what is not given stays.",
        discussion: """
            A file has the members of the web interface that are to change; null takes one away (RFC 7396). Options go \
            before the file. A day means the tenant's time zone, and the last day of a phase is one of it.

            EXAMPLES
              mitplan proceeding change hafen --public --phase1-start 2027-03-01 --phase1-end 2027-04-15
              mitplan proceeding change hafen --moderation pre
              mitplan proceeding change hafen --file settings.json
            """)

    @OptionGroup var place: ProceedingOptions

    @Option(name: .shortAndLong, help: "JSON file; - reads standard input.", completion: .file(extensions: ["json"]))
    var file: String?

    @Option(help: "Name for people.")
    var name: String?

    @Option(help: "What it is about.")
    var description: String?

    @Flag(
        name: .customLong("public"), inversion: .prefixedNo,
        help: "Whether everybody sees it, or only those who work on it.")
    var isPublic: Bool?

    @Option(help: ArgumentHelp("First day of phase 1; an empty text takes it away.", valueName: "date"))
    var phase1Start: String?

    @Option(help: ArgumentHelp("Last day of phase 1.", valueName: "date"))
    var phase1End: String?

    @Option(help: ArgumentHelp("First day of phase 2.", valueName: "date"))
    var phase2Start: String?

    @Option(help: ArgumentHelp("Last day of phase 2.", valueName: "date"))
    var phase2End: String?

    @Option(help: "post, or pre: then nothing is published before a moderator has seen it.")
    var moderation: String?

    func validate() throws {
        guard file != nil || !changes.isEmpty else {
            throw ValidationError("give --file, or what is to change, such as --name")
        }
    }

    func run() async throws {
        var patch = JSONValue.object([])
        if let file {
            do {
                patch = try JSONValue.parse(try InputFile.bytes(of: file), limits: .importing)
            } catch let error as JSONError {
                throw CommandFailure("\(file) is no valid JSON: \(error)")
            }
            guard case .object = patch else { throw CommandFailure("\(file) must hold a JSON object") }
        }
        let wanted = patch.overlaid(with: changes)
        let changed = try await place.with { session, target, scope in
            try await session.installation.change(target, patch: wanted, version: target.version, scope: scope)
        }
        if !place.data.quiet { Console.out("proceeding \(changed.id) is version \(changed.version) now") }
    }

    /// What the options say, as members of a patch.
    private var changes: [(path: [String], value: JSONValue)] {
        func text(_ text: String?) -> JSONValue? { text.map { $0.isEmpty ? .null : .string($0) } }
        let all: [([String], JSONValue?)] = [
            (["name"], name.map { .string($0) }), (["description"], description.map { .string($0) }),
            (["visibility"], isPublic.map { .string($0 ? "public" : "internal") }),
            (["schedule", "phase1Start"], text(phase1Start)), (["schedule", "phase1End"], text(phase1End)),
            (["schedule", "phase2Start"], text(phase2Start)), (["schedule", "phase2End"], text(phase2End)),
            (["settings", "moderation"], moderation.map { .string($0) }),
        ]
        return all.compactMap { path, value in value.map { (path, $0) } }
    }
}

extension JSONValue {
    /// This object with further members at their paths, which take the place of its own; `null` stays, since it is part
    /// of a merge patch.
    fileprivate func overlaid(with changes: [(path: [String], value: JSONValue)]) -> JSONValue {
        changes.reduce(self) { $0.setting($1.path[...], to: $1.value) }
    }

    private func setting(_ path: ArraySlice<String>, to value: JSONValue) -> JSONValue {
        guard let name = path.first else { return value }
        var members: [Member] = []
        if case .object(let own) = self { members = own }
        let old = self[name] ?? .object([])
        members.removeAll { $0.name == name }
        members.append(Member(name, old.setting(path.dropFirst(), to: value)))
        return .object(members)
    }
}

/// `mitplan proceeding types`.
struct ProceedingTypes: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "types",
        abstract: "List the types that contributions may have, or replace them.",
        discussion: """
            EXAMPLES
              mitplan proceeding types hafen
              echo '[{"id": "idee", "name": "Idee"}, {"id": "mangel", "name": "Mangel"}]' |
                mitplan proceeding types hafen --file -
            """)

    @OptionGroup var place: ProceedingOptions

    @Option(
        name: .shortAndLong, help: "JSON file with all types; - reads standard input.",
        completion: .file(extensions: ["json"]))
    var file: String?

    @OptionGroup var output: OutputOptions

    func run() async throws {
        _ = try output.resolved([.table, .json, .csv])
        var wanted: [ContributionType]?
        if let file {
            do {
                wanted = try JSONDecoder().decode([ContributionType].self, from: Data(try InputFile.bytes(of: file)))
            } catch is DecodingError {
                throw CommandFailure(
                    "\(file) must hold an array of types", hint: #"as [{"id": "idee", "name": "Idee"}]"#)
            }
        }
        let types = try await place.with { [wanted] session, target, scope in
            guard let wanted else { return target.details.types }
            return try await session.installation.replaceTypes(
                wanted, of: target, version: target.version, scope: scope
            ).details.types
        }
        var listing = Listing([
            .init("id"), .init("name"), .init("weight"), .init("archived"), .init("description"),
        ])
        for type in types {
            listing.append([
                .text(type.id), .text(type.name), .count(type.weight), .flag(type.archived), .text(type.description),
            ])
        }
        try output.write(listing)
    }
}
