import ArgumentParser
import Platform

/// The cells that an analysis counts in.
struct CellOptions: ParsableArguments {
    @Option(help: "Shape of the cells.")
    var grid: HotspotQuestion.CellShape?

    @Option(help: "Which way hexagons stand: edges at top and bottom, or corners.")
    var orientation: CellLayout.Orientation?

    @Option(parsing: .unconditional, help: ArgumentHelp("Width of a cell.", valueName: "metres"))
    var cell: Double?

    /// The value for a question.
    var layout: CellLayout {
        var layout = CellLayout()
        layout.shape = grid ?? layout.shape
        layout.orientation = orientation
        layout.width = cell
        return layout
    }

    /// The parameters with whether they were given.
    var given: [(name: String, isGiven: Bool)] {
        [("grid", grid != nil), ("orientation", orientation != nil), ("cell", cell != nil)]
    }
}
