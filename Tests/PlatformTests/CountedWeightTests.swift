import GeoCore
import Participation
import Platform
import Storage
import Testing

/// What a contribution, a participant, a line and an area count for.
struct CountedWeightTests {
    @Test func approvalIsDrawnTowardsThatOfTheProceeding() async throws {
        let city = try await TestCity.withContributions.value
        var question = HotspotQuestion(method: .grid)
        (question.cell, question.weight, question.apportion) = (500, .approval, .point)
        let answer = try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.anonymous)
        for name in ["priorFor", "priorAgainst"] {
            guard case .number(let votes)? = answer.analysis.parameters.first(where: { $0.name == name })?.value else {
                Issue.record("\(name) is not told")
                continue
            }
            #expect(votes > 0)
        }
        for feature in answer.features {
            let (count, weight) = (feature.told("count")?.double ?? 0, feature.told("weight")?.double ?? 0)
            #expect(weight < count && weight > 0)
        }
    }

    @Test func whatOneParticipantWeighsInACellIsLimitedForThoseWhoMayKnow() async throws {
        let city = try await TestCity.withContributions.value
        let proceeding = try await city.proceeding()
        func asked(_ limit: Int?) -> HotspotQuestion {
            var question = HotspotQuestion(method: .gi)
            (question.cell, question.sensitivity, question.perPerson) = (2_000, false, limit)
            return question
        }
        let all = try await city.installation.findHotspots(asked(nil), of: proceeding, scope: city.staff)
        let few = try await city.installation.findHotspots(asked(1), of: proceeding, scope: city.staff)
        for (all, few) in zip(all.features, few.features) {
            let (weight, limited) = (all.told("weight")?.double ?? 0, few.told("weight")?.double ?? 0)
            #expect(limited <= weight + 1e-9 && all.told("count") == few.told("count"))
        }
        #expect(few.analysis.parameters.first { $0.name == "perPerson" }?.value == .number(1))
        let error = await #expect(throws: PlatformError.self) {
            try await city.installation.findHotspots(asked(1), of: proceeding, scope: city.anonymous)
        }
        #expect(error?.code == .forbidden)
    }

    @Test func oneClickLetsNobodyMakeAHotSpotAloneWhereThatMayBeKnown() async throws {
        let city = try await TestCity.withContributions.value
        let proceeding = try await city.proceeding()
        func told(_ scope: Scope, _ limit: Int? = nil) async throws -> AnalysisRecord.Parameter? {
            var question = HotspotQuestion(method: .auto)
            question.perPerson = limit
            return try await city.installation.findHotspots(question, of: proceeding, scope: scope).analysis.parameters
                .first { $0.name == "perPerson" }
        }
        let standard = try await told(city.staff)
        #expect(standard?.value == .number(3) && standard?.origin == .standard)
        #expect(try await told(city.staff, 5)?.origin == .given)
        #expect(try await told(city.anonymous) == nil)
    }

    @Test func whatIsCutDownToWholeNumbersIsStillCounted() async throws {
        let city = try await TestCity()
        for number in 0..<30 {
            // Seven by one person at one place, the others by one each.
            let (name, shift) = number < 7 ? ("viel", 0.0) : ("einer\(number)", Double(number) * 0.001)
            _ = try await city.installation.submitContribution(
                NewContribution(
                    title: "Bank \(number)", text: "Am Ufer fehlt Bank \(number) für alle.", category: "radverkehr",
                    geometry: .point(Position(9.90 + shift, 53.39))),
                to: city.proceeding(), scope: city.participant(name))
        }
        var question = HotspotQuestion(method: .gi)
        (question.cell, question.sensitivity, question.perPerson, question.inference) = (500, false, 3, .exact)
        let answer = try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.staff)
        #expect(answer.analysis.parameters.first { $0.name == "inference" }?.value == .text("exact"))
        #expect(answer.features.contains { $0.told("count")?.double == 7 })
    }

    @Test(arguments: [HotspotQuestion.Kernel.quartic, .gaussian])
    func linesCountAlongTheirLength(_ kernel: HotspotQuestion.Kernel) async throws {
        let city = try await TestCity.withContributions.value
        func density(_ apportion: HotspotQuestion.Apportion) async throws -> HotspotAnswer {
            var question = HotspotQuestion(method: .kde)
            (question.kernel, question.bandwidth, question.cell) = (kernel, 300, 150)
            (question.apportion, question.edge) = (apportion, HotspotQuestion.Edge.none)
            return try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.anonymous)
        }
        func total(_ answer: HotspotAnswer) -> Double { answer.features.reduce(0) { $0 + ($1.value ?? 0) } }
        let (points, lines) = (try await density(.point), try await density(.share))
        #expect(lines.analysis.parameters.first { $0.name == "apportion" }?.value == .text("share"))
        #expect(total(points) != total(lines))
        // What is spread is the same, but for the little that ends outside the area.
        #expect(abs(total(lines) / total(points) - 1) < 0.05)
    }

    @Test func areasCountOverTheirInterior() async throws {
        let city = try await TestCity()
        let text = """
            {"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Polygon","coordinates":[[
            [9.89,53.385],[9.91,53.385],[9.91,53.395],[9.89,53.395],[9.89,53.385]]]},"properties":{"id":"a1",
            "dateCreated":"2026-05-01T00:00:00Z","title":"Park","contributionContent":"Hier fehlt ein Park im Viertel.",
            "category":"Sonstiges","votingPro":0}}]}
            """
        _ = try await city.importContributions(city.file("flaeche.geojson", text))
        func width(_ apportion: HotspotQuestion.Apportion) async throws -> Double {
            var question = HotspotQuestion(method: .kde)
            (question.bandwidth, question.cell, question.apportion) = (200, 50, apportion)
            question.edge = HotspotQuestion.Edge.none
            let answer = try await city.installation.findHotspots(
                question, of: city.proceeding(), scope: city.anonymous)
            let eastings = answer.features.compactMap { $0.shape.shape.boundingBox?.center.x }
            return (eastings.max() ?? 0) - (eastings.min() ?? 0)
        }
        // The area is 1,330 m wide, and a kernel 400.
        #expect(try await width(.point) < 450)
        #expect(try await width(.share) > 1300)
    }

    @Test func weightedHotspotsTellWhereOneContributionCarriesThem() async throws {
        let city = try await TestCity.withContributions.value
        var question = HotspotQuestion(method: .gi)
        question.weight = .support
        question.sensitivity = false
        let answer = try await city.installation.findHotspots(
            question, of: city.proceeding(), scope: city.anonymous)
        let flags = answer.features.compactMap { $0.told("fragile") }
        #expect(flags.count == answer.features.count)
    }

    @Test(arguments: [
        (HotspotQuestion.Method.gi, "bin"), (.moran, "quadrant"), (.geary, "association"),
    ])
    func hotCellsOfFewerThanTenEqualContributionsAreCarriedByFew(
        _ method: HotspotQuestion.Method, _ name: String
    ) async throws {
        let city = try await cityOfOneHeavy()
        var question = HotspotQuestion(method: method)
        (question.weight, question.sensitivity, question.neighbours) = (.support, false, 1)
        (question.correction, question.alpha) = (.none, 0.05)
        // Draws find one among many cells alone.
        question.cell = method == .geary ? 200 : 400
        if method != .geary { question.inference = .normal }
        let answer = try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.anonymous)
        let cold: [JSONValue] = [.string("none"), .string("lowLow")]
        var few = 0
        for feature in answer.features {
            let told = try #require(feature.told(name))
            // Bins from 2 on are those at 0.05.
            let isHot = told.double.map { $0 > 1 } ?? !cold.contains(told)
            let effective = feature.told("effectiveNumber")?.double
            let isCarried = feature.told("carriedByFew") == .bool(true)
            if isCarried { few += 1 }
            // Rounded to two places.
            if effective.map({ abs($0 - 10) >= 0.01 }) ?? true {
                #expect(isCarried == (isHot && effective.map { $0 < 10 } ?? false))
            }
            #expect(isHot || feature.told("fragile") == .bool(false))
        }
        #expect(few > 0)
        #expect(answer.analysis.summary.first { $0.name == "carriedByFew" }?.value == .number(Double(few)))
        let told = try #require(answer.analysis.parameters.first { $0.name == "fewestCarriers" })
        #expect(told.value == .number(10) && told.rule?.contains("a hot cell and its neighbours") == true)
        question.weight = .one
        let plain = try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.anonymous)
        #expect(plain.features.allSatisfy { $0.told("effectiveNumber") == nil && $0.told("fragile") == nil })
    }

    /// Some everywhere, and one that thousands support.
    private func cityOfOneHeavy() async throws -> TestCity {
        let (monday, day): (Int64, Int64) = (1_767_567_600_000, 86_400_000)
        var planted = PlantedContributions(seed: 7)
        planted.add(9.91, 53.391, at: monday)
        for week in 0..<12 {
            planted.spread(
                20, around: 9.91, 53.39, width: 0.08, from: monday + Int64(week * 7) * day, days: 6.9)
        }
        planted.add(9.93, 53.40, at: monday + 80 * day, votes: 5000)
        planted.add(9.91, 53.391, at: monday + 84 * day + 3_600_000)
        return try await planted.city()
    }

    @Test func aHotPatternOfOneHeavyContributionIsMarked() async throws {
        let city = try await cityOfOneHeavy()
        var question = HotspotQuestion(method: .emerging)
        (question.cell, question.step, question.weight, question.sensitivity) = (400, .week, .support, false)
        let answer = try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.anonymous)
        let hot = answer.features.filter { $0.told("pattern")?.string?.hasSuffix(" hot") == true }
        #expect(!hot.isEmpty)
        #expect(hot.allSatisfy { $0.told("carriedByFew") == .bool(true) && $0.told("fragile") == .bool(true) })
        #expect(hot.allSatisfy { ($0.told("effectiveNumber")?.double ?? 99) < 2 })
        #expect(answer.analysis.summary.first { $0.name == "fragile" }?.value == .number(Double(hot.count)))
        let rule = answer.analysis.parameters.first { $0.name == "fewestCarriers" }?.rule
        #expect(rule?.contains("over all steps") == true)
    }

    @Test func aCellThatStandsOutByOneHeavyContributionIsFragile() async throws {
        let city = try await cityOfOneHeavy()
        var question = HotspotQuestion(method: .moran)
        (question.cell, question.weight, question.sensitivity, question.inference) = (400, .support, false, .normal)
        (question.neighbours, question.correction, question.alpha) = (1, .none, 0.05)
        let answer = try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.anonymous)
        let beside = answer.features.filter { $0.told("quadrant") == .string("lowHigh") }
        // All cells around it, for which nothing but it lies among much.
        #expect(!beside.isEmpty && beside.allSatisfy { $0.told("fragile") == .bool(true) })
    }

    @Test func clustersTellHowManyCarryThem() async throws {
        let city = try await TestCity.withContributions.value
        var question = HotspotQuestion(method: .dbscan)
        (question.weight, question.sensitivity) = (.support, false)
        let answer = try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.anonymous)
        #expect(!answer.features.isEmpty)
        for feature in answer.features {
            let (effective, count) = (feature.told("effectiveNumber")?.double ?? 0, feature.told("count")?.double ?? 0)
            #expect(effective >= 1 && effective <= count + 0.01)
        }
    }
}
