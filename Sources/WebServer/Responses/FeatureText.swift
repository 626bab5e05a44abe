import GeoCore
import HTTPTypes
import Hummingbird
import NIOCore

/// GeoJSON features and pages of them, as bytes.
enum FeatureText {
    /// Appends one feature (RFC 7946, 3.2).
    static func append(id: Int64, _ geometry: Geometry?, _ properties: JSONValue, to out: inout [UInt8]) {
        out += Array("{\"type\":\"Feature\",\"id\":\"\(id)\",\"geometry\":".utf8)
        if let geometry {
            GeoJSONGeometry.append(geometry, to: &out)
        } else {
            out += Array("null".utf8)
        }
        out += Array(",\"properties\":".utf8)
        properties.append(to: &out)
        out.append(UInt8(ascii: "}"))
    }

    /// A collection of one page, with its number and the link to the next.
    static func page<Item>(
        _ items: [Item], next: String?, append: (_ item: Item, _ out: inout [UInt8]) -> Void
    ) -> [UInt8] {
        var bytes = Array("{\"type\":\"FeatureCollection\",\"features\":[".utf8)
        bytes.reserveCapacity(items.count * 700)
        for (index, item) in items.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            append(item, &bytes)
        }
        bytes += Array("],\"numberReturned\":\(items.count),\"links\":".utf8)
        PageLinks.value(next).append(to: &bytes)
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }
}

extension Call {
    /// The answer to a POST that made a feature.
    func created(
        _ id: Int64, _ rendered: (bytes: [UInt8], tag: String), receipt: String? = nil, isReplay: Bool
    ) -> Response {
        let headers = createdHeaders(
            location: "\(request.uri.path)/\(id)", tag: rendered.tag, receipt: receipt, isReplay: isReplay,
            type: "application/geo+json; charset=utf-8")
        return Response(
            status: .created, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: rendered.bytes)))
    }
}
