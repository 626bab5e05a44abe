import Foundation
import GeoCore
import Participation
import Platform
import Storage
import TestSupport
import Testing

/// Whoever removes a contribution, or what it stands in, removes its images: from rows, log and free pages.
struct AttachmentErasureTests {
    enum Way: CaseIterable {
        case receipt, moderator, participant, withdrawal, removal, retention, proceeding, tenant
    }

    private let city: TestCity
    private let proceeding: Proceeding
    private let author: Scope

    init() async throws {
        city = try await TestCity()
        proceeding = try await city.proceeding()
        author = Scope(tenant: city.staff.tenant, viewer: Viewer(participant: "5f1c-tester"))
    }

    private func submit(_ title: String) async throws -> (id: Int64, receipt: String) {
        let draft = NewContribution(
            title: title, text: "Ein Text mit einem Bild.", category: "radverkehr",
            geometry: .point(Position(9.9, 53.39)))
        let made = try await city.installation.submitContribution(draft, to: proceeding, scope: author)
        return (made.contribution.id, made.receipt)
    }

    private func attach(_ name: String, to id: Int64) async throws -> Participation.Attachment {
        try await city.installation.addAttachment(
            NewAttachment(alt: "Sumpfdotterblume am Weg"), file: SampleImages.bytes(name), to: .contribution(id),
            of: proceeding,
            idempotency: IdempotencyKey(key: "k\(id)", body: []), scope: author
        ).attachment
    }

    /// How many files of the data folder hold some bytes.
    private func count(holding needle: [UInt8]) throws -> Int {
        try FileManager.default.contentsOfDirectory(at: city.folder.url, includingPropertiesForKeys: nil)
            .filter { try Data(contentsOf: $0).range(of: Data(needle)) != nil }.count
    }

    private func remove(_ way: Way, _ id: Int64, _ receipt: String, _ attachment: Participation.Attachment) async throws
    {
        let installation = city.installation
        switch way {
        case .receipt:
            try await installation.eraseOwn(
                .contribution(id), of: proceeding, receipt: receipt, scope: city.anonymous)
        case .moderator:
            _ = try await installation.moderate(
                [ModerationTarget(id)], ModerationDecision(.erase, reason: .request), of: proceeding,
                scope: city.staff)
        case .participant: _ = try await installation.eraseParticipant("5f1c-tester", scope: city.staff)
        case .withdrawal:
            try await installation.withdrawContribution(id, of: proceeding, receipt: receipt, scope: city.anonymous)
        case .removal:
            try await installation.removeAttachment(
                attachment.id, of: .contribution(id), in: proceeding, reason: .personalData, scope: city.staff)
        case .retention:
            _ = try await installation.moderate(
                [ModerationTarget(id)], ModerationDecision(.hide, reason: .insult), of: proceeding, scope: city.staff)
            let later = Installation(engine: installation.engine, now: { 1_777_593_600_000 + 400 * 86_400_000 })
            _ = try await later.retain(isTrial: false, scope: city.staff)
        case .proceeding: try await installation.delete(proceeding, version: nil, scope: city.staff)
        case .tenant: _ = try await installation.deleteTenant(scope: city.staff)
        }
    }

    @Test(arguments: Way.allCases)
    func theBytesAreInNoFileOfTheDataFolder(_ way: Way) async throws {
        for number in 0..<3 { _ = try await attach("grey.jpg", to: submit("Anderer Beitrag \(number)").id) }
        let (id, receipt) = try await submit("Beitrag mit Bild")
        let attachment = try await attach("noise.jpg", to: id)
        let needles = try await AttachmentFile.Size.allCases.asyncMap { size -> [UInt8] in
            let file = try await city.installation.attachmentFile(
                attachment.id, size, of: .contribution(id), in: proceeding, scope: author
            ).file
            // Forty bytes from the middle of the compressed picture, inside one page of the database.
            let middle = file.bytes.count / 2
            return Array(file.bytes[middle..<middle + 40])
        }
        for needle in needles { #expect(try count(holding: needle) > 0) }

        try await remove(way, id, receipt, attachment)
        for needle in needles { #expect(try count(holding: needle) == 0) }
        #expect(try await city.installation.engine.integrityFaults() == [])
        let left = try await city.installation.engine.read { connection in
            try connection.first(
                "SELECT (SELECT count(*) FROM attachment), (SELECT count(*) FROM attachment_file)"
            ) { [$0.integer(0), $0.integer(1)] } ?? []
        }
        switch way {
        case .participant, .proceeding, .tenant: #expect(left == [0, 0])
        default: #expect(left == [3, 6])
        }
    }

    /// Images on conceptions go as those on contributions do.
    @Test(arguments: ["erasure", "withdrawal", "removal", "proceeding"])
    func theImagesOfAConceptionGoWithIt(_ way: String) async throws {
        let installation = city.installation
        let draft = NewConception(title: "Variante A: Allee", text: "Zwei Reihen Bäume, dazwischen ein Weg.")
        let id = try await installation.addConception(draft, to: proceeding, scope: city.staff).conception.id
        let attachment = try await installation.addAttachment(
            NewAttachment(alt: "Eine Allee am Kai"), file: SampleImages.bytes("noise.jpg"), to: .conception(id),
            of: proceeding, scope: city.staff
        ).attachment
        let bytes = try await installation.attachmentFile(
            attachment.id, .picture, of: .conception(id), in: proceeding, scope: city.anonymous
        ).file.bytes
        let needle = Array(bytes[bytes.count / 2..<bytes.count / 2 + 40])
        #expect(try count(holding: needle) > 0)
        switch way {
        case "erasure":
            _ = try await installation.moderate(
                [ModerationTarget(id)], ModerationDecision(.erase, reason: .request), of: proceeding,
                scope: city.staff)
        case "withdrawal": try await installation.withdrawConception(id, of: proceeding, scope: city.staff)
        case "removal":
            try await installation.removeAttachment(
                attachment.id, of: .conception(id), in: proceeding, scope: city.staff)
        default: try await installation.delete(proceeding, version: nil, scope: city.staff)
        }
        #expect(try count(holding: needle) == 0)
        let left = try await installation.engine.read {
            try $0.first("SELECT count(*) FROM attachment_file") { $0.integer(0) }
        }
        #expect(left == 0)
    }

    @Test func listenersLearnThatAContributionHasAnotherImage() async throws {
        let webhook = try await city.installation.addWebhook(
            url: "https://example.org/hook", events: [], proceeding: nil, scope: city.staff
        ).webhook
        let (id, _) = try await submit("Beitrag mit Bild")
        _ = try await attach("grey.jpg", to: id)
        let log = try await city.installation.deliveries(of: webhook.id, limit: 100, after: nil, scope: city.staff)
        #expect(Set(log.items.map(\.event)) == ["contribution.created", "contribution.changed"])
        let image = try await city.installation.readContribution(id, of: proceeding, scope: author).contribution
            .attachments[0]
        var change = AttachmentChange()
        change.alt = "Ein Bach im Wald"
        _ = try await city.installation.changeAttachment(
            image.id, change, of: .contribution(id), in: proceeding, precondition: .any, scope: author)
        let later = try await city.installation.deliveries(of: webhook.id, limit: 100, after: nil, scope: city.staff)
        #expect(later.items.count == log.items.count + 1)
    }
}

extension Sequence {
    fileprivate func asyncMap<Value>(_ body: (Element) async throws -> Value) async rethrows -> [Value] {
        var result: [Value] = []
        for element in self { result.append(try await body(element)) }
        return result
    }
}
