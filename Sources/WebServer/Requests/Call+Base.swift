import HTTPTypes
import Hummingbird

extension Call {
    /// Where this tenant is reached, as the request has it: scheme, host and the tenant's part of the path, without a
    /// slash at the end; `nil` where the request names no host.
    ///
    /// The scheme is what a trusted proxy says it was asked with; the server itself speaks HTTP.
    var base: String? {
        guard let authority = request.head.authority, (1...300).contains(authority.utf8.count),
            authority.utf8.allSatisfy(Self.isOfAuthority)
        else { return nil }
        var scheme = "http"
        if services.networks.isProxy(context.channel), let name = HTTPField.Name("X-Forwarded-Proto"),
            request.headers[name] == "https"
        {
            scheme = "https"
        }
        let parts = request.uri.path.split(separator: "/", maxSplits: 2)
        let tenant = parts.count > 1 && parts[0] == "t" ? "/t/\(parts[1])" : ""
        return "\(scheme)://\(authority)\(tenant)"
    }

    /// Letters, digits and what stands between them in names, addresses and ports.
    private static func isOfAuthority(_ byte: UInt8) -> Bool {
        switch byte {
        case 48...57, 65...90, 97...122, UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: ":"), UInt8(ascii: "["),
            UInt8(ascii: "]"):
            true
        default: false
        }
    }
}
