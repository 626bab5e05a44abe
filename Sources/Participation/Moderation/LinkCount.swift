/// Counts the addresses of pages in a text: more than a few are a sign of advertising.
public enum LinkCount {
    /// Most links of one item that are no sign of anything.
    public static let most = 2
    private static let schemes = ["http://", "https://"].map { Array($0.utf8) }
    private static let host = Array("www.".utf8)

    /// The links in a text: what begins with `http://` or `https://`, and `www.` that stands by itself.
    ///
    /// - Complexity: linear.
    public static func count(in text: String) -> Int {
        let bytes = Array(text.lowercased().utf8)
        return bytes.indices.count { index in
            func begins(_ word: [UInt8]) -> Bool { bytes[index...].starts(with: word) }
            if schemes.contains(where: begins) { return true }
            guard begins(host) else { return false }
            // Behind a scheme it has been counted, and in a word it is none.
            return index == 0 || !(bytes[index - 1] == 0x2F || (0x61...0x7A).contains(bytes[index - 1]))
        }
    }
}
