import Hummingbird
import Participation
import Storage

/// Makes cursors texts that tell nothing, and that nobody can make up or take to another list.
///
/// What lists are sorted by holds exact times, and the public is told minutes. Deterministic authenticated encryption: the
/// tag is a keyed digest of list and place, and a keyed digest of the tag hides the place (a synthetic initialization
/// vector as in RFC 5297, over HMAC-SHA-256). The same place has the same text, so that equal answers stay equal.
struct CursorSeal: Sendable {
    private let tagKey: [UInt8]
    private let hidingKey: [UInt8]
    private static let prefix = "c2."
    private static let tagLength = 12

    /// Makes the seal of a store, by its key.
    init(key: [UInt8]) {
        tagKey = HMAC.sha256("cursor tag".utf8, key: key)
        hidingKey = HMAC.sha256("cursor place".utf8, key: key)
    }

    /// The text of a place in a list.
    func text(_ cursor: Cursor, of list: String) -> String {
        let place = [cursor.major, cursor.minor].flatMap { number in
            (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * $0)) }
        }
        let tag = tag(place, list)
        return Self.prefix + Secret.hexadecimal(tag + hidden(place, tag))
    }

    /// The place that a text stands for; `nil` for what this seal has not made for the list.
    func cursor(_ text: String, of list: String) -> Cursor? {
        guard text.hasPrefix(Self.prefix), let bytes = Self.bytes(text.dropFirst(Self.prefix.count)),
            bytes.count == Self.tagLength + 16
        else { return nil }
        let given = Array(bytes.prefix(Self.tagLength))
        let place = hidden(Array(bytes.dropFirst(Self.tagLength)), given)
        guard Secret.isEqual(given, tag(place, list)) else { return nil }
        let numbers = [place.prefix(8), place.suffix(8)].map { part in
            part.reduce(Int64(0)) { $0 << 8 | Int64($1) }
        }
        return Cursor(major: numbers[0], minor: numbers[1])
    }

    private func tag(_ place: [UInt8], _ list: String) -> [UInt8] {
        Array(HMAC.sha256(place + Array(list.utf8), key: tagKey).prefix(Self.tagLength))
    }

    private func hidden(_ place: [UInt8], _ tag: [UInt8]) -> [UInt8] {
        zip(place, HMAC.sha256(tag, key: hidingKey)).map { $0 ^ $1 }
    }

    private static func bytes(_ text: Substring) -> [UInt8]? {
        let digits = text.utf8.compactMap { byte -> UInt8? in
            switch byte {
            case 48...57: byte - 48
            case 97...102: byte - 87
            default: nil
            }
        }
        guard digits.count == text.utf8.count, digits.count.isMultiple(of: 2) else { return nil }
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}

extension Call {
    /// The list that a cursor is for: its address, its order, and whether it is one of changes.
    private var list: String {
        // As they are read: in the address there are many ways to write them.
        let changes = (try? query.text("modifiedSince")) == nil ? nil : "changes"
        let sort = (try? query.text("sort")).map { "sort=\($0)" }
        return "\(context.tenant) \(request.uri.path) \([changes, sort].compactMap(\.self).joined(separator: "&"))"
    }

    /// The text of a cursor of the list that was asked for.
    func text(of cursor: Cursor) -> String? { seal?.text(cursor, of: list) }

    /// The cursor of the query.
    ///
    /// - Throws: ``Problem`` 400 for what is none of this list.
    func cursor() throws -> Cursor? {
        guard let text = try query.text("cursor", maximumLength: 64) else { return nil }
        if let cursor = seal?.cursor(text, of: list) { return cursor }
        let isOld = (try? Cursor(text)) != nil
        throw Problem.parameter(
            "cursor",
            isOld
                ? "Cursors of this form are read no more; begin the list anew, without cursor."
                : "The cursor was not made by this list; follow the link of a page.")
    }
}
