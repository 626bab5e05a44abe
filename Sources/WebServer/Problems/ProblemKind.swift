import HTTPTypes

/// The kinds of failure a client can meet; each has one status, one stable type and one title.
enum ProblemKind: String, Sendable, CaseIterable {
    case badRequest = "bad-request"
    case unauthorized
    case forbidden
    case notFound = "not-found"
    case methodNotAllowed = "method-not-allowed"
    case notAcceptable = "not-acceptable"
    case timeout
    case conflict
    case lengthRequired = "length-required"
    case preconditionFailed = "precondition-failed"
    case preconditionRequired = "precondition-required"
    case tooLarge = "too-large"
    case targetTooLong = "target-too-long"
    case unsupportedMediaType = "unsupported-media-type"
    case headersTooLarge = "headers-too-large"
    case invalidInput = "invalid-input"
    case tooManyRequests = "too-many-requests"
    case internalError = "internal-error"
    case unavailable

    /// The HTTP status of this kind.
    var status: HTTPResponse.Status {
        switch self {
        case .badRequest: .badRequest
        case .unauthorized: .unauthorized
        case .forbidden: .forbidden
        case .notFound: .notFound
        case .methodNotAllowed: .methodNotAllowed
        case .notAcceptable: .notAcceptable
        case .timeout: .requestTimeout
        case .conflict: .conflict
        case .lengthRequired: .lengthRequired
        case .preconditionFailed: .preconditionFailed
        case .preconditionRequired: .preconditionRequired
        case .tooLarge: .contentTooLarge
        case .targetTooLong: .uriTooLong
        case .unsupportedMediaType: .unsupportedMediaType
        case .headersTooLarge: .requestHeaderFieldsTooLarge
        case .invalidInput: .unprocessableContent
        case .tooManyRequests: .tooManyRequests
        case .internalError: .internalServerError
        case .unavailable: .serviceUnavailable
        }
    }

    /// The URI of this kind (RFC 9457, 3.1.1): a place on the documentation page.
    var type: String { "/docs#problem-\(rawValue)" }

    /// The title in the reader's language; it never changes with the occasion.
    func title(in language: Language) -> String {
        let (english, german) = titles
        return language == .german ? german : english
    }

    private var titles: (english: String, german: String) {
        switch self {
        case .badRequest: ("The request is malformed", "Die Anfrage ist fehlerhaft")
        case .unauthorized: ("Credentials are missing or wrong", "Zugangsdaten fehlen oder sind falsch")
        case .forbidden: ("Not allowed", "Nicht erlaubt")
        case .notFound: ("Not found", "Nicht gefunden")
        case .methodNotAllowed: ("Method not allowed here", "Methode hier nicht erlaubt")
        case .notAcceptable: ("No acceptable format", "Kein passendes Format")
        case .timeout: ("The request took too long", "Die Anfrage hat zu lange gedauert")
        case .conflict: ("Conflict with what is there", "Widerspruch zum Bestand")
        case .lengthRequired: ("Length required", "Länge fehlt")
        case .preconditionFailed: ("Precondition failed", "Vorbedingung nicht erfüllt")
        case .preconditionRequired: ("Precondition required", "Vorbedingung fehlt")
        case .tooLarge: ("Too large", "Zu groß")
        case .targetTooLong: ("The address is too long", "Die Adresse ist zu lang")
        case .headersTooLarge: ("The header fields are too large", "Die Kopfzeilen sind zu groß")
        case .unsupportedMediaType: ("Unsupported media type", "Nicht unterstütztes Format")
        case .invalidInput: ("The input breaks a rule", "Die Eingabe verletzt eine Regel")
        case .tooManyRequests: ("Too many requests", "Zu viele Anfragen")
        case .internalError: ("Internal error", "Interner Fehler")
        case .unavailable: ("Unavailable for the moment", "Zurzeit nicht verfügbar")
        }
    }
}
