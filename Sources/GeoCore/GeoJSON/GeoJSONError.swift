/// Why well-formed JSON is not the GeoJSON it should be (RFC 7946), and where.
public struct GeoJSONError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of fault.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        case notAnObject
        case missingType
        case unknownType
        case missingCoordinates
        case badCoordinates
        case badPosition
        case tooManyOrdinates
        case tooManyPositions
        case tooDeep
        case badGeometry
        case badProperties
        case badIdentifier
        case badJSON

        /// The member at fault.
        public var field: String? {
            switch self {
            case .notAnObject, .badJSON: nil
            case .missingType, .unknownType: "type"
            case .badGeometry, .tooDeep: "geometry"
            case .badProperties: "properties"
            case .badIdentifier: "id"
            default: "coordinates"
            }
        }

        /// The fault in a sentence, for people.
        public var message: String {
            switch self {
            case .notAnObject: "A GeoJSON object is expected here."
            case .missingType: "The object has no type."
            case .unknownType: "The type is none that is allowed here."
            case .missingCoordinates: "The geometry has no coordinates."
            case .badCoordinates: "The coordinates are not nested as the type of the geometry needs it."
            case .badPosition: "A position needs two or three numbers."
            case .tooManyOrdinates: "A position has more than three numbers."
            case .tooManyPositions: "The geometry has too many positions."
            case .tooDeep: "Geometry collections are nested too deeply."
            case .badGeometry: "The geometry must be a geometry object or null."
            case .badProperties: "The properties must be an object or null."
            case .badIdentifier: "The id must be a string or a number."
            case .badJSON: "The JSON text is not acceptable."
            }
        }
    }

    /// The kind of fault.
    public var code: Code
    /// Bytes before the fault.
    public var offset: Int
    /// The fault in a sentence, for people.
    public var message: String

    /// Makes an error.
    public init(code: Code, offset: Int, message: String? = nil) {
        self.code = code
        self.offset = offset
        self.message = message ?? code.message
    }

    /// The message with its place.
    public var description: String { "\(message) (byte \(offset))" }
}
