import GeoCore
import Platform
import Storage
import Testing

/// Gi* and local Moran's I with neighbours of each kind.
struct NeighbourhoodTests {
    private func question(_ method: HotspotQuestion.Method, _ rule: Neighbourhood.Rule) -> HotspotQuestion {
        var question = HotspotQuestion(method: method)
        question.neighbourhood.rule = rule
        question.cell = 400
        question.sensitivity = false
        question.permutations = 999
        return question
    }

    @Test(arguments: Neighbourhood.Rule.allCases)
    func findsTheGroupsWithEveryKindOfNeighbours(_ rule: Neighbourhood.Rule) async throws {
        let city = try await PatternTests.grouped().city()
        for method in [HotspotQuestion.Method.gi, .moran] {
            // Cells small enough that a group lies in several: what they are tested by leaves out the cell itself.
            var asked = question(method, rule)
            asked.cell = 150
            asked.correction = .none
            let answer = try await city.installation.findHotspots(
                asked, of: city.proceeding(), scope: city.anonymous)
            #expect(answer.analysis.parameters.first { $0.name == "weights" }?.value == .text(rule.rawValue))
            // The cell that holds most is hot, or high among high.
            let fullest = try #require(
                answer.features.max {
                    ($0.properties[0].value.double ?? 0, $1.id) < ($1.properties[0].value.double ?? 0, $0.id)
                })
            #expect((fullest.value ?? 0) > 0, "\(method) \(rule)")
        }
    }

    @Test func aBandAsWideAsOneRingIsOneRing() async throws {
        let city = try await PatternTests.grouped().city()
        var band = question(.gi, .band)
        band.neighbourhood.distance = 401
        var ring = question(.gi, .rings)
        ring.neighbourhood.rings = 1
        let (one, two) = (
            try await city.installation.findHotspots(band, of: city.proceeding(), scope: city.anonymous),
            try await city.installation.findHotspots(ring, of: city.proceeding(), scope: city.anonymous)
        )
        #expect(one.features.map(\.value) == two.features.map(\.value))
    }

    /// Widths of cells whose centres lie exactly so far from each other.
    @Test(arguments: [200.0, 250, 173.2])
    func whatLiesExactlyAtTheDistanceIsANeighbour(_ width: Double) async throws {
        let city = try await PatternTests.grouped().city()
        func values(_ distance: Double) async throws -> [Double?] {
            var band = question(.gi, .band)
            (band.cell, band.inference, band.neighbourhood.distance) = (width, .normal, distance)
            return try await city.installation.findHotspots(band, of: city.proceeding(), scope: city.anonymous)
                .features.map { $0.properties.first { $0.name == "z" }?.value.double }
        }
        for rings in [1.0, 2] {
            #expect(try await values(width * rings) == values(width * rings + 0.001))
        }
    }

    @Test func cellsWithoutNeighboursAreTold() async throws {
        let city = try await PatternTests.grouped().city()
        var lonely = question(.gi, .band)
        lonely.neighbourhood.distance = 50
        let answer = try await city.installation.findHotspots(lonely, of: city.proceeding(), scope: city.anonymous)
        let caution = try #require(answer.analysis.cautions.first { $0.kind == .islands })
        #expect(caution.english.hasPrefix("no cell has a neighbour") && caution.german.hasPrefix("keine Zelle hat"))
        #expect(answer.analysis.explanation?.english.contains("No cell could be tested") == true)
        let ring = try await city.installation.findHotspots(
            question(.gi, .rings), of: city.proceeding(), scope: city.anonymous)
        #expect(!ring.analysis.cautions.contains { $0.kind == .islands })
    }

    @Test func permutationsThatAreNotDrawnAreToldAsSuch() async throws {
        let city = try await PatternTests.grouped().city()
        var counted = question(.gi, .rings)
        counted.inference = .exact
        let told = try await city.installation.findHotspots(counted, of: city.proceeding(), scope: city.anonymous)
            .analysis.parameters.first { $0.name == "permutations" }
        #expect(told?.value == .number(999) && told?.origin == .given)
        #expect(told?.rule == "none were drawn: inference=permutation draws them")
    }

    @Test func giWithoutTheCellItselfIsWhatLocalMoranTests() async throws {
        let city = try await PatternTests.grouped().city()
        var plain = question(.gi, .rings)
        plain.isStar = false
        plain.inference = .normal
        var local = question(.moran, .rings)
        local.inference = .normal
        (plain.neighbourhood.rings, local.neighbourhood.rings) = (1, 1)
        let (gi, moran) = (
            try await city.installation.findHotspots(plain, of: city.proceeding(), scope: city.anonymous),
            try await city.installation.findHotspots(local, of: city.proceeding(), scope: city.anonymous)
        )
        #expect(gi.analysis.method == "Getis-Ord Gi")
        func z(_ answer: HotspotAnswer) -> [Double?] {
            answer.features.map { $0.properties.first { $0.name == "z" }?.value.double }
        }
        // Conditional local Moran's z is that of Gi times the sign of the cell (Sokal, Oden & Thomson 1998).
        let pairs = zip(z(gi), z(moran))
        #expect(pairs.contains { $0.0 != nil })
        for (one, other) in pairs {
            guard let one, let other else {
                #expect(one == nil && other == nil)
                continue
            }
            #expect(abs(abs(one) - abs(other)) < 1e-9)
        }
    }

    @Test func morePlacesThanThereAreCannotBeNeighbours() async throws {
        let city = try await PatternTests.grouped().city()
        var question = question(.gi, .nearest)
        question.cell = 10_000
        question.neighbourhood.nearest = 200
        let (proceeding, asked) = (try await city.proceeding(), question)
        let error = await #expect(throws: PlatformError.self) {
            try await city.installation.findHotspots(asked, of: proceeding, scope: city.anonymous)
        }
        #expect(error?.code == .invalidInput && error?.detail.contains("nearest must be below") == true)
    }

    @Test func weightedCellsAreTestedByPermutationWhereTheNormalLawIsRough() async throws {
        var planted = PatternTests.grouped()
        planted.add(9.89, 53.385, at: PatternTests.start, votes: 7)
        let city = try await planted.city()
        var question = question(.gi, .rings)
        question.weight = .support
        question.permutations = 999
        let answer = try await city.installation.findHotspots(
            question, of: city.proceeding(), scope: city.anonymous)
        #expect(answer.analysis.parameters.first { $0.name == "inference" }?.value == .text("permutation"))
        #expect(answer.analysis.parameters.first { $0.name == "permutations" }?.origin == .given)
    }
}
