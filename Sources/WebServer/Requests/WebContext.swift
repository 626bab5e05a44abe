import FoundationEssentials
import Hummingbird
import NIOCore

/// What the server knows of a request beside the request itself.
struct WebContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The connection.
    let channel: any Channel
    /// Names this request in logs and problem documents.
    let requestID: String
    /// The reader's language.
    var language: Language
    /// At whose expense analyses of this request run; 0 is the installation itself.
    var tenant: Int64 = 0

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
        requestID = UUID().uuidString.lowercased()
        language = .english
    }

    var maxUploadSize: Int { 1 << 20 }
}
