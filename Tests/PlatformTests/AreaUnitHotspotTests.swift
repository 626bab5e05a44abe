import Foundation
import GeoCore
import Platform
import Storage
import Testing

/// Hot spots of the rates of area units in place of cells.
struct AreaUnitHotspotTests {
    private func city() async throws -> TestCity {
        let city = try await TestCity()
        _ = try await city.importContributions()
        _ = try await city.importLayer(
            TestCity.geodata.appendingPathComponent("stadtteile.gpkg"), id: "stadtteile", populationField: "population")
        return city
    }

    private func values(_ answer: HotspotAnswer, _ name: String) -> [JSONValue?] {
        answer.features.map { feature in feature.properties.first { $0.name == name }?.value }
    }

    @Test func localMoranOfUnitsIsThatOfThePattern() async throws {
        let city = try await city()
        var question = HotspotQuestion(method: .moran)
        (question.layer, question.permutations) = ("stadtteile", 199)
        let answer = try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.anonymous)
        var whole = PatternQuestion(method: .moran)
        (whole.layer, whole.permutations) = ("stadtteile", 199)
        let pattern = try await city.installation.findPattern(whole, of: city.proceeding(), scope: city.anonymous)
        for name in ["name", "count", "rate", "standardized", "moran", "p", "q", "quadrant"] {
            let other = pattern.features.map { feature in feature.properties.first { $0.name == name }?.value }
            #expect(values(answer, name) == other, "\(name)")
        }
        #expect(answer.analysis.parameters.first { $0.name == "contiguity" }?.value == .text("queen"))
        #expect(String(decoding: answer.svg(language: "de"), as: UTF8.self).contains("<path"))
    }

    @Test func chanceHasNoSayInAPatternOfFewUnits() async throws {
        let city = try await city()
        func told(_ permutations: Int?, seed: UInt64) async throws -> PatternAnswer {
            var question = PatternQuestion(method: .moran)
            (question.layer, question.seed) = ("stadtteile", seed)
            if let permutations { question.permutations = permutations }
            return try await city.installation.findPattern(question, of: city.proceeding(), scope: city.anonymous)
        }
        func figures(_ answer: PatternAnswer) -> [JSONValue?] {
            answer.features.flatMap { feature in
                ["p", "q", "quadrant"].map { name in feature.properties.first { $0.name == name }?.value }
            }
        }
        let (first, second) = (try await told(nil, seed: 1), try await told(nil, seed: 2))
        #expect(figures(first) == figures(second))
        #expect(first.analysis.parameters.first { $0.name == "inference" }?.value == .text("exact"))
        var exact = HotspotQuestion(method: .moran)
        (exact.layer, exact.inference) = ("stadtteile", .exact)
        let hotspots = try await city.installation.findHotspots(exact, of: city.proceeding(), scope: city.anonymous)
        #expect(
            values(hotspots, "q")
                == first.features.map { feature in
                    feature.properties.first { $0.name == "q" }?.value
                })
        let few = try await told(99, seed: 1)
        #expect(
            few.analysis.warnings.contains { $0.hasPrefix("99 permutations are too few to tell single area units") })
    }

    @Test func thePatternTellsWhichUnitsAreNeighbours() async throws {
        let city = try await city()
        func told(_ touch: HotspotQuestion.Touch?) async throws -> AnalysisRecord.Parameter? {
            var question = PatternQuestion(method: .moran)
            (question.layer, question.contiguity, question.permutations) = ("stadtteile", touch, 0)
            let answer = try await city.installation.findPattern(
                question, of: city.proceeding(), scope: city.anonymous)
            #expect(!answer.analysis.warnings.contains { $0.contains("pairs of area units") })
            return answer.analysis.parameters.first { $0.name == "contiguity" }
        }
        let (standard, rook) = (try await told(nil), try await told(.rook))
        #expect(standard?.value == .text("queen") && standard?.origin == .standard)
        #expect(rook?.value == .text("rook") && rook?.origin == .given)
        var question = PatternQuestion(method: .moran)
        question.contiguity = .rook
        let (asked, proceeding) = (question, try await city.proceeding())
        let error = await #expect(throws: PlatformError.self) {
            try await city.installation.findPattern(asked, of: proceeding, scope: city.anonymous)
        }
        #expect(error?.code == .badRequest && error?.detail.contains("contiguity belongs to moran with layer") == true)
    }

    /// A city with squares of two hundredths of a degree, so many in a row, which may have a corner more.
    private func city(
        squares columns: Int, by rows: Int, corners: (_ column: Int, _ row: Int) -> String = { _, _ in "" }
    ) async throws -> TestCity {
        let city = try await TestCity()
        _ = try await city.importContributions()
        let squares = (0..<columns * rows).map { number in
            let (column, row) = (number % columns, number / columns)
            let (west, south) = (9.885 + Double(column) * 0.02, 53.38 + Double(row) * 0.02)
            let (east, north) = (9.885 + Double(column + 1) * 0.02, 53.38 + Double(row + 1) * 0.02)
            return """
                {"type":"Feature","properties":{"name":"Feld \(number)","population":\(800 + 37 * number)},
                "geometry":{"type":"Polygon","coordinates":[[[\(west),\(south)],[\(east),\(south)],[\(east),\(north)],
                [\(west),\(north)],\(corners(column, row))[\(west),\(south)]]]}}
                """
        }
        let file = try city.file(
            "felder.geojson", #"{"type":"FeatureCollection","features":[\#(squares.joined(separator: ","))]}"#)
        _ = try await city.importLayer(file, id: "felder", populationField: "population")
        return city
    }

    private func answer(
        _ city: TestCity, _ change: (inout HotspotQuestion) -> Void = { _ in }
    ) async throws -> HotspotAnswer {
        var question = HotspotQuestion(method: .gi)
        question.layer = "felder"
        change(&question)
        return try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.staff)
    }

    @Test func unitsThatMeetInACornerAreDrawnWell() async throws {
        let city = try await city(squares: 2, by: 2)
        for touch in HotspotQuestion.Touch.allCases {
            let found = try await answer(city) { ($0.contiguity, $0.inference) = (touch, .normal) }
            #expect(!found.analysis.warnings.contains { $0.contains("pairs of area units") }, "\(touch)")
        }
        let sample = try await self.city()
        let found = try await answer(sample) {
            ($0.layer, $0.contiguity, $0.inference) = ("stadtteile", .rook, .normal)
        }
        #expect(!found.analysis.warnings.contains { $0.contains("pairs of area units") })
    }

    @Test func whereNoUnitCanBeTestedThatIsSaid() async throws {
        // Each of two is all that there is, together with the other.
        let city = try await city(squares: 2, by: 1)
        let found = try await answer(city) { $0.inference = .normal }
        let text = try #require(found.analysis.explanation)
        #expect(text.english.contains("No area unit could be tested") && !text.english.contains("Of 0 area units"))
    }

    @Test func aBorderThatOneOfTwoDividesIsLoose() async throws {
        // The second square has a corner in the middle of the border that it shares with the first.
        let city = try await city(squares: 3, by: 1) { column, _ in column == 1 ? "[9.905,53.39]," : "" }
        for touch in HotspotQuestion.Touch.allCases {
            let found = try await answer(city) { ($0.contiguity, $0.inference) = (touch, .normal) }
            let isTold = found.analysis.warnings.contains { $0.contains("Feld 0 and Feld 1") }
            #expect(isTold == (touch == .rook))
            #expect(!found.analysis.warnings.contains { $0.contains("Feld 2") })
        }
    }

    @Test func aContributionOnACommonBorderCountsInTheSameUnitAsInAreaStatistics() async throws {
        let city = try await city(squares: 2, by: 2)
        // On the meridian between the columns of squares, which on the plane bends a millimetre to the east.
        let rows = (0..<20).map { number in
            """
            {"type":"Feature","geometry":{"type":"Point","coordinates":[\(9.885 + 0.02),\(53.381 + Double(number) * 0.0019)]},
            "properties":{"id":"grenze-\(number)","title":"Grenze \(number)","contributionContent":"Ein Weg an der Grenze.",
            "category":"gruen","dateCreated":"2026-04-20T10:00:00Z"}}
            """
        }
        let file = try city.file(
            "grenze.geojson", #"{"type":"FeatureCollection","features":[\#(rows.joined(separator: ","))]}"#)
        _ = try await city.importContributions(file, skipInvalid: true)
        var inArea = ContributionFilter()
        inArea.insideArea = true
        let statistics = try await city.installation.areaStatistics(
            layer: "felder", of: city.proceeding(), filter: inArea, scope: city.staff)
        let found = try await answer(city) { $0.inference = .normal }
        #expect(values(found, "name") == statistics.units.map { .string($0.name) })
        #expect(values(found, "count") == statistics.units.map { .integer(Int64($0.count)) })
    }

    @Test func fewUnitsGoThroughAllChoicesOfNeighbours() async throws {
        let city = try await city(squares: 5, by: 1)
        let found = try await answer(city)
        let told = found.analysis.parameters.first { $0.name == "inference" }
        #expect(told?.value == .text("exact") && told?.rule == "all choices of neighbours enumerated")
        #expect(!found.analysis.parameters.contains { $0.name == "permutations" })
        let rates = values(found, "standardized").map { $0?.double ?? 0 }
        for unit in 0..<5 {
            let others = (0..<5).filter { $0 != unit }
            let neighbours = others.filter { abs($0 - unit) == 1 }
            let sum = neighbours.reduce(0) { $0 + rates[$1] }
            let sums =
                neighbours.count == 1
                ? others.map { rates[$0] }
                : others.flatMap { first in others.filter { $0 > first }.map { rates[first] + rates[$0] } }
            let above = Double(sums.count { $0 >= sum - 1e-9 }) / Double(sums.count)
            let below = Double(sums.count { $0 <= sum + 1e-9 }) / Double(sums.count)
            let p = try #require(values(found, "p")[unit]?.double)
            #expect(abs(p - min(1, 2 * min(above, below))) < 1e-12, "\(unit)")
        }
        let asked = try await answer(city) { $0.inference = .exact }
        #expect(asked.analysis.parameters.first { $0.name == "inference" }?.origin == .given)
        #expect(values(asked, "p") == values(found, "p"))
        let drawn = try await answer(city) { ($0.inference, $0.permutations) = (.permutation, 99) }
        #expect(drawn.analysis.parameters.first { $0.name == "inference" }?.value == .text("permutation"))
    }

    @Test func allChoicesAreRefusedWhereTheyAreTooMany() async throws {
        let city = try await city(squares: 12, by: 12)
        let error = await #expect(throws: PlatformError.self) {
            try await answer(city) { $0.inference = .exact }
        }
        #expect(error?.code == .invalidInput && error?.parameter == "inference")
    }

    @Test func hotUnitsAreThoseAmongHighRates() async throws {
        let city = try await city()
        func answer(_ touch: HotspotQuestion.Touch) async throws -> HotspotAnswer {
            var question = HotspotQuestion(method: .gi)
            (question.layer, question.contiguity, question.inference) = ("stadtteile", touch, .normal)
            return try await city.installation.findHotspots(
                question, of: city.proceeding(), scope: city.anonymous)
        }
        let queen = try await answer(.queen)
        #expect(values(queen, "count").reduce(0) { $0 + ($1?.double ?? 0) } == Double(queen.analysis.used))
        for (z, bin) in zip(values(queen, "z"), values(queen, "bin")) {
            #expect((z?.double ?? 0) * (bin?.double ?? 0) >= 0)
        }
        #expect(try await values(answer(.rook), "z").count == queen.features.count)
    }

    @Test func testsWithoutCorrectionAreOfUnitsAndNotOfCells() async throws {
        let city = try await city()
        var question = HotspotQuestion(method: .gi)
        (question.layer, question.inference, question.correction) = ("stadtteile", .normal, .none)
        let answer = try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.anonymous)
        let caution = try #require(answer.analysis.cautions.first { $0.kind == .uncorrectedTests })
        #expect(caution.english.contains(" area units ") && !caution.english.contains("cells"))
        #expect(caution.german.contains(" Gebieten ") && !caution.german.contains("Zellen"))
    }

    /// Three squares, the last drawn 0.3 m away from the border that it shares with the second.
    @Test func bordersDrawnTwiceAreToldAndJoined() async throws {
        let city = try await TestCity()
        _ = try await city.importContributions()
        let (west, step, gap) = (9.8, 0.05, 0.0000045)
        let squares = (0..<3).map { number in
            let (left, right) = (
                west + Double(number) * step + (number == 2 ? gap : 0), west + Double(number + 1) * step
            )
            return """
                {"type":"Feature","properties":{"name":"Feld \(number)","population":1000},"geometry":{"type":"Polygon",
                "coordinates":[[[\(left),53.3],[\(right),53.3],[\(right),53.5],[\(left),53.5],[\(left),53.3]]]}}
                """
        }
        let file = try city.file(
            "felder.geojson", #"{"type":"FeatureCollection","features":[\#(squares.joined(separator: ","))]}"#)
        _ = try await city.importLayer(file, id: "felder", populationField: "population")
        func answer(_ snap: Double) async throws -> HotspotAnswer {
            var question = HotspotQuestion(method: .moran)
            (question.layer, question.snap, question.permutations) = ("felder", snap, 99)
            return try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.staff)
        }
        func islands(_ answer: HotspotAnswer) -> AnalysisRecord.Value? {
            answer.analysis.summary.first { $0.name == "islands" }?.value
        }
        let loose = try await answer(0)
        #expect(islands(loose) == .number(1))
        #expect(loose.analysis.warnings.contains { $0.contains("Feld 1 and Feld 2") })
        let joined = try await answer(0.5)
        #expect(islands(joined) == .number(0))
        #expect(!joined.analysis.warnings.contains { $0.contains("Feld") })
    }

    /// Three squares in a row, and a fourth that touches none.
    @Test(arguments: [(0, 0.0), (1000, 1)])
    func aUnitWithoutInhabitantsIsNoIsland(_ inhabitants: Int, _ islands: Double) async throws {
        let city = try await TestCity()
        _ = try await city.importContributions()
        let places = [(9.8125, 1000), (9.875, 1000), (9.9375, 1000), (10.25, inhabitants)]
        let squares = places.enumerated().map { number, square in
            let (left, right) = (square.0, square.0 + 0.0625)
            return """
                {"type":"Feature","properties":{"name":"Feld \(number)","population":\(square.1)},"geometry":{"type":"Polygon",
                "coordinates":[[[\(left),53.3],[\(right),53.3],[\(right),53.5],[\(left),53.5],[\(left),53.3]]]}}
                """
        }
        let file = try city.file(
            "felder.geojson", #"{"type":"FeatureCollection","features":[\#(squares.joined(separator: ","))]}"#)
        _ = try await city.importLayer(file, id: "felder", populationField: "population")
        var question = HotspotQuestion(method: .gi)
        (question.layer, question.permutations) = ("felder", 99)
        let answer = try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.staff)
        #expect(answer.analysis.summary.first { $0.name == "islands" }?.value == .number(islands))
    }

    @Test func whatBelongsToCellsIsRefused() async throws {
        let city = try await city()
        func isRefused(_ change: (inout HotspotQuestion) -> Void) async throws {
            var question = HotspotQuestion(method: .gi)
            question.layer = "stadtteile"
            change(&question)
            let (asked, proceeding) = (question, try await city.proceeding())
            let error = await #expect(throws: PlatformError.self) {
                try await city.installation.findHotspots(asked, of: proceeding, scope: city.anonymous)
            }
            #expect(error?.code == .badRequest)
        }
        try await isRefused { $0.cell = 300 }
        try await isRefused { $0.neighbours = 2 }
        try await isRefused { $0.sensitivity = true }
        try await isRefused { ($0.layer, $0.contiguity) = (nil, .rook) }
    }
}
