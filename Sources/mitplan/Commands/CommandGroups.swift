import ArgumentParser

/// The subcommands as `mitplan --help` shows them.
let commandGroups: [CommandGroup] = [
    CommandGroup(name: "Measurement", subcommands: [Benchmark.self])
]
