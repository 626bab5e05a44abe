import GeoCore
import Participation
import Platform
import Storage
import Testing

struct CastVoteTests {
    private static func contribution(in city: TestCity) async throws -> Int64 {
        let draft = NewContribution(
            title: "Neuer Radweg", text: "Hier fehlt ein sicherer Radweg.", category: "radverkehr",
            geometry: .point(Position(9.9, 53.39)))
        return try await city.installation.submitContribution(
            draft, to: city.proceeding(), scope: city.participant("autorin")
        ).contribution.id
    }

    @Test func changesAndWithdrawsAVote() async throws {
        let city = try await TestCity()
        let item = ItemReference.contribution(try await Self.contribution(in: city))
        let proceeding = try await city.proceeding()
        func cast(_ vote: Vote?, _ name: String) async throws -> VoteTotals {
            try await city.installation.castVote(vote, on: item, of: proceeding, scope: city.participant(name)).totals
        }
        #expect(try await cast(.for, "a") == VoteTotals(up: 1, down: 0, own: .for))
        #expect(try await cast(.for, "a") == VoteTotals(up: 1, down: 0, own: .for))
        #expect(try await cast(.against, "b") == VoteTotals(up: 1, down: 1, own: .against))
        #expect(try await cast(.against, "a") == VoteTotals(up: 0, down: 2, own: .against))
        #expect(try await cast(nil, "b") == VoteTotals(up: 0, down: 1))
        #expect(try await cast(nil, "b") == VoteTotals(up: 0, down: 1))
        let seen = try await city.installation.contribution(item.id, of: proceeding, scope: city.anonymous)
        #expect(seen.votesUp == 0 && seen.votesDown == 1)
    }

    @Test(.timeLimit(.minutes(5)))
    func countsOneVoteOfAHundredAtOnce() async throws {
        let city = try await TestCity()
        let item = ItemReference.contribution(try await Self.contribution(in: city))
        let proceeding = try await city.proceeding()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<100 {
                let scope = city.participant(index % 4 == 0 ? "andere" : "eine")
                group.addTask {
                    _ = try await city.installation.castVote(.for, on: item, of: proceeding, scope: scope)
                }
            }
            try await group.waitForAll()
        }
        let standing = try await city.installation.votes(on: item, of: proceeding, scope: city.anonymous)
        #expect(standing.totals == VoteTotals(up: 2, down: 0))
        #expect(standing.score == 2 && standing.controversy == 0)
    }

    @Test func asksForAParticipant() async throws {
        let city = try await TestCity()
        let item = ItemReference.contribution(try await Self.contribution(in: city))
        let error = await #expect(throws: PlatformError.self) {
            try await city.installation.castVote(.for, on: item, of: city.proceeding(), scope: city.anonymous)
        }
        #expect(error?.code == .unauthenticated)
    }

    @Test func votesOnCommentsButNotBelowHiddenOrOnForeignOnes() async throws {
        let city = try await TestCity()
        let proceeding = try await city.proceeding()
        let first = try await Self.contribution(in: city)
        let hidden = Comment(on: .contribution(first), text: "verborgen", state: .hidden, created: 1)
        let ids = try await city.installation.engine.write { [staff = city.staff] connection throws in
            let writer = staff.writer(connection)
            let top = try writer.insert(hidden, of: proceeding).id
            let below = try writer.insert(
                Comment(on: .contribution(first), parent: top, text: "darunter", created: 2), of: proceeding
            ).id
            let open = try writer.insert(Comment(on: .contribution(first), text: "offen", created: 3), of: proceeding)
                .id
            return [top, below, open]
        }
        let scope = city.participant("a")
        let good = try await city.installation.castVote(
            .against, on: .comment(ids[2], on: .contribution(first)), of: proceeding, scope: scope)
        #expect(good.totals == VoteTotals(up: 0, down: 1, own: .against))
        let wrong: [ItemReference] = [
            .comment(ids[0], on: .contribution(first)), .comment(ids[1], on: .contribution(first)),
            .comment(ids[2], on: .contribution(first + 100)),
            .contribution(ids[2]), .comment(first, on: .contribution(first)),
        ]
        for item in wrong {
            let error = await #expect(throws: PlatformError.self) {
                try await city.installation.castVote(.for, on: item, of: proceeding, scope: scope)
            }
            #expect(error?.code == .notFound)
        }
    }

    @Test func addsToTheVotesOfAnImport() async throws {
        let city = try await TestCity()
        let feature = { (up: Int) in
            """
            {"type":"FeatureCollection","features":[{"type":"Feature","id":"17",
            "geometry":{"type":"Point","coordinates":[9.9,53.39]},"properties":{"title":"Alte Brücke",
            "text":"Die Brücke ist zu schmal.","category":"radverkehr","votesUp":\(up),"votesDown":2}}]}
            """
        }
        _ = try await city.importContributions(city.file("a.geojson", feature(5)))
        let proceeding = try await city.proceeding()
        let page = try await city.installation.contributions(
            of: proceeding, filter: ContributionFilter(), limit: 10, after: nil, scope: city.anonymous)
        let id = try #require(page.items.first?.id)
        let cast = try await city.installation.castVote(
            .for, on: .contribution(id), of: proceeding, scope: city.participant("a"))
        #expect(cast.totals == VoteTotals(up: 6, down: 2, own: .for))
        _ = try await city.importContributions(city.file("a.geojson", feature(9)))
        let after = try await city.installation.votes(on: .contribution(id), of: proceeding, scope: city.anonymous)
        #expect(after.totals == VoteTotals(up: 10, down: 2))
    }
}
