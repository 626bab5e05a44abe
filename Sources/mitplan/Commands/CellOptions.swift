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

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Length of an edge of a cell, in place of its width.", valueName: "metres"))
    var cellEdge: Double?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Area of a cell, in place of its width.", valueName: "square metres"))
    var cellArea: Double?

    /// The value for a question.
    ///
    /// - Throws: ``PlatformError`` of kind `badRequest` where the size is given more than once.
    func layout() throws -> CellLayout {
        var layout = CellLayout()
        layout.shape = grid ?? layout.shape
        layout.orientation = orientation
        try layout.setSize(width: cell, edge: cellEdge, area: cellArea)
        return layout
    }

    /// The parameters with whether they were given.
    var given: [(name: String, isGiven: Bool)] {
        [
            ("grid", grid != nil), ("orientation", orientation != nil), ("cell", cell != nil),
            ("cellEdge", cellEdge != nil), ("cellArea", cellArea != nil),
        ]
    }
}
