import Hummingbird
import Participation
import Platform
import Storage

/// Entity tags of reads: what was asked, of which version of the data, by which class of viewer.
enum VersionTag {
    /// The tag of the answer to `request`; another one for each language where the answer depends on it.
    static func make(
        _ proceeding: Proceeding, in installation: Installation, scope: Scope, request: Request,
        language: Language? = nil
    ) -> String {
        var text = Array(
            "\(scope.tenant.key).\(proceeding.key).\(scope.viewer.visibilityClass(in: proceeding.key))|\(request.canonicalAddress)"
                .utf8)
        // No version of the data counts when these change, and versions of the data come again after a restore.
        text += Array(
            "|\(scope.tenant.metricCRS)|\(scope.tenant.timeZone)|\(scope.tenant.defaultLanguage)|\(installation.epoch)"
                .utf8)
        if let language { text += Array("|\(language.rawValue)".utf8) }
        let digest = SHA256.digest(text).prefix(8).map { byte in
            String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }
        return "\"\(Installation.version)-\(proceeding.dataVersion)-\(digest.joined())\""
    }

    /// The tag of an answer that everybody gets alike, of a version that names all it depends on.
    static func make(version: String, in installation: Installation, scope: Scope, request: Request) -> String {
        let text = "\(scope.tenant.key)|\(request.uri.path)|\(version)|\(installation.epoch)"
        let digest = SHA256.digest(Array(text.utf8)).prefix(12).map { byte in
            String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }
        return "\"\(Installation.version)-\(digest.joined())\""
    }
}
