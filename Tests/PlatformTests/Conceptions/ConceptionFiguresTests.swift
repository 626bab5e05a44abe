import Foundation
import GeoCore
import Participation
import Platform
import Storage
import Testing

/// Conceptions in sums, the same wherever they are told.
struct ConceptionFiguresTests {
    @Test func endpointsTellTheSameSumsOverWhatTheViewerSees() async throws {
        let city = try await TestCity()
        let proceeding = try await city.proceeding()
        try await city.installation.engine.write { connection in
            let writer = city.staff.writer(connection)
            for (index, state) in [Contribution.State.published, .published, .hidden].enumerated() {
                var conception = Conception(title: "Entwurf \(index)", text: "Text", state: state, created: 1)
                (conception.votesUp, conception.votesDown) = (Int64(index) + 3, 1)
                let stored = try writer.insert(conception, of: proceeding)
                _ = try writer.insert(Comment(on: .conception(stored.id), text: "Ja", created: 1), of: proceeding)
            }
            try writer.touch(proceeding)
        }
        for (scope, expected) in [(city.anonymous, [2, 2, 7, 2]), (city.staff, [3, 3, 12, 3])] as [(Scope, [Int64])] {
            let now = try await city.proceeding()
            let figures = try await city.installation.statistics(of: now, scope: scope)
            let cockpit = try await city.installation.cockpit(scope: scope)
            for sums in [figures.conceptions, cockpit.conceptions] {
                #expect([sums.count, sums.comments, sums.votesUp, sums.votesDown] == expected)
            }
            #expect(figures.contributions == 0 && figures.comments == 0 && cockpit.total.comments == 0)
            #expect(
                figures.json["conceptions"] == cockpit.json["totals"]?["conceptions"]
                    && figures.json["conceptions"]?["count"] == .integer(expected[0]))
        }
    }
}
