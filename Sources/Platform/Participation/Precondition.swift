/// Which version of an item a change is meant for: what `If-Match` says (RFC 9110, 13.1.1).
public enum Precondition: Sendable, Hashable {
    /// Whatever version there is.
    case any
    /// One of these versions.
    case versions(Set<Int64>)

    /// Lets a change pass that is meant for this version.
    ///
    /// - Throws: ``PlatformError`` `stale`.
    func require(_ version: Int64) throws {
        if case .versions(let wanted) = self, !wanted.contains(version) {
            throw PlatformError(
                .stale, "it was changed in the meantime",
                hint: "read it again and repeat the change with its new ETag")
        }
    }
}
