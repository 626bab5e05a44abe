import CCurl

/// Where a request goes, as the parser of the library that connects understands it: two parsers would be two truths.
struct Target {
    let host: String
    let origin: String
    let isEncrypted: Bool

    /// - Throws: ``OutboundError/invalidAddress(reason:)``.
    init(_ address: String) throws(OutboundError) {
        guard address.utf8.count <= 2048, !address.utf8.contains(where: { $0 <= 32 || $0 == 127 }) else {
            throw .invalidAddress(reason: "at most 2048 characters without blanks are allowed")
        }
        guard let url = curl_url() else { throw .invalidAddress(reason: "out of memory") }
        defer { curl_url_cleanup(url) }
        guard curl_url_set(url, CURLUPART_URL, address, 0) == CURLUE_OK else {
            throw .invalidAddress(reason: "it has to look like https://example.org/path")
        }
        func part(_ part: CURLUPart, _ flags: UInt32 = 0) -> String? {
            var text: UnsafeMutablePointer<CChar>?
            guard curl_url_get(url, part, &text, flags) == CURLUE_OK, let text else { return nil }
            defer { curl_free(text) }
            return String(cString: text)
        }
        guard part(CURLUPART_USER) == nil, part(CURLUPART_PASSWORD) == nil else {
            throw .invalidAddress(reason: "user and password do not belong into it")
        }
        guard let scheme = part(CURLUPART_SCHEME), scheme == "https" || scheme == "http",
            let host = part(CURLUPART_HOST)?.lowercased(), !host.isEmpty
        else { throw .invalidAddress(reason: "it has to begin with https:// and a host") }
        self.host = host
        isEncrypted = scheme == "https"
        let port = part(CURLUPART_PORT, UInt32(CURLU_NO_DEFAULT_PORT)).map { ":\($0)" } ?? ""
        origin = "\(scheme)://\(host)\(port)"
    }
}
