/// A cell of the European grid of the census: named by its lower-left corner in EPSG:3035.
///
/// Source: INSPIRE Data Specification on Geographical Grid Systems, D2.8.I.2, section 4.2; identifiers as the German
/// census of 2022 writes them.
public struct INSPIREGridCell: Sendable, Hashable {
    /// Edge lengths that have names.
    public enum Size: Int, Sendable, Hashable, CaseIterable {
        case hundredMetres = 100
        case kilometre = 1000
        case tenKilometres = 10_000

        var shortName: String {
            switch self {
            case .hundredMetres: "100m"
            case .kilometre: "1km"
            case .tenKilometres: "10km"
            }
        }
    }

    /// Edge length.
    public let size: Size
    /// Easting of the lower-left corner in metres, EPSG:3035.
    public let easting: Int
    /// Northing of the lower-left corner in metres, EPSG:3035.
    public let northing: Int

    /// The cell that holds a place in metres of EPSG:3035; lower and left edges belong to it.
    ///
    /// `nil` for numbers that are negative, not finite or beyond ten million metres: the grid ends there.
    public init?(easting: Double, northing: Double, size: Size) {
        guard (0..<10_000_000).contains(easting), (0..<10_000_000).contains(northing) else { return nil }
        let edge = Double(size.rawValue)
        guard let column = Int(exactly: (easting / edge).rounded(.down)),
            let row = Int(exactly: (northing / edge).rounded(.down))
        else { return nil }
        self.size = size
        self.easting = column * size.rawValue
        self.northing = row * size.rawValue
    }

    /// Full name, as `CRS3035RES100mN2684300E4334200`.
    public var identifier: String { "CRS3035RES\(size.rawValue)mN\(northing)E\(easting)" }

    /// Short name, as `100mN26843E43342`.
    public var shortIdentifier: String {
        "\(size.shortName)N\(northing / size.rawValue)E\(easting / size.rawValue)"
    }
}
