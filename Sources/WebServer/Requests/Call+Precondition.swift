import HTTPTypes
import Hummingbird

/// Entity tags of single things that are changed one by one: their version.
enum ItemTag {
    /// The tag of a version.
    static func make(_ version: Int64) -> String { "\"v\(version)\"" }
}

extension Call {
    /// The version that `If-Match` names (RFC 9110, 13.1.1); `nil` for `*`, which takes any.
    ///
    /// - Throws: ``Problem`` 428 without the field (RFC 6585, 3), 412 for a tag that no version has.
    func expectedVersion() throws -> Int64? {
        guard let field = request.headers[.ifMatch]?.trimmingBlanks else {
            throw Problem(
                .preconditionRequired, "Send If-Match with the ETag of what you have seen, so that nothing is lost.")
        }
        if field == "*" { return nil }
        guard field.hasPrefix("\"v"), field.hasSuffix("\""), field.utf8.count < 24,
            let version = Int64(field.dropFirst(2).dropLast())
        else { throw Problem(.preconditionFailed, "If-Match is not the ETag of a version of this item.") }
        return version
    }
}
