import GeoCore
import Platform
import Storage
import Testing

/// The methods beside counts, Gi*, densities and DBSCAN, on the city whose hotspots are known.
struct HotspotMethodTests {
    @Test func localMoranFindsThePlantedHotspotsAsHighAmongHigh() async throws {
        let city = try await TestCity.withContributions.value
        let answer = try await city.installation.findHotspots(
            HotspotQuestion(method: .moran), of: city.proceeding(), scope: city.anonymous)
        let high = answer.features.filter { $0.told("quadrant") == .string("highHigh") }
        for hotspot in try PlantedHotspot.all() {
            #expect(high.contains { $0.distance(to: hotspot.center) < 250 }, "\(hotspot.name)")
        }
    }

    @Test func localGearyFindsCellsOfThePlantedHotspotsAmongTheirLike() async throws {
        let city = try await TestCity.withContributions.value
        let answer = try await city.installation.findHotspots(
            HotspotQuestion(method: .geary), of: city.proceeding(), scope: city.anonymous)
        let words: [JSONValue?] = ["none", "highHigh", "dissimilar", "lowLow", "otherSimilar"].map { .string($0) }
        #expect(answer.features.allSatisfy { words.contains($0.told("association")) })
        // Few draws are none too many where cells are like their neighbours, which most empty ones are.
        #expect(answer.features.contains { $0.told("association") != .string("none") })
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
            return answer.features.map { $0.told("p")?.double ?? -1 }
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
            // At 0.10: the bus station is hot at 0.053 on pointy cells of this size.
            let hot = answer.features.filter { ($0.told("bin")?.double ?? 0) > 0 }
            // One of the five lies where little is around it, and does not stand out on cells of this size.
            let found = try PlantedHotspot.all().filter { hotspot in
                hot.contains { $0.distance(to: hotspot.center) < 500 }
            }
            #expect(found.count == 4)
        }
        var square = HotspotQuestion(method: .grid)
        (square.shape, square.cells.orientation) = (.square, .pointy)
        await #expect(throws: PlatformError.self) {
            try await city.installation.findHotspots(square, of: city.proceeding(), scope: city.anonymous)
        }
    }

    @Test(arguments: [HotspotQuestion.Method.gi, .moran, .geary, .locationQuotient, .kde, .dbscan])
    func scalesAreComparedWithEachOther(_ method: HotspotQuestion.Method) async throws {
        let city = try await TestCity.withContributions.value
        var question = HotspotQuestion(method: method)
        (question.cell, question.sensitivity) = (400, true)
        let answer = try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.anonymous)
        func column(_ name: String) -> [Double?] { answer.series.first { $0.name == name }?.values.map(\.double) ?? [] }
        let isOfCells = method != .kde && method != .dbscan
        let sizes = column(isOfCells ? "cell" : method == .kde ? "bandwidth" : "eps").compactMap { $0 }
        #expect(sizes.count == 5 && sizes == sizes.sorted())
        #expect(column("hotShare").allSatisfy { (0...1).contains($0 ?? -1) })
        #expect(column("moranZ").count == (isOfCells && method != .locationQuotient ? 5 : 0))
        #expect(column("clusters").count == (method == .dbscan ? 5 : 0))
        for (number, name) in (1...5).map({ "jaccard\($0)" }).enumerated() {
            let likeness = column(name)
            #expect(likeness[number] == nil || likeness[number] == 1)
            for (other, value) in likeness.enumerated() { #expect(value == column("jaccard\(other + 1)")[number]) }
        }
        // Cells whose middle lies outside the area are told without a score.
        let tested = answer.features.filter { $0.told("z") != .null }
        #expect(tested.allSatisfy { (0...1).contains($0.told("stability")?.double ?? -1) })
        if method == .kde {
            // Both are shares of the area, of one scale and of one cell.
            let shares = column("hotShare").compactMap { $0 }
            let stable = answer.features.reduce(0) { $0 + ($1.told("stability")?.double ?? 0) }
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

    @Test func theHottestCellsAreHotOnOtherGridsToo() async throws {
        let city = try await TestCity.withContributions.value
        let answer = try await city.installation.findHotspots(
            HotspotQuestion(method: .gi), of: city.proceeding(), scope: city.anonymous)
        for hotspot in try PlantedHotspot.all() {
            let nearest = answer.features.min { $0.distance(to: hotspot.center) < $1.distance(to: hotspot.center) }
            guard case .number(let stability)? = nearest.flatMap({ $0.told("stability") }) else {
                Issue.record("\(hotspot.name) has no stability")
                continue
            }
            #expect(stability >= 0.8, "\(hotspot.name)")
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
}
