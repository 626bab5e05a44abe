import HTTPTypes
import Hummingbird
import Platform

/// Entity tags of single things that are changed one by one: their version.
enum ItemTag {
    /// The tag of a version.
    static func make(_ version: Int64) -> String { "\"v\(version)\"" }
}

extension Call {
    /// The one version that `If-Match` names (RFC 9110, 13.1.1); `nil` for `*`, which takes any.
    ///
    /// - Throws: ``Problem`` 428 without the field (RFC 6585, 3), 412 for a tag that no version has.
    func expectedVersion() throws -> Int64? {
        switch try precondition(required: true) {
        case .any: return nil
        case .versions(let versions):
            guard versions.count == 1, let version = versions.first, version > 0 else {
                throw Problem(.preconditionFailed, "If-Match is not the ETag of a version of this item.")
            }
            return version
        }
    }
}
