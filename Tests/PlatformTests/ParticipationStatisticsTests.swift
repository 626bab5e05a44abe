import Foundation
import GeoCore
import Participation
import Platform
import Storage
import Testing

struct ParticipationStatisticsTests {
    private func seeded() async throws -> TestCity {
        let city = try await TestCity()
        _ = try await city.importContributions()
        let proceeding = try await city.proceeding()
        let scope = city.staff
        // Two are hidden, one waits; some have authors, types and comments.
        try await city.installation.engine.write { connection in
            let ids = try connection.rows("SELECT id FROM contribution ORDER BY id LIMIT 40") { $0.integer(0) }
            let writer = scope.writer(connection)
            try connection.execute("UPDATE contribution SET state = 2 WHERE id IN \(SQL.list(Array(ids[0..<2])))")
            try connection.execute("UPDATE contribution SET state = 0 WHERE id = \(ids[2])")
            for (index, id) in ids[10..<30].enumerated() {
                try connection.execute(
                    "UPDATE contribution SET author = \("p\(min(index, 5))"), type = 'Idee' WHERE id = \(id)")
            }
            for _ in 0..<3 {
                _ = try writer.insert(
                    Comment(on: .contribution(ids[5]), text: "Ja", created: 1_777_000_000_000), of: proceeding)
            }
            try writer.touch(proceeding)
        }
        return city
    }

    @Test func everyReaderCountsTheSame() async throws {
        let city = try await seeded()
        let proceeding = try await city.proceeding()
        for scope in [city.anonymous, city.staff] {
            let figures = try await city.installation.statistics(of: proceeding, scope: scope)
            let cockpit = try await city.installation.cockpit(scope: scope)
            var listed = 0
            var cursor: Cursor?
            repeat {
                let page = try await city.installation.contributions(
                    of: proceeding, filter: ContributionFilter(), limit: 1000, after: cursor, scope: scope)
                listed += page.items.count
                cursor = page.next
            } while cursor != nil
            let lines = try await city.export(.geojsonseq, scope: scope).count { $0 == 0x1E }
            #expect(figures.contributions == listed && listed == lines)
            for counts in [
                figures.categories, figures.types, figures.channels, figures.states, figures.quality, figures.days,
                figures.months, cockpit.months, cockpit.years,
            ] {
                #expect(counts.reduce(0) { $0 + $1.count } == listed)
            }
            #expect(figures.hours.reduce(0, +) == listed)
            #expect(cockpit.total.contributions == Int64(listed) && cockpit.total.comments == figures.comments)
            #expect(cockpit.total.votesUp == figures.votesUp && cockpit.total.votesDown == figures.votesDown)
            #expect(cockpit.months == figures.months)
            #expect(cockpit.mostCommented.map(\.id) == figures.mostCommented.map(\.id))
            var table = 0
            for try await bytes in try await city.installation.dipasTable(
                .contributions, of: proceeding, scope: scope)
            {
                table += bytes.count { $0 == 0x0A }
            }
            #expect(table == listed + 1)
        }
        let (all, shown) = (
            try await city.installation.statistics(of: proceeding, scope: city.staff),
            try await city.installation.statistics(of: proceeding, scope: city.anonymous)
        )
        #expect(all.contributions - shown.contributions == 3)
        #expect(
            shown.states.map(\.name) == ["published"] && all.states.map(\.name) == ["pending", "published", "hidden"])
        var pds = 0
        for try await bytes in city.installation.pdsContributions(.contributions, of: proceeding, scope: city.staff) {
            pds += String(decoding: bytes, as: UTF8.self).components(separatedBy: #""contributionContent""#).count - 1
        }
        #expect(pds == shown.contributions)
    }

    @Test func tellsTheConcentrationOverKnownParticipants() async throws {
        let city = try await seeded()
        let figures = try await city.installation.statistics(of: city.proceeding(), scope: city.staff)
        let spread = try #require(figures.concentration)
        // Five made one each, one made fifteen.
        #expect(spread.participants == 6 && spread.contributions == 20 && spread.shareOfMostActive == 0.75)
        #expect(abs(spread.gini - 7.0 / 12) < 1e-12)
        #expect(figures.types.map(\.count).contains(20))
        #expect((figures.mostCommented.first?.comments ?? 0) >= 3)
    }

    /// Whether one contribution more brings one participant more would tell who wrote it.
    @Test func theConcentrationOfAChoiceIsForStaff() async throws {
        let city = try await seeded()
        let proceeding = try await city.proceeding()
        var filter = ContributionFilter()
        filter.types = ["Idee"]
        func participants(_ filter: ContributionFilter, _ scope: Scope) async throws -> Int? {
            try await city.installation.statistics(of: proceeding, filter: filter, scope: scope)
                .concentration?.participants
        }
        #expect(try await participants(filter, city.staff) == 6)
        #expect(try await participants(filter, city.anonymous) == nil)
        #expect(try await participants(ContributionFilter(), city.anonymous) == 6)
    }

    @Test(
        arguments: [
            ([1, 1, 1, 1, 1], 0.2, 0.0), ([1, 1, 1, 1, 6], 0.6, 0.4), ([0, 0, 0, 0, 10], 1.0, 0.8),
        ] as [([Int64], Double, Double)])
    func measuresConcentrationByKnownValues(numbers: [Int64], share: Double, gini: Double) throws {
        let spread = try #require(Concentration(perParticipant: numbers))
        #expect(abs(spread.shareOfMostActive - share) < 1e-12 && abs(spread.gini - gini) < 1e-12)
    }

    @Test(arguments: [[], [4], [1, 2, 3, 4], [0, 0, 0, 0, 0]] as [[Int64]])
    func saysNothingOfTooFew(numbers: [Int64]) {
        #expect(Concentration(perParticipant: numbers) == nil)
    }

    @Test func countsMonthsInTheTimeZoneOfTheTenant() async throws {
        let city = try await TestCity()
        let (scope, proceeding) = (city.staff, try await city.proceeding())
        // 23:30 UTC on 31 January is 0:30 on 1 February in Berlin; 22:30 UTC on 30 June is 0:30 on 1 July.
        let instants = ["2026-01-31T22:30:00Z", "2026-01-31T23:30:00Z", "2026-06-30T21:30:00Z", "2026-06-30T22:30:00Z"]
        try await city.installation.engine.write { connection in
            let rows = instants.compactMap { Timestamp.milliseconds($0) }.map {
                PlacedContribution(Contribution(title: "Titel", text: "Text", created: $0), point: nil)
            }
            _ = try scope.writer(connection).insert(rows, into: proceeding)
            try scope.writer(connection).touch(proceeding)
        }
        let names = ["2026-01", "2026-02", "2026-06", "2026-07"]
        let figures = try await city.installation.statistics(of: city.proceeding(), scope: scope)
        #expect(figures.months.map(\.name) == names && figures.hours[23] == 2 && figures.hours[0] == 2)
        #expect(try await city.installation.cockpit(scope: scope).months.map(\.name) == names)
    }

    @Test func writesTheColumnsOfDIPAS() async throws {
        let sample = try await PDSSample()
        try await sample.take(
            PDSSample.project, PDSSample.contributions.replacing("Mehr Bänke", with: "=1+1; mehr"))
        var bytes: [UInt8] = []
        for try await part in try await sample.installation.dipasTable(
            .contributions, of: sample.proceeding(), scope: sample.staff)
        { bytes += part }
        #expect(bytes.starts(with: [0xEF, 0xBB, 0xBF]))
        let lines = String(decoding: bytes.dropFirst(3), as: UTF8.self).components(separatedBy: "\r\n")
        #expect(lines[0].hasPrefix("Node ID;Category;Rubric;Created (UTC);Rating;Total votes;Upvotes;Downvotes;"))
        #expect(
            lines[1] == #"101;Grün & Freiraum;Idee/Anregung;2025-03-05T12:28:17Z;0.6;5;4;1;3;"'=1+1; mehr";"#
                + #""Am Ufer fehlen Bänke. Und ""Schatten"".";Yes;Point;Ufer;"Bank, Ufer";0.25;1.0;"#)
        #expect(lines[2].contains(";No;None;") && lines[3].contains(";Yes;Line;"))
        var comments: [UInt8] = []
        for try await part in try await sample.installation.dipasTable(
            .comments, of: sample.proceeding(), scope: sample.staff)
        { comments += part }
        let rows = String(decoding: comments.dropFirst(3), as: UTF8.self).components(separatedBy: "\r\n")
        #expect(rows.count == 5 && rows[1] == "101;9;Ja;Gute Idee.;2025-03-06T10:00:01Z")
    }
}
