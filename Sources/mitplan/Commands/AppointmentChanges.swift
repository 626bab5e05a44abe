import ArgumentParser
import Participation
import Platform
import Storage

/// What is said of an appointment.
struct AppointmentOptions: ParsableArguments {
    @Option(help: "Short title, 3 to 200 characters.")
    var title: String?

    @Option(help: "What it is about.")
    var description: String?

    @Option(help: ArgumentHelp("When it begins, such as 2026-05-20T18:00:00+02:00.", valueName: "instant"))
    var start: Instant?

    @Option(help: ArgumentHelp("When it ends.", valueName: "instant"))
    var end: Instant?

    @Option(help: "Name of the place.")
    var place: String?

    @Option(help: "Street, number, town.")
    var address: String?

    @Option(help: ArgumentHelp("Where that is in degrees.", valueName: "longitude,latitude"))
    var at: PositionArgument?

    @Option(help: ArgumentHelp("Where more is to be read.", valueName: "url"))
    var website: String?
}

/// `mitplan appointment add`.
struct AppointmentAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Add an appointment; the answer is its number.")

    @Argument(help: ArgumentHelp("Identifier of the proceeding.", valueName: "proceeding"))
    var proceeding: String

    @OptionGroup var options: AppointmentOptions
    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions

    func validate() throws {
        guard options.title != nil, options.start != nil, options.end != nil else {
            throw ValidationError("give --title, --start and --end")
        }
    }

    func run() async throws {
        guard let title = options.title, let start = options.start, let end = options.end else { return }
        let stored = try await Session.with(data) { session in
            let (target, scope) = try await session.target(proceeding, tenant)
            let wanted = NewAppointment(
                title: title, description: options.description ?? "", start: start.milliseconds(in: scope.tenant),
                end: end.milliseconds(in: scope.tenant), place: options.place, address: options.address,
                position: options.at?.position, website: options.website)
            return try await session.installation.addAppointment(wanted, to: target, scope: scope)
        }
        Console.out("\(stored.appointment.id)")
    }
}

/// `mitplan appointment change`.
struct AppointmentEdit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "change", abstract: "Change what is named of an appointment; an empty text takes a member away.")

    @Flag(help: "Take the position away.")
    var noAt = false

    @OptionGroup var options: AppointmentOptions
    @OptionGroup var item: ItemOptions

    func validate() throws {
        if noAt, options.at != nil { throw ValidationError("give --at or --no-at, not both") }
    }

    func run() async throws {
        func member(_ text: String?) -> MemberChange<String> { text.map { .set($0.isEmpty ? nil : $0) } ?? .keep }
        let stored = try await item.with { session, target, scope in
            var change = AppointmentChange()
            (change.title, change.description) = (options.title, options.description)
            (change.place, change.address) = (member(options.place), member(options.address))
            change.website = member(options.website)
            if options.at != nil || noAt { change.position = .set(options.at?.position) }
            change.start = options.start?.milliseconds(in: scope.tenant)
            change.end = options.end?.milliseconds(in: scope.tenant)
            return try await session.installation.changeAppointment(
                item.id, change, of: target, precondition: .any, scope: scope)
        }
        if !item.data.quiet { Console.out("appointment \(stored.id) is version \(stored.version) now") }
    }
}

/// `mitplan appointment remove`.
struct AppointmentRemove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "remove", abstract: "Remove an appointment.")

    @OptionGroup var item: ItemOptions

    func run() async throws {
        try await item.with { session, target, scope in
            try await session.installation.removeAppointment(item.id, of: target, scope: scope)
        }
        if !item.data.quiet { Console.out("appointment \(item.id) is gone") }
    }
}
