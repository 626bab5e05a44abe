import ArgumentParser
import Participation
import Platform
import Storage

/// `mitplan category`.
struct CategoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "category", abstract: "The categories of a proceeding.",
        discussion: """
            EXAMPLES
              mitplan category list hafen
              mitplan category set hafen radverkehr --name Radverkehr --icon bicycle --colour "#0072b2"
              mitplan category set hafen radverkehr --archived
            """,
        subcommands: [CategoryList.self, CategorySet.self])
}

/// `mitplan category list`.
struct CategoryList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the categories of a proceeding, in their order.")

    @OptionGroup var place: ProceedingOptions

    @OptionGroup var output: OutputOptions

    func run() async throws {
        _ = try output.resolved([.table, .json, .csv])
        let categories = try await place.with { session, target, scope in
            return try await session.installation.categories(of: target, scope: scope)
        }
        var listing = Listing([
            .init("id"), .init("name"), .init("icon"), .init("colour"), .init("weight"), .init("archived"),
            .init("private"), .init("sensitive"), .init("description"),
        ])
        for category in categories {
            listing.append([
                .text(category.id), .text(category.name), .text(category.icon), .text(category.color),
                .count(category.weight), .flag(category.archived), .flag(category.isPrivate),
                .flag(category.isSensitive), .text(category.description),
            ])
        }
        try output.write(listing)
    }
}

/// `mitplan category set`.
struct CategorySet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Change what is named of a category, or add it where there is none of that id.")

    @OptionGroup var place: ProceedingOptions

    @Argument(help: ArgumentHelp("Identifier of the category.", valueName: "category"))
    var id: String

    @Option(help: "Name for people.")
    var name: String?

    @Option(help: "What belongs here; an empty text takes it away.")
    var description: String?

    @Option(help: "Name of its sign, such as bicycle; an empty text takes it away.")
    var icon: String?

    @Option(help: "Colour on maps, as #rrggbb; an empty text takes it away.")
    var colour: String?

    @Option(parsing: .unconditional, help: "Where it stands in lists; lower ones first.")
    var weight: Int?

    @Flag(inversion: .prefixedNo, help: "Whether new contributions may no longer choose it.")
    var archived: Bool?

    @Flag(
        name: .customLong("private"), inversion: .prefixedNo,
        help: "Whether only moderators see where its contributions are.")
    var isPrivate: Bool?

    @Flag(
        inversion: .prefixedNo,
        help: "Whether numbers want ten people behind them instead of five; only of a private category.")
    var sensitive: Bool?

    func run() async throws {
        try await place.with { session, target, scope in
            var categories = try await session.installation.categories(of: target, scope: scope)
            if let index = categories.firstIndex(where: { $0.id == id }) {
                categories[index] = changed(categories[index])
            } else {
                guard let name else {
                    throw CommandFailure("there is no category \(id) yet", hint: "give --name to add it")
                }
                categories.append(changed(Participation.Category(id: id, name: name)))
            }
            try await session.installation.replaceCategories(
                categories, of: target, version: target.version, scope: scope)
        }
        if !place.data.quiet { Console.out("category \(DisplayText.plain(id)) is set") }
    }

    private func changed(_ old: Participation.Category) -> Participation.Category {
        func text(_ given: String?, _ old: String?) -> String? { given.map { $0.isEmpty ? nil : $0 } ?? old }
        return Participation.Category(
            id: old.id, name: name ?? old.name, description: text(description, old.description),
            color: text(colour, old.color), icon: text(icon, old.icon), weight: weight ?? old.weight,
            archived: archived ?? old.archived, isPrivate: isPrivate ?? old.isPrivate,
            isSensitive: sensitive ?? old.isSensitive)
    }
}
