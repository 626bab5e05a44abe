import ArgumentParser
import GeoCore
import Participation
import Platform
import Storage

/// What one new contribution costs where columns are kept in memory, beside reading them anew in the same run.
struct BenchmarkColumns: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "columns", abstract: "Hotspots after one new contribution.", shouldDisplay: false)

    @Option(help: "Identifier of the proceeding, as made by benchmark seed.")
    var proceeding = "benchmark"

    @Option(parsing: .unconditional, help: "New contributions; the median counts.")
    var writes = 21

    @Option(parsing: .unconditional, help: "Width of a cell in metres.")
    var cell = 250.0

    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions

    func validate() throws {
        guard (1...1000).contains(writes) else { throw ValidationError("--writes must lie between 1 and 1000") }
    }

    func run() async throws {
        let data = data
        try await Session.with(data) { session in
            let (target, scope) = try await session.target(proceeding, tenant)
            var question = HotspotQuestion(method: .grid)
            question.cell = cell
            let asked = question
            let installation = session.installation
            var count = 0
            let full = try await seconds { count = try await installation.prepareColumns(of: target, scope: scope) }
            let first = try await seconds {
                _ = try await installation.findHotspots(asked, of: target, scope: scope).geoJSON()
            }
            var (updates, questions): ([Double], [Double]) = ([], [])
            for number in 0..<writes {
                try await submit(number, to: target, scope, installation)
                let now = try await session.target(proceeding, tenant).0
                updates.append(
                    try await seconds { _ = try await installation.prepareColumns(of: now, scope: scope) })
                try await submit(writes + number, to: target, scope, installation)
                let later = try await session.target(proceeding, tenant).0
                questions.append(
                    try await seconds {
                        _ = try await installation.findHotspots(asked, of: later, scope: scope).geoJSON()
                    })
            }
            let update = Self.median(updates)
            Console.out("contributions            \(NumberText.grouped(count))")
            Console.out("columns read anew        \(Self.text(full))")
            Console.out("first question after     \(Self.text(first))")
            Console.out("update by one            \(Self.text(update)), \(Int((full / update).rounded())) times faster")
            Console.out("question after one more  \(Self.text(Self.median(questions)))")
        }
    }

    private func submit(
        _ number: Int, to target: Proceeding, _ scope: Scope, _ installation: Installation
    ) async throws {
        let draft = NewContribution(
            title: "Contribution \(number)", text: "What is said in benchmark \(number).", category: "a",
            geometry: .point(Position(9.9 + Double(number) * 0.001, 53.5)))
        _ = try await installation.submitContribution(draft, to: target, scope: scope)
    }

    private func seconds(_ work: () async throws -> Void) async throws -> Double {
        let start = ContinuousClock.now
        try await work()
        return ProgressBar.seconds(.now - start)
    }

    private static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

    private static func text(_ seconds: Double) -> String { NumberText.decimal(seconds * 1000, decimals: 2) + " ms" }
}
