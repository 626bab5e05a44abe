import Participation
import Platform
import Storage
import Testing

/// Which contributions are asked for by their keywords.
struct KeywordFilterTests {
    private let sample: PDSSample
    private let proceeding: Proceeding

    /// Those of the sample, the first with "Bank, Ufer" suggested and "Ufer" picked, and two more keywords on others.
    init() async throws {
        sample = try await PDSSample()
        let contributions = PDSSample.contributions.replacing(
            #""category":"Verkehr","votingPro":0,"votingContra":0,"keywordSuggested":"","keywordPicked":"""#,
            with:
                #""category":"Verkehr","votingPro":0,"votingContra":0,"keywordSuggested":["Tempo 30","Bank"],"keywordPicked":"""#
        ).replacing(
            #""keywordSuggested":"","keywordPicked":"","belongToProject":"hafenrand_2","dipasLocated":true"#,
            with:
                #""keywordSuggested":"Ufer*,100%_mehr","keywordPicked":"","belongToProject":"hafenrand_2","dipasLocated":true"#
        )
        try await sample.take(PDSSample.project, contributions)
        proceeding = try await sample.proceeding()
    }

    private func numbers(
        _ filter: ContributionFilter, viewer: Viewer = .anonymous
    ) async throws -> [String?] {
        let scope = Scope(tenant: sample.staff.tenant, viewer: viewer)
        let order = ContributionOrder(.created, isDescending: false)
        let page = try await sample.installation.contributions(
            of: proceeding, filter: filter, order: order, limit: 100, after: nil, scope: scope)
        let counted = try await sample.installation.statistics(of: proceeding, filter: filter, scope: scope)
        #expect(counted.contributions == page.items.count)
        return page.items.map(\.externalID)
    }

    private func numbers(keywords: [String], viewer: Viewer = .anonymous) async throws -> [String?] {
        var filter = ContributionFilter()
        filter.keywords = keywords
        return try await numbers(filter, viewer: viewer)
    }

    private func numbers(condition: String) async throws -> [String?] {
        var filter = ContributionFilter()
        filter.expression = try CQL2.parse(condition)
        return try await numbers(filter)
    }

    @Test(arguments: [
        (["Ufer"], ["101"]), (["Bank"], ["101", "102"]), (["Tempo 30"], ["102"]),
        (["Ufer", "Tempo 30"], ["101", "102"]),
        // Whole words as they stand, and signs that patterns know mean themselves.
        (["ufer"], []), (["Uf"], []), (["Tempo"], []), (["Ufer*"], ["103"]), (["100%_mehr"], ["103"]), (["100%"], []),
        (["%"], []), (["*"], []), (["Tempo_30"], []),
    ])
    func findsWhatHasOneOfThem(_ keywords: [String], _ expected: [String]) async throws {
        #expect(try await numbers(keywords: keywords) == expected)
    }

    @Test(arguments: [
        ("A_CONTAINS(keywords, ('Ufer', 'Bank'))", ["101"]),
        ("A_OVERLAPS(keywords, ('Ufer', 'Bank'))", ["101", "102"]),
        ("NOT A_CONTAINS(keywords, ('Bank'))", ["103"]),
        ("A_CONTAINS(keywords, ('Bank')) AND votesUp > 1", ["101"]),
    ])
    func conditionsAskForAllOrForOne(_ condition: String, _ expected: [String]) async throws {
        #expect(try await numbers(condition: condition) == expected)
    }

    @Test func tellsNothingOfWhatTheReaderMayNotSee() async throws {
        let hidden = try await sample.installation.engine.read { connection in
            try sample.staff.reader(connection).contribution(pdsNumber: 101, of: proceeding) ?? 0
        }
        _ = try await sample.installation.moderate(
            [ModerationTarget(hidden)], ModerationDecision(.hide, reason: .other), of: proceeding, scope: sample.staff)
        #expect(try await numbers(keywords: ["Ufer"]) == [])
        #expect(try await numbers(keywords: ["Bank"]) == ["102"])
        #expect(try await numbers(condition: "A_CONTAINS(keywords, ('Ufer'))") == [])
        #expect(try await numbers(keywords: ["Ufer"], viewer: .staff) == ["101"])
    }
}
