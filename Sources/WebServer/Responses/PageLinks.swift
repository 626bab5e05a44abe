import GeoCore
import HTTPTypes
import Hummingbird
import Storage

/// The link to the next page, in the answer and as `Link` field (RFC 8288).
enum PageLinks {
    /// The address of the next page: the same question with another cursor.
    static func next(_ cursor: Cursor?, _ call: Call) -> String? {
        guard let text = cursor.flatMap(call.text) else { return nil }
        let request = call.request
        let others = (request.uri.query ?? "").split(separator: "&").filter { !$0.hasPrefix("cursor=") }
        return request.uri.path + "?" + (others + ["cursor=\(text)"]).joined(separator: "&")
    }

    /// The header field.
    static func headers(_ next: String?) -> HTTPFields {
        guard let next, let name = HTTPField.Name("Link") else { return [:] }
        // Angle brackets cannot stand in a target; a query may carry them in its raw form.
        let safe = next.replacing("<", with: "%3C").replacing(">", with: "%3E")
        return [name: "<\(safe)>; rel=\"next\""]
    }

    /// The member `links` of an answer.
    static func value(_ next: String?) -> JSONValue {
        .array(next.map { [.object([.init("rel", .string("next")), .init("href", .string($0))])] } ?? [])
    }
}
