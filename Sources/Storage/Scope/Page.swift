/// One page of a list with the cursor of the next.
public struct Page<Item: Sendable>: Sendable {
    /// The items, in the order of the list.
    public var items: [Item]
    /// Where the next page begins; `nil` on the last.
    public var next: Cursor?

    /// Makes a page.
    public init(items: [Item], next: Cursor?) {
        self.items = items
        self.next = next
    }
}

/// A place in a list with a total order; it holds exact times, so that its text is not for clients.
public struct Cursor: Sendable, Hashable, CustomStringConvertible {
    /// First sort key.
    public var major: Int64
    /// Second sort key, unique.
    public var minor: Int64

    /// Makes a cursor.
    public init(major: Int64, minor: Int64) {
        self.major = major
        self.minor = minor
    }

    /// Reads the text of a cursor.
    ///
    /// - Throws: ``StorageError`` of kind `badCursor`.
    public init(_ text: String) throws {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "c1", text.utf8.count <= 64,
            let major = Int64(parts[1], radix: 36), let minor = Int64(parts[2], radix: 36)
        else { throw StorageError(.badCursor, "the cursor was not made by this list") }
        self.init(major: major, minor: minor)
    }

    /// The text of the cursor.
    public var description: String { "c1.\(String(major, radix: 36)).\(String(minor, radix: 36))" }
}
