import GeoCore
import Participation
import Platform
import Storage
import Testing

struct SubmitContributionTests {
    private static func draft(_ geometry: Geometry? = .point(Position(9.9, 53.39))) -> NewContribution {
        NewContribution(
            title: "Neuer Radweg", text: "Hier fehlt ein sicherer Radweg.", category: "radverkehr", geometry: geometry)
    }

    private static let bowTie = Geometry.polygon([
        [Position(9, 53), Position(10, 54), Position(10, 53), Position(9, 54), Position(9, 53)]
    ])

    @Test func storesWhatIsGood() async throws {
        let city = try await TestCity()
        let (stored, isReplay, _) = try await city.installation.submitContribution(
            Self.draft(), to: city.proceeding(), scope: city.anonymous)
        #expect(!isReplay && stored.quality == .inside && stored.state == .published)
        let found = try await city.installation.contribution(stored.id, of: city.proceeding(), scope: city.anonymous)
        #expect(found == stored)
    }

    @Test func answersTheSameKeyWithTheSameContribution() async throws {
        let city = try await TestCity()
        let key = try IdempotencyKey(key: "k1", body: [1, 2, 3])
        let proceeding = try await city.proceeding()
        let first = try await city.installation.submitContribution(
            Self.draft(), to: proceeding, scope: city.anonymous, idempotency: key)
        let second = try await city.installation.submitContribution(
            Self.draft(), to: proceeding, scope: city.anonymous, idempotency: key)
        #expect(second.isReplay && first.contribution.id == second.contribution.id)
        let other = try IdempotencyKey(key: "k1", body: [9])
        await #expect(throws: PlatformError.self) {
            try await city.installation.submitContribution(
                Self.draft(), to: proceeding, scope: city.anonymous, idempotency: other)
        }
    }

    @Test(arguments: [
        ("invalidGeometry", bowTie),
        ("unclosedRing", .polygon([[Position(9, 53), Position(10, 53), Position(10, 54), Position(9, 54)]])),
        ("swappedAxes", .point(Position(53.39, 99.9))),
        ("outOfRange", .point(Position(566_000, 5_930_000))),
        ("notFinite", .point(Position(.nan, 53))),
        ("geometryType", .multiPoint([Position(9.9, 53.39)])),
    ])
    func refusesGeometryWithItsReason(_ code: String, _ geometry: Geometry) async throws {
        let city = try await TestCity()
        let error = await #expect(throws: PlatformError.self) {
            try await city.installation.submitContribution(
                Self.draft(geometry), to: city.proceeding(), scope: city.anonymous)
        }
        #expect(error?.code == .invalidInput && error?.violations.map(\.code) == [code])
        let statistics = try await city.installation.statistics(of: city.proceeding(), scope: city.staff)
        #expect(statistics.contributions == 0)
    }

    @Test func namesEveryRuleThatIsBroken() async throws {
        let city = try await TestCity()
        let draft = NewContribution(title: "Hm", text: "kurz", category: "gibtsnicht")
        let error = await #expect(throws: PlatformError.self) {
            try await city.installation.submitContribution(draft, to: city.proceeding(), scope: city.anonymous)
        }
        #expect(error?.violations.map(\.pointer) == ["/properties/title", "/properties/text", "/properties/category"])
    }

    @Test func takesCommentsAsATree() async throws {
        let city = try await TestCity()
        let proceeding = try await city.proceeding()
        let (stored, _, _) = try await city.installation.submitContribution(
            Self.draft(), to: proceeding, scope: city.anonymous)
        let (top, _, _) = try await city.installation.submitComment(
            NewComment(text: "Stimmt genau!"), on: .contribution(stored.id), of: proceeding, scope: city.anonymous)
        _ = try await city.installation.submitComment(
            NewComment(parent: top.id, text: "Sehe ich auch so."), on: .contribution(stored.id), of: proceeding,
            scope: city.anonymous)
        let page = try await city.installation.comments(
            on: .contribution(stored.id), of: proceeding, limit: 10, after: nil, scope: city.anonymous)
        #expect(page.items.map(\.parent) == [nil, top.id])
        await #expect(throws: PlatformError.self) {
            try await city.installation.submitComment(
                NewComment(parent: 999_999, text: "Wem gilt das?"), on: .contribution(stored.id), of: proceeding,
                scope: city.anonymous)
        }
    }
}
