import HTTPTypes
import Hummingbird
import Participation

/// What pages of other sites may do: anybody's may read what is public; those of origins that the tenant lists may do
/// what the credentials they hold allow.
enum CrossOrigin {
    /// The origin of a request, where the tenant lists it.
    static func listedOrigin(of request: Request, tenant: Tenant) -> String? {
        guard let origin = request.headers[.origin], tenant.settings.origins.contains(origin) else { return nil }
        return origin
    }

    /// Lets a listed origin read an answer.
    static func allow(_ origin: String, in headers: inout HTTPFields) {
        headers[.accessControlAllowOrigin] = origin
        headers[values: .vary].append("Origin")
        headers[.accessControlExposeHeaders] = "ETag, Link, Location, Retry-After, RateLimit, Server-Timing"
    }
}
