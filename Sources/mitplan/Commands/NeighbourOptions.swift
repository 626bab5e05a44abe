import ArgumentParser
import Platform

/// Which cells are neighbours.
struct NeighbourOptions: ParsableArguments {
    @Option(help: "By what cells are neighbours, in gi, moran, geary, general-g and join-counts.")
    var weights: Neighbourhood.Rule?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Rings of cells that are neighbours, in emerging and auto too.", valueName: "rings"))
    var neighbours: Int?

    @Option(
        parsing: .unconditional, help: ArgumentHelp("Distance within which cells are neighbours.", valueName: "metres"))
    var distance: Double?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Nearest cells, or contributions of colocation and colocation-local, that are neighbours.",
            valueName: "number"))
    var nearest: Int?

    /// The value for a question.
    var neighbourhood: Neighbourhood {
        var neighbourhood = Neighbourhood()
        neighbourhood.rule = weights ?? .rings
        neighbourhood.rings = neighbours
        neighbourhood.distance = distance
        neighbourhood.nearest = nearest
        return neighbourhood
    }

    /// The parameters with whether they were given.
    var given: [(name: String, isGiven: Bool)] {
        [
            ("weights", weights != nil), ("neighbours", neighbours != nil), ("distance", distance != nil),
            ("nearest", nearest != nil),
        ]
    }
}

extension [AnalysisParameter] {
    /// Refuses options that only other methods have, as the server does.
    func refuseForeign(_ given: [(name: String, isGiven: Bool)], to method: String) throws {
        let own = of(method).map(\.name)
        for (name, isGiven) in given where isGiven && !own.contains(name) {
            let names = own.sorted().map(CommandFailure.optionName).joined(separator: ", ")
            throw CommandFailure.usage(
                "\(method) has no \(CommandFailure.optionName(name))",
                hint: own.isEmpty ? "it has no options of its own" : "it has \(names)")
        }
    }
}
