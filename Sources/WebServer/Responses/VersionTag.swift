import Hummingbird
import Participation
import Platform
import Storage

/// Entity tags of reads: what was asked, of which version of the data, by which class of viewer.
enum VersionTag {
    /// The tag of the answer to `request`; weak where the answer depends on the language.
    static func make(_ proceeding: Proceeding, scope: Scope, request: Request, language: Language? = nil) -> String {
        var text = Array(
            "\(scope.tenant.key).\(proceeding.key).\(scope.viewer.visibilityClass(in: proceeding.key))|\(request.uri.string)"
                .utf8)
        // No version of the data counts when these change.
        text += Array("|\(scope.tenant.metricCRS)|\(scope.tenant.timeZone)".utf8)
        if let language { text += Array("|\(language.rawValue)".utf8) }
        let digest = SHA256.digest(text).prefix(8).map { byte in
            String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }
        return "\"\(Installation.version)-\(proceeding.dataVersion)-\(digest.joined())\""
    }

    /// The tag of an answer that everybody gets alike, of a version that names all it depends on.
    static func make(version: String, scope: Scope, request: Request) -> String {
        let digest = SHA256.digest(Array("\(scope.tenant.key)|\(request.uri.path)|\(version)".utf8)).prefix(12).map {
            byte in String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }
        return "\"\(Installation.version)-\(digest.joined())\""
    }
}
