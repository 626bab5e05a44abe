public import GeoCore

/// Why a place is suspect: what its author is told, who alone can put it right.
public enum LocationHint: Sendable, Hashable {
    /// Longitude and latitude look swapped; the position as it lies in the area.
    case swappedAxes(Position)
    /// It lies where the equator and the meridian of Greenwich meet, as places do that were never set.
    case nullIsland
    /// The same participant has another contribution at exactly the same coordinates, with its number.
    case sameCoordinates(Int64)

    /// The word that programs know it by.
    public var code: String {
        switch self {
        case .swappedAxes: "swappedAxes"
        case .nullIsland: "nullIsland"
        case .sameCoordinates: "sameCoordinates"
        }
    }

    /// The hint in words: German and English.
    public var words: (german: String, english: String) {
        switch self {
        case .swappedAxes(let position):
            (
                "Länge und Breite sehen vertauscht aus: [\(position.x), \(position.y)] läge im Gebiet des Verfahrens",
                "longitude and latitude look swapped: [\(position.x), \(position.y)] would lie in the proceeding's area"
            )
        case .nullIsland:
            (
                "der Ort liegt bei 0° Länge und 0° Breite, wo keine Stadt ist",
                "the place lies at longitude 0 and latitude 0, where no city is"
            )
        case .sameCoordinates(let id):
            (
                "Ihr Beitrag \(id) liegt an genau derselben Stelle",
                "your contribution \(id) lies at exactly the same place"
            )
        }
    }
}
