import ArgumentParser
import Platform
import Storage

/// Which contributions are meant.
struct FilterOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Only inside this box in degrees.", valueName: "west,south,east,north"))
    var bbox: BoxArgument?

    @Option(help: "Only of this category; may be repeated.")
    var category: [String] = []

    @Option(help: "Only with these words, or words that begin so.")
    var query: String?

    @Option(help: ArgumentHelp("Only made at or after.", valueName: "date"))
    var since: Instant?

    @Option(help: ArgumentHelp("Only made before.", valueName: "date"))
    var until: Instant?

    /// The filter of the store.
    var filter: ContributionFilter {
        var filter = ContributionFilter()
        if let bbox { filter.boxes = [bbox.box] }
        filter.categories = category
        filter.words = query
        filter.from = since?.milliseconds
        filter.until = until.map { $0.milliseconds - 1 }
        return filter
    }
}
