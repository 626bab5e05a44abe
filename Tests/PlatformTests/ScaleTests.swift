import GeoCore
import Platform
import Storage
import Testing

/// How answers depend on the scale.
struct ScaleTests {
    private func find(
        _ method: HotspotQuestion.Method, _ city: TestCity, _ change: (inout HotspotQuestion) -> Void = { _ in }
    ) async throws -> HotspotAnswer {
        var question = HotspotQuestion(method: method)
        change(&question)
        return try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.anonymous)
    }

    /// A column of the table of scales.
    private func column(_ name: String, of answer: HotspotAnswer) -> [Double?] {
        let table = answer.scales.isEmpty ? answer.series : answer.scales
        return table.first { $0.name == name }?.values.map(\.double) ?? []
    }

    private func figure(_ name: String, of answer: HotspotAnswer) -> Double? {
        guard case .number(let value)? = answer.analysis.summary.first(where: { $0.name == name })?.value else {
            return nil
        }
        return value
    }

    /// Where nothing is asked the question itself is answered, and each row of the table is what is answered at its scale.
    @Test(arguments: [HotspotQuestion.Method.dbscan, .optics, .hdbscan])
    func eachScaleOfClustersTellsWhatTheAnswerAtItTells(_ method: HotspotQuestion.Method) async throws {
        let city = try await TestCity.withContributions.value
        let isOfSizes = method == .hdbscan
        let answer = try await find(method, city) { question in
            if isOfSizes { (question.minPoints, question.minSamples) = (10, 5) } else { question.reach = 200 }
        }
        let sizes = column(isOfSizes ? "minPoints" : "eps", of: answer).compactMap { $0 }
        #expect(sizes == (isOfSizes ? [5, 7, 10, 14, 20] : [100, 142, 200, 282, 400]))
        let (shares, counts) = (column("hotShare", of: answer), column("clusters", of: answer))
        for (row, size) in sizes.enumerated() {
            let alone = try await find(method, city) { question in
                question.sensitivity = false
                if isOfSizes {
                    (question.minPoints, question.minSamples) = (Int(size), 5)
                } else {
                    question.reach = size
                }
            }
            #expect(counts[row] == Double(alone.features.count), "\(size)")
            let apart = try #require(figure("noise", of: alone))
            let share = try #require(shares[row])
            #expect(abs(share - (1 - apart / Double(alone.analysis.used))) < 1e-12, "\(size)")
            #expect(alone.scales.isEmpty && alone.features.allSatisfy { $0.told("stability") == nil })
        }
        // Members of a cluster are in one in the run that is the answer itself.
        #expect(!answer.features.isEmpty)
        #expect(answer.features.allSatisfy { (0.2...1).contains($0.told("stability")?.double ?? -1) })
        #expect(answer.analysis.parameters.first { $0.name == "sensitivity" }?.value == .text("true"))
        #expect(figure("sensitivityRuns", of: answer) == 5 && figure("leastJaccard", of: answer) != nil)
    }

    @Test(arguments: [HotspotQuestion.Method.geary, .locationQuotient])
    func whatIsSignificantIsSoOnOtherCellsMoreOftenThanTheRest(_ method: HotspotQuestion.Method) async throws {
        let city = try await TestCity.withContributions.value
        let answer = try await find(method, city) { $0.cell = 400 }
        func mean(_ isWanted: (Double) -> Bool) throws -> Double {
            let features = answer.features.filter { $0.told("q")?.double.map(isWanted) ?? false }
            try #require(!features.isEmpty)
            return features.reduce(0) { $0 + ($1.told("stability")?.double ?? 0) } / Double(features.count)
        }
        #expect(try mean { $0 <= 0.05 } > mean { $0 > 0.05 })
        #expect(figure("sensitivityRuns", of: answer) == 15)
    }

    @Test func eachBandwidthOfARelativeRiskTellsHowMuchIsDenserAtIt() async throws {
        let city = try await TestCity.withContributions.value
        let answer = try await find(.relativeRisk, city) { question in
            (question.focus, question.cell, question.sensitivity) = ("radverkehr", 400, true)
        }
        let bandwidths = column("bandwidth", of: answer).compactMap { $0 }
        let own = try #require(bandwidths.count == 5 ? bandwidths[2] : nil)
        #expect(zip(bandwidths, [0.5, 0.71, 1, 1.41, 2]).allSatisfy { abs($0 / own - $1) < 1e-12 })
        var cells: [Double] = []
        for (bandwidth, share) in zip(bandwidths, column("hotShare", of: answer)) {
            let alone = try await find(.relativeRisk, city) { question in
                (question.focus, question.cell, question.sensitivity) = ("radverkehr", 400, false)
                question.bandwidth = bandwidth
            }
            #expect(alone.series.isEmpty && alone.features.allSatisfy { $0.told("stability") == nil })
            let (higher, share) = (try #require(figure("higherCells", of: alone)), try #require(share))
            #expect((higher == 0) == (share == 0))
            if share > 0 { cells.append(higher / share) }
        }
        // They are shares of the cells of one raster.
        let first = try #require(cells.first)
        #expect(cells.allSatisfy { abs($0 / first - 1) < 1e-9 })
        for feature in answer.features {
            let stability = try #require(feature.told("stability")?.double)
            if let p = feature.told("p")?.double, p <= 0.05 { #expect(stability >= 0.2) }
        }
    }

    @Test func sizesThatRoundToTheSameAreTriedOnce() async throws {
        let city = try await TestCity.withContributions.value
        let answer = try await find(.hdbscan, city) { $0.minPoints = 2 }
        #expect(column("minPoints", of: answer) == [2, 3, 4] && figure("sensitivityRuns", of: answer) == 3)
    }

    @Test func theScalesOfAnOrderStandBesideIt() async throws {
        let city = try await PatternTests.grouped().city()
        let answer = try await find(.optics, city) { $0.reach = 250 }
        #expect(answer.series.first?.name == "contribution" && answer.series.first?.values.count == 100)
        let analysis = try JSONValue.parse(answer.geoJSON(), limits: .importing)["analysis"]
        #expect(analysis?["scales"]?.array?.first?["name"] == .string("eps"))
        #expect(analysis?["scales"]?.array?.allSatisfy { $0["values"]?.array?.count == 5 } == true)
    }
}
