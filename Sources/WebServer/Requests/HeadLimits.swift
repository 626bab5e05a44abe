import Hummingbird

/// How large the head of a request may be.
enum HeadLimits {
    /// Most bytes of the target, and of one header field.
    static let field = 8 * 1024
    /// Most bytes of all header fields.
    static let fields = 32 * 1024
    /// Most header fields.
    static let count = 100

    /// How much more than the limits is read, so that a head beyond them is still answered with a problem that says so;
    /// beyond this the connection ends with an empty 400.
    static let margin = 8

    /// Refuses a head beyond the limits.
    ///
    /// - Throws: ``Problem`` 414 for the target, 431 for the header fields.
    static func check(_ request: Request) throws {
        guard request.uri.string.utf8.count <= field else {
            throw Problem(.targetTooLong, "The address has more than \(field) bytes.")
        }
        guard request.headers.count <= count else {
            throw Problem(.headersTooLarge, "The request has more than \(count) header fields.")
        }
        var total = 0
        for header in request.headers {
            let bytes = header.name.rawName.utf8.count + header.value.utf8.count
            guard bytes <= field else {
                throw Problem(.headersTooLarge, "A header field has more than \(field) bytes.")
            }
            total += bytes
        }
        guard total <= fields else {
            throw Problem(.headersTooLarge, "The header fields have more than \(fields) bytes together.")
        }
    }
}
