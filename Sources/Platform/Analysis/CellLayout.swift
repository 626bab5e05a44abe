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

    /// Hexagons of a width that the data give.
    public init() {}

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
                "Width of a cell; chosen from the data where it is not given."),
        ]
    }

    /// Refuses what cells of the shape cannot have.
    ///
    /// - Throws: ``PlatformError`` of kind `badRequest`.
    func validate() throws {
        try shape.validate(cell: width)
        guard orientation != nil, shape != .hex else { return }
        throw PlatformError(
            .badRequest, "orientation belongs to grid=hex, not \(shape.rawValue)", hint: "leave orientation out")
    }
}
