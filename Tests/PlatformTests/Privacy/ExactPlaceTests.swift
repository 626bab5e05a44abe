import GeoCore
import Participation
import Storage
import Testing

@testable import Platform

/// Analyses stand on the places that everybody sees: no corner of a hull, no contour and no centre comes from an exact place
/// of a private category, whoever asks.
struct ExactPlaceTests {
    private static let start: Int64 = 1_777_593_600_000

    /// Seven contributions about each of eight points of the grid of private categories, moved by less than half a step.
    private func planted(seed: UInt64) -> PlantedContributions {
        var planted = PlantedContributions(seed: seed)
        for place in 0..<8 {
            for _ in 0..<7 {
                let (east, north) = (planted.unit(), planted.unit())
                planted.add(
                    9.88 + 0.01 * Double(place % 4) + (east - 0.5) * 0.008,
                    53.38 + 0.01 * Double(place / 4) + (north - 0.5) * 0.008,
                    at: Self.start + Int64(planted.features.count), category: "Radverkehr")
            }
        }
        return planted
    }

    private static let questions: [HotspotQuestion] = {
        var questions = [HotspotQuestion.Method.dbscan, .optics, .kde].map { HotspotQuestion(method: $0) }
        for index in 0..<2 { (questions[index].reach, questions[index].minPoints) = (1200, 5) }
        (questions[2].bandwidth, questions[2].edge) = (400, HotspotQuestion.Edge.none)
        (questions[2].surface, questions[2].levels) = (.isolines, [50, 90])
        return questions
    }()

    private func shapes(_ question: HotspotQuestion, _ city: TestCity, _ scope: Scope) async throws -> [Geometry] {
        try await city.installation.findHotspots(question, of: city.proceeding(), scope: scope)
            .features.map(\.shape.shape)
    }

    private func centres(_ city: TestCity, _ scope: Scope) async throws -> [Geometry] {
        try await city.installation.findPattern(
            PatternQuestion(method: .centrography), of: city.proceeding(), scope: scope
        ).features.map(\.shape.shape)
    }

    @Test func whereExactPlacesLieChangesNoShape() async throws {
        let one = try await planted(seed: 1).privateCity()
        let other = try await planted(seed: 2).privateCity()
        for scopes in [(one.anonymous, other.anonymous), (one.staff, other.staff)] {
            for question in Self.questions {
                let told = try await shapes(question, one, scopes.0)
                #expect(try await shapes(question, other, scopes.1) == told, "\(question.method)")
            }
            let told = try await centres(one, scopes.0)
            #expect(!told.isEmpty)
            #expect(try await centres(other, scopes.1) == told)
        }
        #expect(try await !shapes(Self.questions[0], one, one.anonymous).isEmpty)
    }

    /// So the test above would see it.
    @Test func wherePublicOnesLieDoes() async throws {
        let one = try await planted(seed: 1).city()
        let other = try await planted(seed: 2).city()
        for question in Self.questions {
            let told = try await shapes(question, one, one.anonymous)
            #expect(try await shapes(question, other, other.anonymous) != told, "\(question.method)")
        }
        #expect(try await centres(one, one.anonymous) != centres(other, other.anonymous))
    }

    @Test func columnsHoldThePlaceThatEverybodySees() async throws {
        let city = try await planted(seed: 1).privateCity()
        for scope in [city.anonymous, city.staff] {
            let columns = try await city.installation.contributionColumns(
                of: city.proceeding(), filter: ContributionFilter(), scope: scope)
            #expect(columns.count == 56)
            for row in 0..<columns.count {
                let place = Position(columns.longitude[row], columns.latitude[row])
                #expect(place == PublicPlace.rounded(place))
            }
        }
    }
}
