import ArgumentParser

/// Measures of the engine, for developers.
struct Benchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure the engine on seeded data.",
        shouldDisplay: false,
        subcommands: [BenchmarkAnalysis.self, BenchmarkColumns.self, BenchmarkMethod.self, BenchmarkSeed.self])
}
