import ArgumentParser
import Participation
import Platform
import Storage

/// What is said of a conception.
struct ConceptionOptions: ParsableArguments {
    @Option(help: "Short title, 5 to 200 characters.")
    var title: String?

    @Option(help: "The text, 10 to 20,000 characters.")
    var text: String?

    @Option(help: ArgumentHelp("File with the text; - reads standard input.", valueName: "file"), completion: .file())
    var textFile: String?

    @Option(help: ArgumentHelp("Address of a picture.", valueName: "url"))
    var image: String?

    @Option(
        help: ArgumentHelp("File with a GeoJSON geometry or feature.", valueName: "file"),
        completion: .file(extensions: ["geojson", "json"]))
    var place: String?

    @Option(parsing: .unconditional, help: "Place in lists; smaller comes first.")
    var order: Int64?

    func validate() throws {
        if text != nil, textFile != nil { throw ValidationError("give --text or --text-file, not both") }
    }

    /// The text, where one is given.
    func words() throws -> String? { try text ?? textFile.map(InputFile.text) }
}

/// `mitplan conception add`.
struct ConceptionAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Add a conception; the answer is its number.",
        discussion: """
            EXAMPLES
              mitplan conception add hafen --title "Variante A: Allee" --text "Zwei Reihen Bäume am Kai."
              mitplan conception add hafen --title "Variante B: Platz" --text-file b.txt --draft
            """)

    @Argument(help: ArgumentHelp("Identifier of the proceeding.", valueName: "proceeding"))
    var proceeding: String

    @Flag(help: "Keep it back until it is published with mitplan moderate publish.")
    var draft = false

    @OptionGroup var options: ConceptionOptions
    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions

    func validate() throws {
        guard options.title != nil, options.text != nil || options.textFile != nil else {
            throw ValidationError("give --title, and --text or --text-file")
        }
    }

    func run() async throws {
        let wanted = NewConception(
            title: options.title ?? "", text: try options.words() ?? "", image: options.image,
            geometry: try options.place.map(InputFile.geometry), order: options.order ?? 0)
        let stored = try await Session.with(data) { session in
            let (target, scope) = try await session.target(proceeding, tenant)
            return try await session.installation.addConception(wanted, isDraft: draft, to: target, scope: scope)
        }
        Console.out("\(stored.conception.id)")
    }
}

/// `mitplan conception change`.
struct ConceptionEdit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "change",
        abstract: "Change what is named of a conception; its old words are kept, an empty --image takes it away.")

    @Flag(help: "Take the place away.")
    var noPlace = false

    @OptionGroup var options: ConceptionOptions
    @OptionGroup var item: ItemOptions

    func validate() throws {
        if noPlace, options.place != nil { throw ValidationError("give --place or --no-place, not both") }
    }

    func run() async throws {
        var change = ConceptionChange()
        change.title = options.title
        change.text = try options.words()
        change.order = options.order
        if let image = options.image { change.image = .set(image.isEmpty ? nil : image) }
        if let place = options.place { change.geometry = .set(try InputFile.geometry(of: place)) }
        if noPlace { change.geometry = .set(nil) }
        let wanted = change
        let stored = try await item.with { session, target, scope in
            try await session.installation.changeConception(
                item.id, wanted, of: target, precondition: .any, scope: scope)
        }
        if !item.data.quiet { Console.out("conception \(stored.id) is version \(stored.version) now") }
    }
}

/// `mitplan conception remove`.
struct ConceptionRemove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Withdraw a conception with its comments; mitplan erase removes it for good.")

    @OptionGroup var item: ItemOptions

    func run() async throws {
        try await item.with { session, target, scope in
            try await session.installation.withdrawConception(item.id, of: target, scope: scope)
        }
        if !item.data.quiet { Console.out("conception \(item.id) is withdrawn") }
    }
}
