import ArgumentParser
import Foundation
import Participation
import Platform
import Storage

/// `mitplan attachment`.
struct AttachmentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "attachment", abstract: "Images on contributions and conceptions.",
        discussion: """
            Of a file only the pixels are kept: it is turned upright, scaled down and made anew, without Exif and places.

            EXAMPLES
              mitplan attachment list hafen
              mitplan attachment add hafen 12 photo.jpg --alt "Der Radweg endet an einer Mauer"
              mitplan attachment change hafen 12 31 --alt "Der Radweg endet vor einer Hecke"
              mitplan attachment remove hafen 12 31 --reason personalData
            """,
        subcommands: [AttachmentList.self, AttachmentAdd.self, AttachmentEdit.self, AttachmentRemove.self])
}

/// `mitplan attachment list`.
struct AttachmentList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the images of a proceeding, those on what is hidden too.")

    @OptionGroup var place: ProceedingOptions

    @Argument(help: ArgumentHelp("Only those on this contribution or conception.", valueName: "item"))
    var item: Int64?

    @Option(parsing: .unconditional, help: "Most rows.")
    var limit = 1000

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...100_000).contains(limit) else { throw ValidationError("--limit must lie between 1 and 100000") }
    }

    func run() async throws {
        _ = try output.resolved([.table, .json, .csv])
        let attachments = try await place.with { session, target, scope in
            if let item {
                let root = try await session.installation.attachmentRoot(item, of: target, scope: scope)
                return try await session.installation.attachments(on: root, of: target, scope: scope).attachments
            }
            return try await session.installation.attachments(of: target, limit: limit, after: nil, scope: scope).items
        }
        var listing = Listing([
            .init("item"), .init("id"), .init("kind"), .init("type"), .init("width"), .init("height"), .init("bytes"),
            .init("created"), .init("alt"), .init("credit"),
        ])
        for attachment in attachments {
            listing.append([
                .text(String(attachment.item.id)), .text(String(attachment.id)), .text("\(attachment.item.kind)"),
                .text(attachment.mediaType),
                .count(attachment.width), .count(attachment.height), .count(attachment.byteCount),
                .text(NumberText.instant(attachment.created)), .text(attachment.alt), .text(attachment.credit),
            ])
        }
        try output.write(listing)
    }
}

/// `mitplan attachment add`.
struct AttachmentAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Hang an image on a contribution or a conception.")

    @OptionGroup var item: AttachmentOptions

    @Argument(help: "JPEG, PNG, WebP or GIF.", completion: .file(extensions: ["jpg", "jpeg", "png", "webp", "gif"]))
    var file: String

    @Option(help: "What is to be seen on it, for those who do not see it.")
    var alt: String

    @Option(help: "Who made it.")
    var credit: String?

    func run() async throws {
        let draft = NewAttachment(alt: alt, credit: credit)
        let attachment = try await item.with { session, root, target, scope in
            let admission = try await session.installation.requireAttachable(
                draft, to: root, of: target, scope: scope)
            return try await session.installation.addAttachment(
                draft, file: try bytes(atMost: admission.maximumBytes), to: root, of: target,
                received: admission.received, scope: scope
            ).attachment
        }
        if !item.place.data.quiet {
            Console.out("image \(attachment.id) added: \(attachment.width) × \(attachment.height) pixels")
        }
    }

    private func bytes(atMost maximum: Int) throws -> [UInt8] {
        guard let handle = FileHandle(forReadingAtPath: file), let size = try? handle.seekToEnd() else {
            throw CommandFailure("cannot read \(file)")
        }
        defer { try? handle.close() }
        guard size <= maximum else {
            throw CommandFailure("\(file) has more than the \(maximum >> 20) MiB that the proceeding allows")
        }
        try handle.seek(toOffset: 0)
        return [UInt8](try handle.readToEnd() ?? Data())
    }
}

/// `mitplan attachment change`.
struct AttachmentEdit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "change", abstract: "Change what is said of an image; its picture stays.")

    @OptionGroup var item: AttachmentOptions

    @Argument(help: ArgumentHelp("Number of the image.", valueName: "id"))
    var id: Int64

    @Option(help: "What is to be seen on it, for those who do not see it.")
    var alt: String?

    @Option(help: "Who made it; an empty text names nobody.")
    var credit: String?

    func validate() throws {
        guard alt != nil || credit != nil else { throw ValidationError("give --alt or --credit") }
    }

    func run() async throws {
        var change = AttachmentChange()
        change.alt = alt
        if let credit { change.credit = .set(credit.isEmpty ? nil : credit) }
        let wanted = change
        let changed = try await item.with { session, root, target, scope in
            return try await session.installation.changeAttachment(
                id, wanted, of: root, in: target, precondition: .any, scope: scope
            ).attachment
        }
        if !item.place.data.quiet { Console.out("image \(id) shows: \(DisplayText.plain(changed.alt))") }
    }
}

/// `mitplan attachment remove`.
struct AttachmentRemove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Remove an image for good.")

    @OptionGroup var item: AttachmentOptions

    @Argument(help: ArgumentHelp("Number of the image.", valueName: "id"))
    var id: Int64

    @Option(help: "Why.")
    var reason: ModerationReason

    func run() async throws {
        try await item.with { session, root, target, scope in
            try await session.installation.removeAttachment(id, of: root, in: target, reason: reason, scope: scope)
        }
        if !item.place.data.quiet { Console.out("image \(id) is gone") }
    }
}
