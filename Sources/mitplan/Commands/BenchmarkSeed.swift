import ArgumentParser
import Foundation
import GeoCore
import Participation
import Platform
import Storage

/// Fills a proceeding with contributions, comments and votes that are the same on every run.
struct BenchmarkSeed: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seed", abstract: "Make a proceeding with seeded contributions.", shouldDisplay: false)

    @Option(parsing: .unconditional, help: "Number of contributions.")
    var count = 100_000

    @Option(parsing: .unconditional, help: "Number of comments on them.")
    var comments = 0

    @Option(parsing: .unconditional, help: "Number of votes on contributions and comments.")
    var votes = 0

    @Option(help: "Identifier of the proceeding; made when it is not there.")
    var proceeding = "benchmark"

    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions

    func validate() throws {
        guard (1...20_000_000).contains(count) else { throw ValidationError("--count must lie between 1 and 20000000") }
        guard (0...20_000_000).contains(comments), (0...20_000_000).contains(votes) else {
            throw ValidationError("--comments and --votes must lie between 0 and 20000000")
        }
    }

    func run() async throws {
        let path = data.directory.path + "/seed-\(UUID().uuidString.prefix(8)).geojson"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let start = ContinuousClock.now
        let report = try await Session.with(data) { session in
            try await makeProceeding(session)
            let (target, scope) = try await session.target(proceeding, tenant)
            try write(to: path)
            var options = ContributionImportOptions()
            options.source = "seed"
            let progress = ProgressBar("seed", isQuiet: data.quiet)
            defer { progress.finish() }
            let report = try await session.installation.importContributions(
                path: path, fileName: "seed.geojson", options: options, to: target, scope: scope
            ) { progress.update(rows: $0.rows, fraction: comments + votes > 0 ? nil : $0.fraction) }
            if comments + votes > 0 {
                try await SeededParticipation(session: session, proceeding: target, scope: scope).write(
                    comments: comments, votes: votes
                ) { progress.update(rows: count + $0, fraction: Double($0) / Double(comments + votes)) }
            }
            return report
        }
        if !data.quiet {
            let seconds = NumberText.decimal(ProgressBar.seconds(.now - start), decimals: 1)
            Console.out("\(NumberText.grouped(report.imported)) contributions in \(proceeding) after \(seconds) s")
        }
    }

    private func makeProceeding(_ session: Session) async throws {
        let scope = try await session.scope(tenant)
        guard try await !session.installation.proceedings(scope: scope).items.contains(where: { $0.id == proceeding })
        else {
            return
        }
        let text = """
            {"id": \(JSONDocument.quoted(proceeding)), "name": "Benchmark",
             "categories": [{"id": "a", "name": "a"}, {"id": "b", "name": "b"}, {"id": "c", "name": "c"}],
             "area": {"type": "Polygon", "coordinates": [[[9.7, 53.4], [10.16, 53.4], [10.16, 53.68], [9.7, 53.68],
              [9.7, 53.4]]]}}
            """
        _ = try await session.installation.createProceeding(
            try ProceedingDocument(json: Array(text.utf8), tenant: scope.tenant), scope: scope)
    }

    /// A GeoJSON file of the points, laid on the plane around 53.4° N so that 30 km fit into the area.
    private func write(to path: String) throws {
        var places = SeededPlaces(seed: 2)
        let points = places.points(count)
        let file = try ResultFile(path: path)
        var buffer: [UInt8] = Array(#"{"type": "FeatureCollection", "features": ["#.utf8)
        for row in 0..<points.count {
            let longitude = 9.7 + points.x[row] / 66_370
            let latitude = 53.4 + points.y[row] / 111_320
            let category = ["a", "b", "c"][row % 3]
            let text = """
                \(row > 0 ? "," : "")
                {"type": "Feature", "id": \(row + 1), "geometry": {"type": "Point", \
                "coordinates": [\(longitude), \(latitude)]}, "properties": {"id": \(row + 1), \
                "title": "Contribution \(row + 1)", "text": "What is said at place \(row + 1) of the benchmark.", \
                "category": "\(category)", "created": "2026-05-\(10 + row % 20)T12:00:00Z"}}
                """
            buffer += Array(text.utf8)
            if buffer.count > 1 << 16 {
                try file.write(buffer)
                buffer.removeAll(keepingCapacity: true)
            }
        }
        buffer += Array("]}\n".utf8)
        try file.write(buffer)
        try file.finish()
    }
}
