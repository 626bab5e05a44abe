import GeoCore
import Participation
import Storage
import Testing

@testable import Platform

/// What the public is told of sums that are mostly those of one or two people, where some are private.
struct DominanceTests {
    private static let start: Int64 = 1_777_593_600_000

    /// Contributions at one place, each of another person, with so many votes for each.
    private struct Group {
        var place: Double
        var votes: [Int]
        var category = "Radverkehr"
        var day: Int64 = 1
    }

    /// Six of whom one has 190 of 195 votes.
    private static let dominated = [190, 1, 1, 1, 1, 1]
    /// Six who have as many votes.
    private static let even = [Int](repeating: 2, count: 6)

    private func planted(_ groups: [Group]) -> PlantedContributions {
        var planted = PlantedContributions()
        for group in groups {
            for (index, votes) in group.votes.enumerated() {
                planted.add(
                    group.place + Double(index) * 1e-6, 53.39,
                    at: Self.start + group.day * PlantedContributions.day + Int64(planted.features.count),
                    category: group.category, votes: votes)
            }
        }
        return planted
    }

    /// Six, eight and twelve at places far from each other; those of the eight and the twelve have as many votes each.
    private func groups(_ first: [Int], places: [Double] = [9.88, 9.90, 9.92]) -> [Group] {
        [
            Group(place: places[0], votes: first), Group(place: places[1], votes: Array(repeating: 2, count: 8)),
            Group(place: places[2], votes: Array(repeating: 3, count: 12)),
        ]
    }

    private func city(_ groups: [Group]) async throws -> TestCity { try await planted(groups).privateCity() }

    private func features(
        _ question: HotspotQuestion, _ city: TestCity, _ scope: Scope,
        filter: ContributionFilter = ContributionFilter()
    ) async throws -> [AnalysisFeature] {
        try await city.installation.findHotspots(question, of: city.proceeding(), filter: filter, scope: scope)
            .features.sorted { (number("count", $0) ?? 0) < (number("count", $1) ?? 0) }
    }

    private func number(_ name: String, _ feature: AnalysisFeature) -> Double? {
        feature.properties.first { $0.name == name }?.value.double
    }

    private func numbers(_ name: String, _ features: [AnalysisFeature]) -> [Double?] {
        features.map { number(name, $0) }
    }

    private func grid(_ weight: HotspotQuestion.Weight = .one, hasMeasures: Bool = false) -> HotspotQuestion {
        var question = HotspotQuestion(method: .grid)
        (question.cell, question.weight, question.hasMeasures) = (500, weight, hasMeasures)
        return question
    }

    private func clusters(_ weight: HotspotQuestion.Weight = .one) -> HotspotQuestion {
        var question = HotspotQuestion(method: .dbscan)
        (question.reach, question.minPoints, question.weight) = (300, 2, weight)
        return question
    }

    @Test func aCellOfWhichOneHasMostOfTheWeightIsWithheld() async throws {
        let city = try await city(groups(Self.dominated))
        #expect(try await numbers("count", features(grid(.support), city, city.staff)) == [6, 8, 12])
        // And the next one, which the sum of all would give it away with.
        #expect(try await numbers("count", features(grid(.support), city, city.anonymous)) == [12])
        #expect(try await numbers("count", features(grid(), city, city.anonymous)) == [6, 8, 12])
        let even = try await self.city(groups(Self.even))
        #expect(try await numbers("count", features(grid(.support), even, even.anonymous)) == [6, 8, 12])
    }

    @Test func aWeightedDensityIsNotToldCellByCell() async throws {
        let city = try await city(groups(Self.even))
        var question = HotspotQuestion(method: .kde)
        question.cell = 200
        #expect(try await !features(question, city, city.anonymous).isEmpty)
        question.weight = .support
        #expect(try await !features(question, city, city.staff).isEmpty)
        #expect(try await features(question, city, city.anonymous).isEmpty)
    }

    @Test func aUnitOfWhichOneHasMostOfTheWeightIsWithheld() async throws {
        // Neighbours that share corners: their borders are whole 128ths of a degree.
        let row = (0..<4).map { 9.875 + Double($0) / 64 }
        var question = HotspotQuestion(method: .gi)
        (question.layer, question.weight) = ("teile", .support)
        for (votes, isWithheld) in [(Self.dominated, true), (Self.even, false)] {
            let last = Group(place: row[3], votes: Array(repeating: 1, count: 20))
            let city = try await city(groups(votes, places: row) + [last])
            try await WithheldTotalsTests().importUnits(around: row, city)
            let shown = try await city.installation.findHotspots(
                question, of: city.proceeding(), scope: city.anonymous)
            let isSuppressed = shown.features.map { feature in
                feature.properties.first { $0.name == "isSuppressed" }?.value
            }
            #expect(isSuppressed == [isWithheld, isWithheld, false, false].map { .bool($0) })
        }
    }

    @Test(arguments: [HotspotQuestion.Method.dbscan, .optics])
    func aHullAroundOneWhoHasMostOfTheWeightIsNotDrawn(_ method: HotspotQuestion.Method) async throws {
        let city = try await city(groups(Self.dominated))
        var question = clusters(.support)
        question.method = method
        #expect(try await numbers("count", features(question, city, city.staff)) == [6, 8, 12])
        #expect(try await numbers("count", features(question, city, city.anonymous)) == [8, 12])
        let even = try await self.city(groups(Self.even))
        #expect(try await numbers("count", features(question, even, even.anonymous)) == [6, 8, 12])
    }

    @Test func votesInAClusterThatAreMostlyOnesAreWithheldWithTheNextFewest() async throws {
        let city = try await city(groups(Self.dominated))
        #expect(try await numbers("votesUp", features(clusters(), city, city.staff)) == [195, 16, 36])
        let shown = try await features(clusters(), city, city.anonymous)
        #expect(numbers("count", shown) == [6, 8, 12])
        #expect(numbers("votesUp", shown) == [nil, nil, 36])
        // There are none against, which may be told.
        #expect(numbers("votesDown", shown) == [0, 0, 0])
        let even = try await self.city(groups(Self.even))
        #expect(try await numbers("votesUp", features(clusters(), even, even.anonymous)) == [12, 16, 36])
    }

    @Test func measuresThatAreMostlyOnesAreWithheldWithTheNextFewest() async throws {
        let city = try await city(groups(Self.dominated))
        let question = grid(hasMeasures: true)
        #expect(try await numbers("votesUp", features(question, city, city.staff)) == [195, 16, 36])
        let shown = try await features(question, city, city.anonymous)
        #expect(numbers("count", shown) == [6, 8, 12])
        for (name, last) in [("votesUp", 36.0), ("scoreMean", 3), ("scoreMaximum", 3), ("scoreMinimum", 3)] {
            #expect(numbers(name, shown) == [nil, nil, last], "\(name)")
        }
        #expect(numbers("comments", shown) == [0, 0, 0])
        let even = try await self.city(groups(Self.even))
        #expect(try await numbers("votesUp", features(question, even, even.anonymous)) == [12, 16, 36])
    }

    @Test func aRankingTellsNoVotesThatAreMostlyOnes() async throws {
        let cases: [(votes: [Int], told: [Double?], byVotes: [Double?])] = [
            (Self.dominated, [nil, nil, 36], [12]), (Self.even, [12, 16, 36], [6, 8, 12]),
        ]
        for (votes, told, byVotes) in cases {
            let city = try await city(groups(votes))
            try await WithheldTotalsTests().importUnits(around: [9.88, 9.90, 9.92], city)
            func rank(_ measure: RankingMeasure) async throws -> [FeatureRanking.Feature] {
                try await city.installation.rankFeatures(
                    layer: "teile", by: measure, of: city.proceeding(), scope: city.anonymous
                ).features.sorted { $0.contributions.count < $1.contributions.count }
            }
            func figures(_ name: String, _ features: [FeatureRanking.Feature]) -> [Double?] {
                features.map { feature in feature.members.first { $0.name == name }?.value.double }
            }
            let ranked = try await rank(.contributions)
            #expect(figures("contributions", ranked) == [6, 8, 12])
            #expect(figures("votesUp", ranked) == told)
            #expect(figures("support", ranked).map { $0 == nil } == told.map { $0 == nil })
            #expect(figures("comments", ranked) == [0, 0, 0])
            // Where votes make the rank, it would tell of them.
            for measure in [RankingMeasure.votes, .support] {
                #expect(try await figures("contributions", rank(measure)) == byVotes)
            }
        }
    }

    @Test func whatAFilterLeavesOutMustNotBeMostlyOnes() async throws {
        var groups = groups(Array(repeating: 9, count: 6))
        groups.append(Group(place: 9.88 + 1e-5, votes: Self.dominated, day: 0))
        let city = try await city(groups)
        var filter = ContributionFilter()
        filter.from = Self.start + PlantedContributions.day / 2
        #expect(try await numbers("count", features(grid(.support), city, city.anonymous)) == [8, 12, 12])
        #expect(try await numbers("count", features(grid(.support), city, city.staff, filter: filter)) == [6, 8, 12])
        // All less these would tell of the one of them who has most.
        #expect(try await numbers("count", features(grid(.support), city, city.anonymous, filter: filter)) == [12])
        for question in [clusters(), grid(hasMeasures: true)] {
            #expect(
                try await Set(numbers("votesUp", features(question, city, city.anonymous))) == [16, 36, 249])
            let told = try await features(question, city, city.staff, filter: filter)
            #expect(numbers("votesUp", told) == [54, 16, 36])
            let shown = try await features(question, city, city.anonymous, filter: filter)
            #expect(numbers("votesUp", shown) == [nil, nil, 36])
        }
    }

    /// Of public ones everybody knows who has which votes.
    @Test func votesOnPublicContributionsAreToldBesidePrivateOnes() async throws {
        var groups = groups(Self.dominated)
        groups[0].category = "Sonstiges"
        let city = try await city(groups)
        for question in [clusters(), grid(hasMeasures: true)] {
            #expect(try await numbers("votesUp", features(question, city, city.anonymous)) == [195, 16, 36])
        }
    }

    @Test func nothingIsWithheldWhereNoCategoryIsPrivate() async throws {
        let city = try await planted(groups(Self.dominated)).city()
        for question in [grid(.support), grid(hasMeasures: true), clusters(), clusters(.support)] {
            let shown = try await features(question, city, city.anonymous)
            #expect(numbers("count", shown) == [6, 8, 12])
            if question.hasMeasures { #expect(numbers("votesUp", shown) == [195, 16, 36]) }
        }
        try await WithheldTotalsTests().importUnits(around: [9.88, 9.90, 9.92], city)
        let ranking = try await city.installation.rankFeatures(
            layer: "teile", by: .votes, of: city.proceeding(), scope: city.anonymous)
        #expect(ranking.features.map(\.votesUp) == [195, 36, 16] && !ranking.isWithheld)
    }
}
