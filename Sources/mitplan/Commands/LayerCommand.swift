import ArgumentParser
import Participation
import Platform
import Storage

/// `mitplan layer`.
struct LayerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "layer", abstract: "The planning layers of a proceeding.",
        discussion: """
            Layers come from files, with mitplan import layer.

            EXAMPLES
              mitplan layer list hafen
              mitplan layer change hafen stadtteile --name "Stadtteile 2026" --population-field einwohner
              mitplan layer remove hafen stadtteile
            """,
        subcommands: [LayerList.self, LayerEdit.self, LayerRemove.self])
}

/// `mitplan layer list`.
struct LayerList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the layers of a proceeding with their source.")

    @OptionGroup var place: ProceedingOptions

    @OptionGroup var output: OutputOptions

    func run() async throws {
        _ = try output.resolved([.table, .json, .csv])
        let layers = try await place.with { session, target, scope in
            try await session.installation.layers(of: target, scope: scope)
        }
        var listing = Listing([
            .init("id"), .init("name", maximumWidth: 40), .init("role"), .init("features"), .init("sourceFile"),
            .init("sourceCRS"), .init("populationField"), .init("licence"), .init("changed"),
        ])
        for layer in layers {
            listing.append([
                .text(layer.id), .text(layer.name), .text(layer.role.rawValue),
                .count(Int(clamping: layer.featureCount)), .text(layer.sourceFile), .text(layer.sourceCRS),
                .text(layer.populationField), .text(layer.licence), .text(NumberText.instant(layer.changed)),
            ])
        }
        try output.write(listing)
    }
}

/// `mitplan layer change`.
struct LayerEdit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "change", abstract: "Change what is told of a layer; an empty text takes a member away.")

    @OptionGroup var place: ProceedingOptions

    @Argument(help: ArgumentHelp("Identifier of the layer.", valueName: "layer"))
    var id: String

    @Option(help: "Name for people.")
    var name: String?

    @Option(help: "What the layer is used for.")
    var role: PlanningLayer.Role?

    @Option(help: ArgumentHelp("Attribute with the number of inhabitants.", valueName: "name"))
    var populationField: String?

    @Option(help: "Licence of its data.")
    var licence: String?

    func validate() throws {
        guard name != nil || role != nil || populationField != nil || licence != nil else {
            throw ValidationError("give --name, --role, --population-field or --licence")
        }
    }

    func run() async throws {
        func member(_ text: String?) -> MemberChange<String> { text.map { .set($0.isEmpty ? nil : $0) } ?? .keep }
        var change = LayerChange()
        (change.name, change.role) = (name, role)
        (change.populationField, change.licence) = (member(populationField), member(licence))
        let wanted = change
        try await place.with { session, target, scope in
            _ = try await session.installation.changeLayer(id, wanted, of: target, scope: scope)
        }
        if !place.data.quiet { Console.out("layer \(DisplayText.plain(id)) is changed") }
    }
}

/// `mitplan layer remove`.
struct LayerRemove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Remove a layer with its features for good.")

    @OptionGroup var place: ProceedingOptions

    @Argument(help: ArgumentHelp("Identifier of the layer.", valueName: "layer"))
    var id: String

    func run() async throws {
        try await place.with { session, target, scope in
            try await session.installation.removeLayer(id, of: target, scope: scope)
        }
        if !place.data.quiet { Console.out("layer \(DisplayText.plain(id)) is gone") }
    }
}
