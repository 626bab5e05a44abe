/// What cells an analysis counts in.
public struct CellLayout: Sendable, Hashable {
    /// Which way hexagons stand.
    public enum Orientation: String, Sendable, Hashable, CaseIterable {
        /// Edges at top and bottom.
        case flat
        /// Corners at top and bottom.
        case pointy
    }

    /// Shape of the cells.
    public var shape: HotspotQuestion.CellShape = .hex
    /// Which way hexagons stand; flat when `nil`.
    public var orientation: Orientation?
    /// Width of a cell in metres, flat to flat; chosen from the data when `nil`.
    public var width: Double?
    /// The length of an edge in metres, or the area in square metres, that ``width`` was computed from.
    public private(set) var size: Size?

    /// The size of a cell by another measure than its width.
    public enum Size: Sendable, Hashable {
        case edge(Double)
        case area(Double)
    }

    /// Hexagons of a width that the data give.
    public init() {}

    /// Gives cells a size: by their width, the length of an edge or their area, in metres and square metres.
    ///
    /// Hexagons of edge s are √3 s wide and (3√3/2) s² large. The shape must be known before. Source: Birch, Oom & Beecham
    /// 2007.
    ///
    /// - Throws: ``PlatformError`` of kind `badRequest` where more than one is given.
    public mutating func setSize(width: Double?, edge: Double?, area: Double?) throws {
        let given = [("cell", width), ("cellEdge", edge), ("cellArea", area)].filter { $0.1 != nil }.map(\.0)
        guard given.count <= 1 else {
            throw PlatformError(
                .badRequest, "\(given.joined(separator: " and ")) exclude each other", parameter: given[1],
                hint: "leave all but one out")
        }
        let root3 = 3.0.squareRoot()
        (self.width, size) = (width, nil)
        if let edge { (self.width, size) = (shape == .hex ? edge * root3 : edge, .edge(edge)) }
        if let area { (self.width, size) = ((shape == .hex ? area * 2 / root3 : area).squareRoot(), .area(area)) }
    }

    /// The parameters, of methods that count in cells.
    ///
    /// - Parameter sized: methods whose cells have a width; those that `methods` names when `nil`.
    static func parameters<Method: RawRepresentable<String>>(
        of methods: [Method], sized: [Method]? = nil
    ) -> [AnalysisParameter] {
        [
            .init(
                "grid", HotspotQuestion.words(HotspotQuestion.CellShape.self), of: methods,
                "Shape of the cells; inspire are the squares of the European grid of the census, with their names."),
            .init(
                "orientation", HotspotQuestion.words(Orientation.self), of: methods,
                "Which way hexagons stand: with edges at top and bottom (flat, the default), or with corners (pointy)."),
            .init(
                "cell", .number(0.001...100_000, unit: "m", example: 250), of: sized ?? methods,
                "Width of a cell, flat to flat; chosen from the data where no size is given."),
            .init(
                "cellEdge", .number(0.001...50_000, unit: "m", example: 150), of: methods,
                "Length of an edge of a cell, in place of its width."),
            .init(
                "cellArea", .number(0.000_001...5e9, unit: "m²", example: 50_000), of: methods,
                "Area of a cell, in place of its width."),
        ]
    }

    /// The numbers given, by the names of their parameters.
    var numbers: [(name: String, value: Double?)] {
        switch size {
        case .edge(let edge): [("cellEdge", edge)]
        case .area(let area): [("cellArea", area)]
        case nil: [("cell", width)]
        }
    }

    /// Refuses what cells of the shape cannot have.
    ///
    /// - Throws: ``PlatformError`` of kind `badRequest`.
    func validate() throws {
        try shape.validate(cell: width)
        guard orientation != nil, shape != .hex else { return }
        throw PlatformError(
            .badRequest, "orientation belongs to grid=hex, not \(shape.rawValue)", parameter: "orientation",
            hint: "leave orientation out")
    }
}
