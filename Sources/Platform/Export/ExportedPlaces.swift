import GeoCore
import Storage

/// The places of contributions as an export shows them: masked first, then brought to its system.
struct ExportedPlaces: Sendable {
    let mask: PlaceMask?
    let crs: ServedCRS?
    let tally = MaskTally()

    /// Whether places are written as they are stored.
    var areAsStored: Bool { mask == nil && crs == nil }

    /// How well places are hidden that were shown so far; `nil` where none is.
    var report: MaskReport? { mask.map { tally.report($0.crowd) } }

    /// The place of a row of an export; `nil` where there is none, or where the system does not reach.
    ///
    /// - Throws: ``PlatformError`` `unsupported` for a place that cannot be masked.
    func shown(_ row: any SQLRow) throws -> Geometry? {
        guard !row.isNull(5) else { return nil }
        var place = try WKB.decode(row.blob(5))
        if let mask {
            guard let masked = try mask.masked(place, of: row.integer(0), tally) else {
                throw PlatformError(.unsupported, "contribution \(row.integer(0)) has no place that can be masked")
            }
            place = masked
        }
        guard let crs else { return place }
        return crs.coordinates(of: place)
    }
}
