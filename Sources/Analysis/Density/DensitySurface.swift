/// A kernel density on a raster, with the parameters it was made with.
public struct DensitySurface: Sendable, Equatable {
    /// Where the values lie: at the centres of its cells, row 0 in the south.
    public let raster: Raster
    /// Weight per square metre at each cell centre; `nil` values do not occur, cells outside a window are 0.
    public internal(set) var values: [Double]
    /// Kernel used.
    public let kernel: Kernel
    /// Bandwidth in metres: standard deviation of the Gaussian, radius of the others.
    public let bandwidth: Double
    /// How the border of the study area was treated.
    public internal(set) var edgeCorrection: EdgeCorrection

    /// Makes a surface from values.
    ///
    /// - Precondition: one value a cell.
    public init(
        raster: Raster, values: [Double], kernel: Kernel, bandwidth: Double, edgeCorrection: EdgeCorrection = .none
    ) {
        precondition(values.count == raster.count)
        (self.raster, self.values, self.kernel, self.bandwidth) = (raster, values, kernel, bandwidth)
        self.edgeCorrection = edgeCorrection
    }

    /// The largest value; 0 for an empty surface.
    public var maximum: Double { values.reduce(0) { max($0, $1) } }
}

/// How the part of a kernel that lies outside the study area is treated.
public enum EdgeCorrection: String, Sendable, Hashable {
    /// Not at all: densities near the border are too low.
    case none
    /// The density is divided by the kernel's mass inside the area (Diggle 1985, doi:10.2307/2347366).
    case uniform
    /// Each point's weight is divided by its kernel's mass inside, which keeps the total (Jones 1993).
    case jonesDiggle = "jones_diggle"
}
