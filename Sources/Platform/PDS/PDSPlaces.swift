import Formats
import GeoCore
import PROJCoordinates
import Participation

/// Brings the places of a file in the form of PDS to longitude/latitude.
///
/// PDS knows nothing but degrees; tables and files of others come in metres too, and then say so or are told to be.
struct PDSPlaces {
    /// `nil` where they are degrees.
    private let transform: SourceTransform?
    private let firstCRS: String?
    private let given: String?

    /// Uses the CRS that was given, else that which the file declares; degrees where there is none.
    ///
    /// - Throws: ``PlatformError`` `unsupported` for a CRS that is not known.
    init(crs given: String?, of source: SourceDescription) throws {
        (self.given, firstCRS) = (given, source.crs)
        guard given != nil || source.crs != nil else {
            transform = nil
            return
        }
        let found = try SourceTransform(given: given, source: source, area: nil)
        transform = found.crs.isLongitudeLatitude ? nil : found
    }

    /// Brings a batch to degrees; what is no place on earth then is left out later, as it is with degrees.
    ///
    /// - Returns: by index what to say of geometries in metres of which nobody told the CRS.
    func apply(to batch: inout FeatureBatch) -> [Int: String] {
        guard let transform else {
            var faults: [Int: String] = [:]
            for (index, geometry) in batch.geometries.enumerated() {
                if let geometry { faults[index] = ProjectedCoordinates.fault(geometry) }
            }
            return faults
        }
        // Servers give this where there is no place: in metres it would become one.
        for index in batch.geometries.indices where batch.geometries[index] == .point(Position(0, 0)) {
            batch.geometries[index] = nil
        }
        _ = transform.apply(to: &batch)
        return [:]
    }

    /// What to say where a file names its CRS only behind its features; `nil` where it does not.
    func lateness(_ source: SourceDescription) -> String? {
        guard given == nil, let late = source.crs, late != firstCRS else { return nil }
        return "the file names its coordinate reference system behind its features; read it again with crs=\(late)"
    }
}
