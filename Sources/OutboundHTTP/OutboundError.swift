/// Why a request to another machine gave no answer.
public enum OutboundError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The address cannot be read, or carries a user or a password.
    case invalidAddress(reason: String)
    /// The origin is not on the list, or would be reached without encryption.
    case notAllowed(origin: String)
    /// The name leads to an address that is not public.
    case privateAddress(host: String, address: String)
    /// The name is not known.
    case unknownHost(String)
    /// Nobody answers there, or the connection broke.
    case unreachable(host: String, reason: String)
    /// The certificate or the encryption is no good.
    case notTrusted(host: String, reason: String)
    /// It took longer than allowed.
    case timedOut(host: String)
    /// The answer is larger than allowed.
    case tooLarge(maximumBytes: Int)
    /// The answer could not be written to its file.
    case notWritten(path: String)

    /// One line that says what to do where something can be done.
    public var description: String {
        switch self {
        case .invalidAddress(let reason): "the address is not usable: \(reason)"
        case .notAllowed(let origin):
            "requests to \(origin) are not allowed; the operator can put it on the list of outbound origins"
        case .privateAddress(let host, let address):
            "\(host) leads to \(address), which is not a public address; the operator can put its origin on the list"
        case .unknownHost(let host): "the host \(host) is not known"
        case .unreachable(let host, let reason): "\(host) cannot be reached: \(reason)"
        case .notTrusted(let host, let reason): "the certificate of \(host) is not accepted: \(reason)"
        case .timedOut(let host): "\(host) did not answer in time"
        case .tooLarge(let maximum): "the answer is larger than \(maximum) bytes"
        case .notWritten(let path): "\(path) cannot be written"
        }
    }
}
