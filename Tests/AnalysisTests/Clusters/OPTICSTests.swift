import Analysis
import GeoCore
import TestSupport
import Testing

struct OPTICSTests {
    @Test func coresOfACutAreThoseOfDBSCAN() async throws {
        var random = SeededGenerator(seed: 31)
        var points = Points()
        for index in 0..<300 {
            points.append(
                x: Double(index % 3) * 40 + Double.random(in: 0...12, using: &random).rounded(),
                y: Double.random(in: 0...12, using: &random).rounded())
        }
        let labels = try await optics(points, minimum: 5, maximumRadius: 20).labels(radius: 2)
        let clusters = try dbscan(points, radius: 2, minimum: 5)
        var names: [Int32: Int32] = [:]
        for index in 0..<points.count where clusters.isCore[index] {
            #expect(names[clusters.labels[index], default: labels[index]] == labels[index])
            names[clusters.labels[index]] = labels[index]
        }
        #expect(Set(names.values).count == clusters.count)
    }

    @Test func survivesFewAndEqualPoints() async throws {
        #expect(try await optics(Points(), minimum: 3).ordering == [])
        let few = try await optics(Points(x: [1, 2], y: [1, 1]), minimum: 3)
        #expect(few.ordering == [0, 1])
        #expect(few.coreDistances.allSatisfy { $0 == .infinity })
        let same = try await optics(
            Points(x: Array(repeating: 7, count: 90), y: Array(repeating: 8, count: 90)), minimum: 3)
        #expect(same.ordering == (0..<90).map { Int32($0) })
        #expect(same.reachability.dropFirst().allSatisfy { $0 == 0 })
    }

    @Test func refusesBadParameters() async throws {
        let points = Points(x: [1, 2], y: [1, 2])
        await #expect(throws: AnalysisError.self) { try await optics(points, minimum: 0) }
        await #expect(throws: AnalysisError.self) { try await optics(points, minimum: 2, maximumRadius: 0) }
        let made = try await optics(points, minimum: 2, maximumRadius: 5)
        #expect(throws: AnalysisError.self) { try made.labels(radius: 6) }
    }
}
