import Foundation
import GeoCore
import HTTPTypes
import HummingbirdTesting
import Participation
import Platform
import Storage
import TestSupport
import Testing

@testable import WebServer

/// A city with published rows, and where wanted with rows beside them that the public must not find.
///
/// The published rows come first, so that their numbers are the same in both.
struct VisibilityCity {
    let city: CityServer
    /// Numbers of contributions and comments that nobody but moderators, or nobody at all, may find.
    private(set) var secretContributions: [Int64] = []
    private(set) var secretComments: [Int64] = []
    private(set) var secretConceptions: [Int64] = []
    private(set) var secretConceptionComments: [Int64] = []
    /// A conception that everybody may read, and a comment on it.
    private(set) var conception: (id: Int64, comment: Int64) = (0, 0)
    /// Number of an image on the contribution with the comments, and those of images on secret contributions.
    private(set) var attachment: Int64 = 0
    private(set) var secretAttachments: [Int64: Int64] = [:]
    /// The same of conceptions.
    private(set) var conceptionAttachment: Int64 = 0
    private(set) var secretConceptionAttachments: [Int64: Int64] = [:]
    /// Numbers of a download, and where there are secrets of one that is not for the public.
    private(set) var downloads: [Int64] = []
    /// Words that stand in secret rows alone.
    static let secretWords = [
        "Xqpending", "Xqhidden", "Xqrejected", "Xqwithdrawn", "Xqerased", "Xqcomment", "Xqbelow", "Xqanswer",
        "Xqredacted", "Xqreport", "Xqnote", "Xqimage", "Xqdownload", "Xqword",
    ]
    /// Digits of coordinates that stand in secret rows alone.
    static let secretPlaces = ["9.7712", "9.7812", "53.4712", "53.4812"]
    /// Time of everything, and the number of the contribution on which the comments are.
    static let time: Int64 = 1_777_593_700_000
    static let commented: Int64 = 1
    static let appointment: Int64 = 66

    init(withSecrets: Bool) async throws {
        city = try await CityServer()
        let (installation, staff) = (city.installation, city.staff)
        let proceeding = try await installation.proceeding("radverkehr", scope: staff)
        conception = try await installation.engine.write { connection in
            let writer = staff.writer(connection)
            let rows = (0..<60).map { (index: Int) -> Contribution in
                let (x, y): (Double, Double) = (9.95 + Double(index % 8) / 100, 53.53 + Double(index / 8) / 100)
                let created: Int64 = Self.time + Int64(index) * 60_000
                return Contribution(
                    title: "Beitrag \(index)", text: index == 2 ? "Xqredacted Text." : "Ein sichtbarer Text.",
                    category: "wege", geometry: .point(Position(x, y)), quality: .inside, created: created)
            }
            _ = try writer.insert(rows.map { PlacedContribution($0, point: Self.point($0)) }, into: proceeding)
            for text in ["Ein sichtbarer Kommentar.", "Noch ein sichtbarer."] {
                _ = try writer.insert(
                    Comment(on: .contribution(Self.commented), text: text, created: Self.time), of: proceeding)
            }
            _ = try writer.insert(
                OfficialAnswer(contribution: 2, status: .accepted, text: "Eine sichtbare Antwort.", created: Self.time),
                of: proceeding)
            let shown = try writer.insert(
                Conception(title: "Ein Entwurf", text: "Ein sichtbarer Text.", created: Self.time), of: proceeding)
            let comment = try writer.insert(
                Comment(on: .conception(shown.id), text: "Ein sichtbarer.", created: Self.time), of: proceeding)
            let details = NewAppointment(title: "Auftakt", start: Self.time, end: Self.time + 3_600_000)
            let appointment = try writer.put(Appointment(details, created: Self.time), of: proceeding)
            #expect(appointment.id == Self.appointment)
            try writer.touch(proceeding)
            return (shown.id, comment.id)
        }
        let units = """
            {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"name": "Mitte"}, "geometry":
            {"type": "Polygon", "coordinates": [[[9.7, 53.4], [10.3, 53.4], [10.3, 53.7], [9.7, 53.7], [9.7, 53.4]]]}}]}
            """
        let file = city.folder.path("units.geojson")
        try Data(units.utf8).write(to: URL(fileURLWithPath: file))
        var options = LayerImportOptions()
        options.id = "stadtteile"
        options.role = .areaUnits
        _ = try await installation.importLayer(
            path: file, fileName: "units.geojson", options: options, to: proceeding, scope: staff)
        // What was redacted is secret in both.
        _ = try await installation.moderate(
            [ModerationTarget(3)],
            ModerationDecision(.redact, reason: .other, note: "Xqnote", passages: ["Xqredacted"]), of: proceeding,
            scope: staff)
        attachment = try await attach("Ein Bild", to: .contribution(Self.commented))
        conceptionAttachment = try await attach("Ein Bild", to: .conception(conception.id))
        downloads = [try await offer(Download(title: "Ein Plan"))]
        if withSecrets { try await addSecrets(to: proceeding) }
    }

    private func offer(_ download: Download) async throws -> Int64 {
        let file = city.folder.path("plan.pdf")
        try Data("%PDF-1.7 \(download.title)".utf8).write(to: URL(fileURLWithPath: file))
        return try await city.installation.addDownload(
            download, path: file, name: "plan.pdf",
            to: city.installation.proceeding("radverkehr", scope: city.staff), scope: city.staff
        ).download.id
    }

    private func attach(_ alt: String, to root: CommentRoot) async throws -> Int64 {
        try await city.installation.addAttachment(
            NewAttachment(alt: alt), file: SampleImages.bytes("grey.jpg"), to: root,
            of: city.installation.proceeding("radverkehr", scope: city.staff), scope: city.staff
        ).attachment.id
    }

    /// Those who hold credentials and may not see the secret rows.
    func viewers() async throws -> [(name: String, headers: HTTPFields, isOfAnotherTenant: Bool)] {
        let installation = city.installation
        func key(_ role: RoleWish, _ scope: Scope) async throws -> HTTPFields {
            let made = try await installation.createAPIKey(
                NewAPIKey(name: "Prüfung", roles: [role], days: 1), scope: scope)
            return [.authorization: "Bearer \(made.text ?? "")"]
        }
        _ = try await installation.createProceeding(
            ProceedingDocument(json: Array(#"{"id": "anderes", "name": "Anderes"}"#.utf8), tenant: city.staff.tenant),
            scope: city.staff)
        let bonn = try #require(try await installation.tenant("bonn"))
        return [
            ("a participant", try await city.participant(), false),
            (
                "another moderator", try await key(RoleWish(.moderator, proceeding: "anderes"), city.staff), false
            ),
            ("an analyst", try await key(RoleWish(.analyst), city.staff), false),
            (
                "another tenant", try await key(RoleWish(.tenantAdmin), Scope(tenant: bonn, viewer: .staff)), true
            ),
        ]
    }

    private static func point(_ contribution: Contribution) -> Position? {
        guard case .point(let position)? = contribution.geometry else { return nil }
        return position
    }

    private mutating func addSecrets(to proceeding: Proceeding) async throws {
        let (installation, staff) = (city.installation, city.staff)
        let states: [Contribution.State] = [.pending, .hidden, .rejected, .withdrawn]
        let ids = try await installation.engine.write { connection in
            let writer = staff.writer(connection)
            // Twenty of each at one place: a hotspot, if it were seen.
            let rows = states.flatMap { state in
                (0..<20).map { (index: Int) -> Contribution in
                    let step: Double = Double(index % 2) / 100
                    let place = Position(9.7712 + step, 53.4712 + step)
                    return Contribution(
                        title: "Xq\(state.name) Titel", text: "Xq\(state.name) im Text", category: "wege",
                        geometry: .point(place), quality: .inside, state: state,
                        created: Self.time + Int64(index), votesUp: 50)
                }
            }
            let ids = try writer.insert(
                rows.map { PlacedContribution($0, point: Self.point($0)) }, into: proceeding)
            for id in ids {
                let details = PDSContributionDetails(suggestedKeywords: "Xqword, Ufer", pickedKeywords: "Ufer")
                _ = try writer.keep(details, of: id, in: proceeding)
            }
            return ids
        }
        secretContributions = stride(from: 0, to: ids.count, by: 20).map { ids[$0] }
        secretComments = try await installation.engine.write { connection in
            let writer = staff.writer(connection)
            var found: [Int64] = []
            for state in states {
                let comment = Comment(
                    on: .contribution(Self.commented), text: "Xqcomment \(state.name)", state: state, created: Self.time
                )
                let top = try writer.insert(comment, of: proceeding).id
                let below = Comment(
                    on: .contribution(Self.commented), parent: top, text: "Xqbelow", created: Self.time)
                found += [top, try writer.insert(below, of: proceeding).id]
            }
            for id in ids {
                _ = try writer.insert(
                    Comment(on: .contribution(id), text: "Xqcomment", created: Self.time), of: proceeding)
            }
            _ = try writer.insert(
                OfficialAnswer(
                    contribution: ids[20], status: .rejected, text: "Xqanswer", created: Self.time), of: proceeding)
            let erased = try writer.insert(
                [
                    PlacedContribution(
                        Contribution(
                            title: "Xqerased", text: "Xqerased", category: "wege",
                            geometry: .point(Position(9.7712, 53.4712)), state: .pending, created: Self.time),
                        point: Position(9.7712, 53.4712))
                ], into: proceeding)[0]
            try writer.erase(.contribution(erased), in: proceeding, now: Self.time)
            found.append(erased)
            try writer.touch(proceeding)
            return found
        }
        for (id, state) in zip(secretContributions, states) where state != .withdrawn {
            secretAttachments[id] = try await attach("Xqimage", to: .contribution(id))
        }
        downloads.append(try await offer(Download(title: "Xqdownload", isArchived: true)))
        // The last of them is a contribution.
        secretContributions.append(secretComments.removeLast())
        let shown = conception.id
        (secretConceptions, secretConceptionComments) = try await installation.engine.write { connection in
            let writer = staff.writer(connection)
            let hidden = try states.map { state in
                try writer.insert(
                    Conception(
                        title: "Xq\(state.name) Entwurf", text: "Xq\(state.name) im Text",
                        geometry: .point(Position(9.7712, 53.4712)), order: -1, state: state, created: Self.time),
                    of: proceeding
                ).id
            }
            let erased = try writer.insert(
                Conception(title: "Xqerased", text: "Xqerased", state: .pending, created: Self.time), of: proceeding)
            try writer.erase(.conception(erased.id), in: proceeding, now: Self.time)
            for id in hidden {
                _ = try writer.insert(
                    Comment(on: .conception(id), text: "Xqcomment", created: Self.time), of: proceeding)
            }
            let comments = try states.flatMap { state in
                let top = try writer.insert(
                    Comment(on: .conception(shown), text: "Xqcomment", state: state, created: Self.time),
                    of: proceeding)
                let below = Comment(on: .conception(shown), parent: top.id, text: "Xqbelow", created: Self.time)
                return [top.id, try writer.insert(below, of: proceeding).id]
            }
            try writer.touch(proceeding)
            return (hidden + [erased.id], comments)
        }
        for (id, state) in zip(secretConceptions, states) where state != .withdrawn {
            secretConceptionAttachments[id] = try await attach("Xqimage", to: .conception(id))
        }
    }
}
