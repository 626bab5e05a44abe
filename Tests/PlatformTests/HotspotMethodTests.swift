import Foundation
import GeoCore
import PROJCoordinates
import Platform
import Storage
import Testing

/// The methods beside counts, Gi*, densities and DBSCAN, on the city whose hotspots are known.
struct HotspotMethodTests {
    private struct Planted: Decodable {
        struct Hotspot: Decodable {
            var name: String
            var category: String
            var centre: [Double]
        }
        var hotspots: [Hotspot]
    }

    /// The planted hotspots with their centres in metres.
    private func planted() throws -> [(hotspot: String, category: String, center: Position)] {
        let planted = try JSONDecoder().decode(
            Planted.self, from: Data(contentsOf: TestCity.geodata.appendingPathComponent("expected.json")))
        let transform = try CoordinateTransform(from: .wgs84, to: CoordinateReferenceSystem("EPSG:25832"))
        return try planted.hotspots.map { hotspot in
            var (x, y) = ([hotspot.centre[0]], [hotspot.centre[1]])
            try transform.forward(&x, &y)
            return (hotspot.name, hotspot.category, Position(x[0], y[0]))
        }
    }

    private func property(_ feature: HotspotAnswer.Feature, _ name: String) -> JSONValue? {
        feature.properties.first { $0.name == name }?.value
    }

    private func distance(_ feature: HotspotAnswer.Feature, _ position: Position) -> Double {
        guard let center = feature.shape.shape.boundingBox?.center else { return .infinity }
        return ((center.x - position.x) * (center.x - position.x) + (center.y - position.y) * (center.y - position.y))
            .squareRoot()
    }

    @Test func localMoranFindsThePlantedHotspotsAsHighAmongHigh() async throws {
        let city = try await TestCity.withContributions.value
        let answer = try await city.installation.findHotspots(
            HotspotQuestion(method: .moran), of: city.proceeding(), scope: city.anonymous)
        let high = answer.features.filter { property($0, "quadrant") == .string("highHigh") }
        for hotspot in try planted() {
            #expect(high.contains { distance($0, hotspot.center) < 250 }, "\(hotspot.hotspot)")
        }
    }

    @Test func localGearyFindsCellsOfThePlantedHotspotsAmongTheirLike() async throws {
        let city = try await TestCity.withContributions.value
        let answer = try await city.installation.findHotspots(
            HotspotQuestion(method: .geary), of: city.proceeding(), scope: city.anonymous)
        let words: [JSONValue?] = ["none", "highHigh", "dissimilar", "lowLow", "otherSimilar"].map { .string($0) }
        #expect(answer.features.allSatisfy { words.contains(property($0, "association")) })
        // Few draws are none too many where cells are like their neighbours, which most empty ones are.
        #expect(answer.features.contains { property($0, "association") != .string("none") })
        #expect(answer.analysis.summary.contains { $0.name == "gearysC" })
        #expect(answer.analysis.parameters.contains { $0.name == "permutations" })
        #expect(String(decoding: answer.svg(language: "de"), as: UTF8.self).contains("unähnlich"))
    }

    @Test(arguments: [HotspotQuestion.Method.gi, .moran])
    func directedProbabilitiesAreHalfOfTwoSidedOnes(_ method: HotspotQuestion.Method) async throws {
        let city = try await TestCity.withContributions.value
        func probabilities(_ tails: HotspotQuestion.Tails, _ inference: HotspotQuestion.Inference) async throws
            -> [Double]
        {
            var question = HotspotQuestion(method: method)
            (question.cell, question.sensitivity) = (500, false)
            (question.tails, question.inference) = (tails, inference)
            let answer = try await city.installation.findHotspots(
                question, of: city.proceeding(), scope: city.anonymous)
            #expect(answer.analysis.parameters.first { $0.name == "tails" }?.value == .text(tails.rawValue))
            #expect(answer.analysis.warnings.contains { $0.contains("directed") } == (tails == .directed))
            return answer.features.map { property($0, "p")?.double ?? -1 }
        }
        for inference in [HotspotQuestion.Inference.normal, .exact] {
            let (both, one) = (
                try await probabilities(.twoSided, inference), try await probabilities(.directed, inference)
            )
            for (both, one) in zip(both, one) where both >= 0 && both < 1 { #expect(abs(both - 2 * one) < 1e-12) }
            let folded = try await probabilities(.folded, inference)
            #expect((folded == both) == (inference == .normal))
        }
    }

    @Test func pointyHexagonsStandOnTheirCorners() async throws {
        let city = try await TestCity.withContributions.value
        func answer(_ orientation: CellLayout.Orientation) async throws -> HotspotAnswer {
            var question = HotspotQuestion(method: .gi)
            (question.cell, question.cells.orientation) = (500, orientation)
            return try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.anonymous)
        }
        for (orientation, isTall) in [(CellLayout.Orientation.flat, false), (.pointy, true)] {
            let answer = try await answer(orientation)
            let box = try #require(answer.features.first?.shape.shape.boundingBox)
            #expect((box.height > box.width) == isTall)
            #expect(answer.analysis.parameters.first { $0.name == "orientation" }?.value == .text(orientation.rawValue))
            let hot = answer.features.filter { (property($0, "bin")?.double ?? 0) > 1 }
            // One of the five lies where little is around it, and does not stand out on cells of this size.
            let found = try planted().filter { hotspot in hot.contains { distance($0, hotspot.center) < 500 } }
            #expect(found.count == 4)
        }
        var square = HotspotQuestion(method: .grid)
        (square.shape, square.cells.orientation) = (.square, .pointy)
        await #expect(throws: PlatformError.self) {
            try await city.installation.findHotspots(square, of: city.proceeding(), scope: city.anonymous)
        }
    }

    @Test func aScanFindsTheCircleWithTheUnusualShare() async throws {
        let city = try await TestCity.withContributions.value
        var question = HotspotQuestion(method: .scan)
        question.focus = "radverkehr"
        question.permutations = 199
        let answer = try await city.installation.findHotspots(
            question, of: city.proceeding(), scope: city.anonymous)
        let first = try #require(answer.features.first)
        let expected = try #require(try planted().first { $0.category == "radverkehr" })
        #expect(distance(first, expected.center) < 250)
        #expect(property(first, "isSignificant") == .bool(true))
        let again = try await city.installation.findHotspots(
            question, of: city.proceeding(), filter: ContributionFilter(), scope: city.staff)
        #expect(try answer.geoJSON() == again.geoJSON())
    }

    @Test func aScanInRoundsFindsClustersThatAreSignificantAlone() async throws {
        let city = try await TestCity.withContributions.value
        var question = HotspotQuestion(method: .scan)
        (question.focus, question.permutations, question.rounds, question.isGumbel) = ("radverkehr", 199, 3, true)
        let answer = try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.anonymous)
        let first = try #require(answer.features.first)
        #expect((1...3).contains(answer.features.count))
        #expect(property(first, "isSignificant") == .bool(true))
        #expect(answer.features.allSatisfy { property($0, "gumbelP")?.double != nil })
        question.rounds = 1
        let plain = try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.anonymous)
        #expect(property(first, "logLikelihoodRatio") == property(plain.features[0], "logLikelihoodRatio"))
        #expect(answer.analysis.parameters.first { $0.name == "rounds" }?.value == .number(3))
    }

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
            let (count, weight) = (property(feature, "count")?.double ?? 0, property(feature, "weight")?.double ?? 0)
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
            let (weight, limited) = (property(all, "weight")?.double ?? 0, property(few, "weight")?.double ?? 0)
            #expect(limited <= weight + 1e-9 && property(all, "count") == property(few, "count"))
        }
        #expect(few.analysis.parameters.first { $0.name == "perPerson" }?.value == .number(1))
        let error = await #expect(throws: PlatformError.self) {
            try await city.installation.findHotspots(asked(1), of: proceeding, scope: city.anonymous)
        }
        #expect(error?.code == .forbidden)
    }

    @Test(arguments: [HotspotQuestion.Method.gi, .moran, .kde, .dbscan])
    func scalesAreComparedWithEachOther(_ method: HotspotQuestion.Method) async throws {
        let city = try await TestCity.withContributions.value
        var question = HotspotQuestion(method: method)
        (question.cell, question.sensitivity) = (400, true)
        let answer = try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.anonymous)
        func column(_ name: String) -> [Double?] { answer.series.first { $0.name == name }?.values.map(\.double) ?? [] }
        let isOfCells = method == .gi || method == .moran
        let sizes = column(isOfCells ? "cell" : method == .kde ? "bandwidth" : "eps").compactMap { $0 }
        #expect(sizes.count == 5 && sizes == sizes.sorted())
        #expect(column("hotShare").allSatisfy { (0...1).contains($0 ?? -1) })
        #expect(column("moranZ").count == (isOfCells ? 5 : 0))
        #expect(column("clusters").count == (method == .dbscan ? 5 : 0))
        for (number, name) in (1...5).map({ "jaccard\($0)" }).enumerated() {
            let likeness = column(name)
            #expect(likeness[number] == nil || likeness[number] == 1)
            for (other, value) in likeness.enumerated() { #expect(value == column("jaccard\(other + 1)")[number]) }
        }
        #expect(answer.features.allSatisfy { (0...1).contains(property($0, "stability")?.double ?? -1) })
        if method == .kde {
            // Both are shares of the area, of one scale and of one cell.
            let shares = column("hotShare").compactMap { $0 }
            let stable = answer.features.reduce(0) { $0 + (property($1, "stability")?.double ?? 0) }
            guard case .polygon(let rings)? = answer.area?.shape, let ring = rings.first, rings.count == 1 else {
                Issue.record("the area of the sample city is no polygon without holes")
                return
            }
            let doubled = zip(ring, ring.dropFirst()).reduce(0) { $0 + $1.0.x * $1.1.y - $1.1.x * $1.0.y }
            let cells = abs(doubled) / 2 / (400 * 400)
            #expect(abs(shares.reduce(0, +) / 5 / (stable / cells) - 1) < 0.1)
        }
        #expect(answer.analysis.summary.contains { $0.name == "leastJaccard" })
        #expect(answer.analysis.parameters.first { $0.name == "sensitivity" }?.value == .text("true"))
        question.sensitivity = false
        let once = try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.anonymous)
        #expect(once.series.isEmpty && once.features.count == answer.features.count)
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

    @Test func aScanPerInhabitantNamesTheUnits() async throws {
        let city = try await TestCity()
        _ = try await city.importContributions()
        _ = try await city.importLayer(
            TestCity.geodata.appendingPathComponent("stadtteile.gpkg"), id: "stadtteile", populationField: "population")
        var question = HotspotQuestion(method: .scan)
        question.model = .poisson
        question.layer = "stadtteile"
        question.permutations = 99
        let answer = try await city.installation.findHotspots(
            question, of: city.proceeding(), scope: city.anonymous)
        // A quarter with a planted hotspot, of which its inhabitants are no reason.
        let found = answer.features.filter { property($0, "isSignificant") == .bool(true) }
        #expect(found.contains { property($0, "units")?.string?.contains("Bahnhofsviertel") == true })
        #expect(answer.analysis.summary.first { $0.name == "cases" }?.value == .number(1980))
        question.layer = nil
        let (proceeding, asked) = (try await city.proceeding(), question)
        let error = await #expect(throws: PlatformError.self) {
            try await city.installation.findHotspots(asked, of: proceeding, scope: city.anonymous)
        }
        #expect(error?.detail.contains("layer") == true)
    }

    @Test func aScanNamesTheCategoriesThereAre() async throws {
        let city = try await TestCity.withContributions.value
        var question = HotspotQuestion(method: .scan)
        question.focus = "autos"
        let error = await #expect(throws: PlatformError.self) {
            try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.anonymous)
        }
        #expect(error?.detail.contains("radverkehr") == true)
    }

    @Test func theHottestCellsAreHotOnOtherGridsToo() async throws {
        let city = try await TestCity.withContributions.value
        let answer = try await city.installation.findHotspots(
            HotspotQuestion(method: .gi), of: city.proceeding(), scope: city.anonymous)
        for hotspot in try planted() {
            let nearest = answer.features.min { distance($0, hotspot.center) < distance($1, hotspot.center) }
            guard case .number(let stability)? = nearest.flatMap({ property($0, "stability") }) else {
                Issue.record("\(hotspot.hotspot) has no stability")
                continue
            }
            #expect(stability >= 0.8, "\(hotspot.hotspot)")
        }
    }

    @Test func theMethodIsChosenByWhatTheDataBear() async throws {
        let city = try await TestCity.withContributions.value
        let many = try await city.installation.findHotspots(
            HotspotQuestion(method: .auto), of: city.proceeding(), scope: city.anonymous)
        #expect(many.question.method == .gi)
        var filter = ContributionFilter()
        filter.categories = ["sonstiges"]
        let few = try await city.installation.findHotspots(
            HotspotQuestion(method: .auto), of: city.proceeding(), filter: filter, scope: city.anonymous)
        #expect(few.question.method == .kde)
        let choice = few.analysis.parameters.first { $0.name == "method" }
        #expect(choice?.origin == .chosen && choice?.rule?.contains("too few") == true)
    }

    @Test func weightedHotspotsTellWhereOneContributionCarriesThem() async throws {
        let city = try await TestCity.withContributions.value
        var question = HotspotQuestion(method: .gi)
        question.weight = .support
        question.sensitivity = false
        let answer = try await city.installation.findHotspots(
            question, of: city.proceeding(), scope: city.anonymous)
        let flags = answer.features.compactMap { property($0, "fragile") }
        #expect(flags.count == answer.features.count)
    }
}
