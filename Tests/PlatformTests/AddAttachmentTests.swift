import GeoCore
import Participation
import Platform
import Storage
import TestSupport
import Testing

/// What may happen while a file comes in.
struct AddAttachmentTests {
    private let clock = TestClock(1_777_593_600_000)
    private let city: TestCity
    private let proceeding: Proceeding
    private let author: Scope
    private let contribution: Int64
    private let draft = NewAttachment(alt: "Der Radweg endet an einer Mauer")

    init() async throws {
        city = try await TestCity { [clock] in clock.now }
        proceeding = try await city.proceeding()
        author = city.participant("5f1c-tester")
        let text = NewContribution(
            title: "Radweg fehlt", text: "Ein Text mit einem Bild.", category: "radverkehr",
            geometry: .point(Position(9.9, 53.39)))
        contribution = try await city.installation.submitContribution(text, to: proceeding, scope: author)
            .contribution.id
    }

    private func admit() async throws -> AttachmentAdmission {
        try await city.installation.requireAttachable(
            draft, to: .contribution(contribution), of: proceeding, scope: author)
    }

    /// Hands the file in, with the proceeding as it was when the request came.
    private func add(received: Int64?, scope: Scope? = nil) async throws -> Participation.Attachment {
        try await city.installation.addAttachment(
            draft, file: SampleImages.bytes("grey.jpg"), to: .contribution(contribution), of: proceeding,
            received: received,
            scope: scope ?? author
        ).attachment
    }

    private func set(_ name: String, _ value: JSONValue) async throws {
        _ = try await city.installation.change(
            city.proceeding(), patch: .object([.init("settings", .object([.init(name, value)]))]), version: nil,
            scope: city.staff)
    }

    @Test func theReceiptOfTheRequestDecidesHoweverLongTheFileTakes() async throws {
        let admission = try await admit()
        clock.advance(seconds: Int64(proceeding.settings.editWindowMinutes) * 60 + 1)
        let late = await #expect(throws: PlatformError.self) { _ = try await add(received: nil) }
        #expect(late?.code == .forbidden)
        #expect(try await add(received: admission.received).created == clock.now)
    }

    @Test func theImagesOfATenantHaveRoomInAll() async throws {
        let sum = try await add(received: nil).byteCount
        let (tenant, scope) = (city.staff.tenant, city.staff)
        #expect(try await city.installation.engine.read { try scope.reader($0).imageBytes() } == Int64(sum))
        var change = TenantChange()
        change.imageMegabytes = 0
        let small = try await city.installation.change(change, scope: scope)
        #expect(small.settings.imageMegabytes == 0 && tenant.settings.imageMegabytes == 20_480)
        let poor = Scope(tenant: small, viewer: author.viewer)
        let refused = await #expect(throws: PlatformError.self) { _ = try await add(received: nil, scope: poor) }
        #expect(refused?.code == .conflict && refused?.description.contains("0 MiB") == true)
        await #expect(throws: PlatformError.self) {
            _ = try await city.installation.requireAttachable(
                draft, to: .contribution(contribution), of: proceeding, scope: poor)
        }
        _ = try await add(received: nil)
    }

    @Test func theSettingsCountThatStandWhenTheFileIsIn() async throws {
        let admission = try await admit()
        try await set("moderation", .string("pre"))
        _ = try await add(received: admission.received)
        let state = try await city.installation.contribution(contribution, of: proceeding, scope: city.staff).state
        #expect(state == .pending)
        try await set("attachments", .object([.init("allowed", .bool(false))]))
        let refused = await #expect(throws: PlatformError.self) { _ = try await add(received: admission.received) }
        #expect(refused?.code == .forbidden)
    }
}
