import Foundation
import GeoCore
import PROJCoordinates
import Participation
import Platform
import Storage
import Testing

/// Hot spots that come and go, in a city where it is known when.
struct EmergingHotspotTests {
    /// Monday, 5 January 2026, 00:00 in Berlin.
    private static let monday: Int64 = 1_767_567_600_000
    private static let lasting = (9.90, 53.39)
    private static let new = (9.93, 53.40)

    /// Twelve weeks: everywhere a little, at one place much in each week, at another in the last alone.
    private static func planted() -> PlantedContributions {
        var planted = PlantedContributions(seed: 7)
        // The first comes with the first moment of the first week, so that this is whole.
        planted.add(9.91, 53.391, at: monday)
        for week in 0..<12 {
            let start = monday + Int64(week * 7) * PlantedContributions.day
            planted.spread(20, around: 9.91, 53.39, width: 0.08, from: start, days: 6.9)
            planted.spread(15, around: lasting.0, lasting.1, width: 0.003, from: start, days: 6.9)
            if week == 11 { planted.spread(30, around: new.0, new.1, width: 0.003, from: start, days: 6.9) }
        }
        // The week after has begun, so the twelfth is whole.
        planted.add(9.91, 53.391, at: monday + 84 * PlantedContributions.day + 3_600_000)
        return planted
    }

    private static func question() -> HotspotQuestion {
        var question = HotspotQuestion(method: .emerging)
        question.cell = 400
        question.step = .week
        return question
    }

    /// The rates before and after the change are those of the counts in the steps on either side of it.
    @Test func tellsWhenTheNumberOfACellChanged() async throws {
        let city = try await Self.planted().city()
        let answer = try await city.installation.findHotspots(
            Self.question(), of: city.proceeding(), scope: city.anonymous)
        let starts = answer.series.first { $0.name == "from" }?.values.map(\.string) ?? []
        let ends = answer.series.first { $0.name == "until" }?.values.map(\.string) ?? []
        // One of the weeks is an hour shorter: clocks are put forward.
        let days = zip(starts, ends).map { start, end in
            Double((Timestamp.milliseconds(end ?? "") ?? 0) + 1 - (Timestamp.milliseconds(start ?? "") ?? 0))
                / 86_400_000
        }
        #expect(days.contains { $0 < 7 } && days.contains(7))
        var changed = 0
        for feature in answer.features {
            func value(_ name: String) -> JSONValue? { feature.properties.first { $0.name == name }?.value }
            let counts = value("counts")?.array?.compactMap(\.double) ?? []
            guard counts.reduce(0, +) > 0 else {
                #expect(value("changeFrom") == .null && value("changeP") == .null)
                continue
            }
            let step = try #require(starts.firstIndex(of: value("changeFrom")?.string))
            let (before, after) = (value("perDayBefore")?.double ?? -1, value("perDayAfter")?.double ?? -1)
            #expect(abs(before * days[..<step].reduce(0, +) - counts[..<step].reduce(0, +)) < 1e-3)
            #expect(abs(after * days[step...].reduce(0, +) - counts[step...].reduce(0, +)) < 1e-3)
            let (p, q) = (value("changeP")?.double ?? 2, value("changeQ")?.double ?? 2)
            #expect(p > 0 && p <= q && q <= 1)
            // Where much came in the last week alone, nobody can miss it.
            if let last = counts.last, last >= 20, counts.dropLast().reduce(0, +) < last {
                changed += 1
                #expect(step == counts.count - 1 && q <= 0.05)
            }
        }
        #expect(changed > 0)
    }

    private static func metres(_ place: (Double, Double)) throws -> Position {
        let transform = try CoordinateTransform(from: .wgs84, to: CoordinateReferenceSystem("EPSG:25832"))
        var (x, y) = ([place.0], [place.1])
        try transform.forward(&x, &y)
        return Position(x[0], y[0])
    }

    private func property(_ feature: HotspotAnswer.Feature?, _ name: String) -> JSONValue? {
        feature?.properties.first { $0.name == name }?.value
    }

    /// The cell whose middle is nearest to a place.
    private func cell(_ answer: HotspotAnswer, _ place: (Double, Double)) throws -> HotspotAnswer.Feature {
        let position = try Self.metres(place)
        func distance(_ feature: HotspotAnswer.Feature) -> Double {
            guard let center = feature.shape.shape.boundingBox?.center else { return .infinity }
            return (center.x - position.x) * (center.x - position.x) + (center.y - position.y) * (center.y - position.y)
        }
        return try #require(answer.features.min { distance($0) < distance($1) })
    }

    @Test func namesWhatLastsAndWhatIsNew() async throws {
        let city = try await Self.planted().city()
        let answer = try await city.installation.findHotspots(
            Self.question(), of: city.proceeding(), scope: city.anonymous)
        let lasting = try cell(answer, Self.lasting)
        let kinds = ["persistent hot", "intensifying hot", "diminishing hot"].map { JSONValue.string($0) }
        #expect(property(lasting, "pattern").map(kinds.contains) == true)
        #expect(property(lasting, "hotSteps") == .integer(12))
        let new = try cell(answer, Self.new)
        #expect(property(new, "pattern") == .string("new hot"))
        #expect(property(new, "bins")?.array?.last == .integer(1))
        #expect(answer.series.map(\.name) == ["from", "until", "contributions"])
        #expect(answer.series[0].values.first == .string("2026-01-04T23:00:00Z"))
        #expect(answer.series[0].values.count == 12)
    }

    @Test func tellsHowHotPatternsDependOnTheSizeOfTheCells() async throws {
        let city = try await Self.planted().city()
        var question = Self.question()
        let answer = try await city.installation.findHotspots(
            question, of: city.proceeding(), scope: city.anonymous)
        func column(_ name: String) -> [Double] {
            answer.scales.first { $0.name == name }?.values.compactMap(\.double) ?? []
        }
        #expect(zip(column("cell"), [200, 284, 400, 564, 800]).allSatisfy { abs($0 - $1) < 1e-9 })
        let shares = answer.features.map { property($0, "stability")?.double ?? -1 }
        #expect(shares.allSatisfy { (0...1).contains($0) })
        // Both are shares of the cells of the answer, of one size and of one cell.
        let mean = shares.reduce(0, +) / Double(shares.count)
        let hot = column("hotShare")
        #expect(hot.count == 5 && abs(hot.reduce(0, +) / 5 - mean) < 1e-9)
        let lasting = try cell(answer, Self.lasting)
        #expect(try #require(property(lasting, "stability")?.double) > mean)
        // Where steps are too few for a pattern, none can be stable.
        question.step = .month
        let few = try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.anonymous)
        #expect(few.scales.isEmpty && few.features.allSatisfy { property($0, "stability") == nil })
        #expect(few.analysis.parameters.first { $0.name == "sensitivity" }?.value == .text("false"))
    }

    @Test func tellsEveryParameterAndWhatWasLeftOut() async throws {
        let city = try await Self.planted().city()
        let answer = try await city.installation.findHotspots(
            Self.question(), of: city.proceeding(), scope: city.anonymous)
        let names = answer.analysis.parameters.map(\.name)
        for name in ["step", "timeZone", "cell", "grid", "neighbours", "previousSteps", "alpha", "trendAlpha"] {
            #expect(names.contains(name), "\(name)")
        }
        #expect(answer.analysis.leftOut.first { $0.reason == "incompleteStep" }?.count == 1)
        let counts = answer.features.compactMap { property($0, "counts")?.array }
        let total = counts.joined().reduce(0) { $0 + ($1.double ?? 0) }
        #expect(Int(total) == answer.analysis.used)
    }

    /// Most bins of such a cube are empty: by the normal law two contributions beside each other would be hot.
    @Test func whatIsSpreadEvenlyHasNoHotSpot() async throws {
        var planted = PlantedContributions(seed: 11)
        planted.spread(400, around: 9.91, 53.39, width: 0.08, from: Self.monday, days: 84)
        let city = try await planted.city()
        try await city.setArea(BoundingBox(minX: 9.87, minY: 53.366, maxX: 9.95, maxY: 53.414))
        let answer = try await city.installation.findHotspots(
            Self.question(), of: city.proceeding(), scope: city.anonymous)
        #expect(answer.analysis.parameters.first { $0.name == "inference" }?.value == .text("exact"))
        let hot = answer.features.flatMap { property($0, "bins")?.array ?? [] }.count { $0.double == 1 }
        #expect(hot == 0)
        #expect(answer.analysis.explanation?.english.contains("None of ") == true)
        var rough = Self.question()
        rough.baseline = .slice
        let slice = try await city.installation.findHotspots(rough, of: city.proceeding(), scope: city.anonymous)
        #expect(slice.analysis.warnings.contains { $0.contains("the normal law is rough here") })
        rough.inference = .exact
        let (asked, proceeding) = (rough, try await city.proceeding())
        let error = await #expect(throws: PlatformError.self) {
            try await city.installation.findHotspots(asked, of: proceeding, scope: city.anonymous)
        }
        #expect(error?.parameter == "inference")
    }

    @Test(arguments: [HotspotQuestion.Baseline.slice, .neighbourhood])
    func comparesWithTheStepOrTheStepsBefore(_ baseline: HotspotQuestion.Baseline) async throws {
        let city = try await Self.planted().city()
        var question = Self.question()
        question.baseline = baseline
        let answer = try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.anonymous)
        #expect(answer.analysis.parameters.first { $0.name == "baseline" }?.value == .text(baseline.rawValue))
        let cube = try await city.installation.findHotspots(
            Self.question(), of: city.proceeding(), scope: city.anonymous)
        #expect(answer.features.map { property($0, "counts") } == cube.features.map { property($0, "counts") })
        #expect(answer.features.map { property($0, "z") } != cube.features.map { property($0, "z") })
        let lasting = try Self.metres(Self.lasting)
        let cell = try #require(
            answer.features.first {
                $0.shape.shape.boundingBox.map {
                    abs($0.center.x - lasting.x) < 250 && abs($0.center.y - lasting.y) < 250
                } ?? false
            })
        #expect(try #require(property(cell, "hotSteps")?.double) >= 9)
    }

    @Test func choosesTheLongestStepThatMakesTen() async throws {
        let city = try await Self.planted().city()
        var question = Self.question()
        question.step = nil
        let answer = try await city.installation.findHotspots(
            question, of: city.proceeding(), scope: city.anonymous)
        let step = answer.analysis.parameters.first { $0.name == "step" }
        #expect(step?.value == .text("week") && step?.origin == .chosen && step?.rule != nil)
    }

    @Test func tellsOnlyTheTrendOfFewSteps() async throws {
        let city = try await Self.planted().city()
        var question = Self.question()
        question.step = .month
        let answer = try await city.installation.findHotspots(
            question, of: city.proceeding(), scope: city.anonymous)
        #expect(answer.features.allSatisfy { property($0, "pattern") == .null })
        #expect(answer.analysis.warnings.contains { $0.contains("too few for a pattern") })
        #expect(!answer.svg(language: "de").isEmpty)
    }

    @Test func aWholeStepLongerThanTheDataIsRefusedWithOneThatWorks() async throws {
        let city = try await Self.planted().city()
        var question = Self.question()
        question.step = .days(400)
        let (proceeding, asked) = (try await city.proceeding(), question)
        let error = await #expect(throws: PlatformError.self) {
            try await city.installation.findHotspots(asked, of: proceeding, scope: city.anonymous)
        }
        #expect(error?.code == .invalidInput)
        let hint = try #require(error?.hint?.firstMatch(of: /step=(\S+)/))
        question.step = TimeStep(String(hint.1))
        _ = try await city.installation.findHotspots(question, of: proceeding, scope: city.anonymous)
    }

    @Test func theOrderOfRowsHasNoSay() async throws {
        let planted = Self.planted()
        let (first, second) = (try await planted.city(), try await planted.reversed.city())
        let one = try await first.installation.findHotspots(
            Self.question(), of: first.proceeding(), scope: first.anonymous)
        let two = try await second.installation.findHotspots(
            Self.question(), of: second.proceeding(), scope: second.anonymous)
        #expect(try one.geoJSON() == two.geoJSON())
    }

    @Test func aScanInSpaceAndTimeFindsTheOutbreak() async throws {
        let city = try await Self.planted().city()
        var question = HotspotQuestion(method: .scan)
        question.model = .spaceTime
        question.cell = 400
        question.step = .week
        question.permutations = 99
        let answer = try await city.installation.findHotspots(
            question, of: city.proceeding(), scope: city.anonymous)
        let first = try #require(answer.features.first)
        #expect(property(first, "from") == .string("2026-03-22T23:00:00Z"))
        #expect(property(first, "steps") == .integer(1))
        #expect(property(first, "isSignificant") == .bool(true))
        let place = try Self.metres(Self.new)
        let center = try #require(first.shape.shape.boundingBox?.center)
        #expect(abs(center.x - place.x) < 500 && abs(center.y - place.y) < 500)
    }
}
