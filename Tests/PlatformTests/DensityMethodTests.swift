import GeoCore
import PROJCoordinates
import Participation
import Platform
import Storage
import Testing

/// Kernels, bandwidths, borders, relative risk and OPTICS.
struct DensityMethodTests {
    private func find(_ question: HotspotQuestion, _ city: TestCity) async throws -> HotspotAnswer {
        try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.anonymous)
    }

    private func number(_ answer: HotspotAnswer, _ name: String) -> Double? {
        guard case .number(let number)? = answer.analysis.parameters.first(where: { $0.name == name })?.value else {
            return nil
        }
        return number
    }

    private func kde(_ change: (inout HotspotQuestion) -> Void) -> HotspotQuestion {
        var question = HotspotQuestion(method: .kde)
        question.cell = 200
        question.edge = HotspotQuestion.Edge.none
        change(&question)
        return question
    }

    /// The sum over cells of density times area: how many contributions the surface holds.
    private func volume(_ answer: HotspotAnswer) -> Double {
        answer.features.reduce(0) { $0 + ($1.value ?? 0) * 0.04 }
    }

    @Test(arguments: [true, false])
    func aDensityThatWouldTakeTooLongIsRefusedBeforeItRuns(isAdaptive: Bool) async throws {
        let city = try await TestCity.withContributions.value
        let proceeding = try await city.proceeding()
        let box = try #require(proceeding.area?.boundingBox)
        // About 900,000 cells, and kernels that reach all of them.
        let cell = (box.width * 66_000 * box.height * 111_000 / 900_000).squareRoot()
        let asked = kde {
            ($0.cell, $0.bandwidth, $0.surface) = (cell, 100_000, .isolines)
            ($0.kernel, $0.isAdaptive) = (isAdaptive ? .gaussian : .uniform, isAdaptive)
            $0.levels = [50]
        }
        let error = await #expect(throws: PlatformError.self) {
            try await city.installation.findHotspots(asked, of: proceeding, scope: city.anonymous)
        }
        #expect(error?.code == .invalidInput)
        #expect(error?.detail.contains("million pairs of contribution and cell") == true)
        #expect(error?.hint?.contains("makes few enough") == true)
    }

    @Test func everyKernelOfTheSameDeviationHoldsTheContributions() async throws {
        let city = try await PatternTests.grouped().city()
        for kernel in HotspotQuestion.Kernel.allCases {
            let answer = try await find(
                kde {
                    $0.kernel = kernel
                    $0.deviation = 200
                }, city)
            #expect(number(answer, "deviation") == 200)
            #expect(abs(volume(answer) - 100) < 3, "\(kernel): \(volume(answer))")
        }
    }

    @Test(arguments: [HotspotQuestion.Method.kde, .relativeRisk])
    func aKernelNarrowerThanACellIsRefusedWithOneThatIsNot(_ method: HotspotQuestion.Method) async throws {
        let city = try await TestCity.withContributions.value
        var question = HotspotQuestion(method: method)
        (question.bandwidth, question.cell, question.sensitivity) = (1, 100, method == .kde ? false : nil)
        let narrow = question
        let error = await #expect(throws: PlatformError.self) { try await find(narrow, city) }
        #expect(error?.parameter == "bandwidth")
        let hint = try #require(error?.hint?.firstMatch(of: /bandwidth=([0-9]+) can be done/))
        question.bandwidth = Double(hint.1)
        let seen = try await find(question, city)
        #expect(!seen.features.isEmpty && !seen.analysis.warnings.contains { $0.contains("less than two cells") })
        question.bandwidth = (Double(hint.1) ?? 0) * 0.7
        #expect(try await find(question, city).analysis.warnings.contains { $0.contains("less than two cells") })
    }

    @Test func levelsOfCellsAreToldAsNotUsed() async throws {
        let city = try await TestCity.withContributions.value
        let answer = try await find(
            kde {
                $0.levels = [50]
                $0.sensitivity = false
            }, city)
        let told = answer.analysis.parameters.first { $0.name == "levels" }
        #expect(told?.origin == .given && told?.rule?.hasPrefix("not used") == true)
    }

    @Test(arguments: HotspotQuestion.Rule.allCases)
    func everyRuleFindsABandwidthAndSaysSo(_ rule: HotspotQuestion.Rule) async throws {
        let city = try await PatternTests.grouped().city()
        let answer = try await find(
            kde {
                $0.kernel = .gaussian
                $0.rule = rule
            }, city)
        #expect(answer.analysis.parameters.first { $0.name == "rule" }?.value == .text(rule.rawValue))
        #expect(try #require(number(answer, "bandwidth")) > 100)
    }

    @Test func bordersAreCorrectedInTwoWays() async throws {
        let city = try await PatternTests.regular().city()
        var held: [HotspotQuestion.Edge: Double] = [:]
        for edge in HotspotQuestion.Edge.allCases {
            let answer = try await find(
                kde {
                    $0.edge = edge
                    $0.deviation = 800
                    $0.cell = 400
                }, city)
            held[edge] = answer.features.reduce(0) { $0 + ($1.value ?? 0) * 0.16 }
        }
        let (none, jones) = (try #require(held[HotspotQuestion.Edge.none]), try #require(held[.jonesDiggle]))
        // Jones's correction keeps the total, but for cells cut by the border.
        #expect(abs(jones - 100) < 5)
        #expect(none < jones)
        let refused = kde {
            $0.edge = .uniform
            $0.kernel = .triangular
        }
        await #expect(throws: PlatformError.self) { try await find(refused, city) }
    }

    @Test func anAdaptiveDensityIsSharperWhereThereAreMany() async throws {
        let city = try await PatternTests.grouped().city()
        let fixed = try await find(kde { $0.deviation = 300 }, city)
        let adaptive = try await find(
            kde {
                $0.deviation = 300
                $0.isAdaptive = true
            }, city)
        let summary = adaptive.analysis.summary
        #expect(summary.contains { $0.name == "smallestBandwidth" })
        #expect(adaptive.analysis.reference.contains("Abramson"))
        #expect(abs(volume(adaptive) - volume(fixed)) < 5)
    }

    @Test func isolinesHoldTheSharesAskedFor() async throws {
        let city = try await PatternTests.grouped().city()
        let answer = try await find(
            kde {
                $0.surface = .isolines
                $0.levels = [30, 80]
                $0.cell = 50
            }, city)
        #expect(answer.features.map(\.id) == ["80", "30"])
        #expect(String(decoding: answer.svg(language: "en"), as: UTF8.self).contains("30 %"))
    }

    @Test func aCategoryIsDenserWhereItWasPlanted() async throws {
        var planted = PatternTests.regular()
        for _ in 0..<30 {
            planted.spread(
                1, around: 9.93, 53.395, width: 0.006, from: 1_777_593_600_000, days: 3, category: "Radverkehr")
        }
        let city = try await planted.city()
        var question = HotspotQuestion(method: .relativeRisk)
        question.focus = "radverkehr"
        question.surface = .isolines
        question.bandwidth = 400
        let answer = try await find(question, city)
        let higher = try #require(answer.features.first { $0.id == "higher" })
        let transform = try CoordinateTransform(from: .wgs84, to: CoordinateReferenceSystem("EPSG:25832"))
        var (x, y) = ([9.93], [53.395])
        try transform.forward(&x, &y)
        #expect(higher.shape.shape.boundingBox?.contains(x: x[0], y: y[0]) == true)
        question.surface = .cells
        question.permutations = 99
        let cells = try await find(question, city)
        let peak = try #require(
            cells.features.max {
                ($0.properties.first?.value.double ?? 0, $0.id) < ($1.properties.first?.value.double ?? 0, $1.id)
            })
        #expect(peak.properties.contains { $0.name == "p" && $0.value == .number(0.01) })
        #expect((peak.value ?? 0) > 0)
    }

    @Test func opticsOrdersTheGroupsOneAfterTheOther() async throws {
        let city = try await PatternTests.grouped().city()
        var question = HotspotQuestion(method: .optics)
        question.reach = 250
        let answer = try await find(question, city)
        #expect(answer.features.count == 4)
        #expect(answer.series.map(\.name) == ["contribution", "reachability", "coreDistance", "cluster"])
        // Between groups the reachability is far; there are three such steps, and the start.
        let reach = answer.series[1].values.map { $0.double ?? .infinity }
        #expect(reach.count { $0 > 500 } == 4)
        let lines = String(decoding: try answer.csv(), as: UTF8.self).split(separator: "\r\n")
        #expect(lines.first == "contribution,reachability,coreDistance,cluster" && lines.count == 101)
        var same = HotspotQuestion(method: .dbscan)
        same.reach = 250
        let clusters = try await find(same, city)
        #expect(clusters.features.map(\.value) == answer.features.map(\.value))
    }
}
