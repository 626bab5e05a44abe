public import GeoCore

/// Where a claim stands in a token: names with dots between them, such as `realm_access.roles`.
///
/// A text that begins with a slash is a JSON Pointer instead, for names that have dots themselves. Source: RFC 6901.
public struct ClaimPath: Sendable, Hashable {
    /// As it was written.
    public let text: String
    private let names: [String]

    /// Reads a path of 1 to 200 bytes; `nil` for what is none.
    public init?(_ text: String) {
        guard (1...200).contains(text.utf8.count), !text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
            return nil
        }
        self.text = text
        if text.hasPrefix("/") {
            names = text.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map {
                String($0).replacing("~1", with: "/").replacing("~0", with: "~")
            }
        } else {
            names = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        }
        guard !names.contains("") else { return nil }
    }

    /// The texts that stand there: one text, or those of an array; anything else says nothing.
    public func values(in claims: JSONValue) -> [String] {
        var value = claims
        for name in names {
            guard let member = value[name] else { return [] }
            value = member
        }
        return value.string.map { [$0] } ?? value.array?.compactMap(\.string) ?? []
    }
}
