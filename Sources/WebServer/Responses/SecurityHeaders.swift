import HTTPTypes
import Hummingbird

/// Header fields that every answer carries.
enum SecurityHeaders {
    static let contentSecurityPolicy = HTTPField.Name("Content-Security-Policy")
    private static let referrerPolicy = HTTPField.Name("Referrer-Policy")
    private static let resourcePolicy = HTTPField.Name("Cross-Origin-Resource-Policy")
    private static let openerPolicy = HTTPField.Name("Cross-Origin-Opener-Policy")
    private static let permissionsPolicy = HTTPField.Name("Permissions-Policy")

    /// Adds what the answer does not have yet: no sniffing, a content policy fitting its type, and leave for any site
    /// to read public data without credentials.
    static func apply(to response: inout Response, request: Request) {
        func set(_ name: HTTPField.Name?, _ value: String) {
            guard let name, response.headers[name] == nil else { return }
            response.headers[name] = value
        }
        set(.xContentTypeOptions, "nosniff")
        set(referrerPolicy, "no-referrer")
        if response.headers[.contentType]?.hasPrefix("text/html") == true {
            set(
                contentSecurityPolicy,
                "default-src 'none'; style-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
                    + "form-action 'self'; frame-ancestors 'none'")
            set(openerPolicy, "same-origin")
            set(permissionsPolicy, "geolocation=(self), camera=(), microphone=()")
            set(resourcePolicy, "same-origin")
        } else if response.headers[.contentType]?.hasPrefix("image/svg+xml") == true {
            // Opened on its own, the picture may style itself and nothing else.
            set(
                contentSecurityPolicy,
                "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors *")
            set(resourcePolicy, "cross-origin")
        } else if response.headers[.contentType]?.hasPrefix("image/") == true {
            set(contentSecurityPolicy, "default-src 'none'; sandbox; frame-ancestors 'none'")
            set(resourcePolicy, "cross-origin")
        } else {
            set(contentSecurityPolicy, "default-src 'none'; frame-ancestors 'none'")
            set(resourcePolicy, "cross-origin")
        }
        guard request.headers[.authorization] == nil else {
            // What a credential opens is for its holder alone.
            response.headers[.cacheControl] = "no-store"
            return
        }
        guard request.method == .get || request.method == .head else { return }
        set(.accessControlAllowOrigin, "*")
        set(.accessControlExposeHeaders, "ETag, Link, Location, Server-Timing")
    }
}
