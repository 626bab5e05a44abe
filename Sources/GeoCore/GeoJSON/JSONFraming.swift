/// Finds where a value ends by its brackets and quotes alone, and goes on where it stopped when bytes were short.
struct JSONFraming: Sendable {
    private var cursor = 0
    private var depth = 0
    private var inString = false
    private var valueStart = -1

    /// Begins anew at a place of the buffer.
    @inline(__always)
    mutating func reset(at place: Int) {
        cursor = place
        depth = 0
        inString = false
        valueStart = -1
    }

    /// Follows the buffer when its front is dropped.
    mutating func move(by distance: Int) {
        cursor += distance
        if valueStart >= 0 { valueStart += distance }
    }

    /// The first byte of the value of the member whose name starts at `start`; `nil` when bytes are short.
    mutating func startOfValue(_ b: [UInt8], _ start: Int) -> Int? {
        if valueStart >= 0 { return valueStart }
        var i = max(start + 1, cursor)
        while i < b.count, b[i] != 0x22 { i += b[i] == 0x5C ? 2 : 1 }
        cursor = i
        i += 1
        JSONScanner.skipWhitespace(b, &i, b.count)
        guard i < b.count else { return nil }
        // Anything but a colon is left to the parser of the name, which refuses it.
        if b[i] == 0x3A { i += 1 }
        JSONScanner.skipWhitespace(b, &i, b.count)
        guard i < b.count else { return nil }
        valueStart = i
        cursor = i
        return i
    }

    /// The end of the value at `start`; `nil` when bytes are short.
    ///
    /// A string or bracketed value ends with its last byte, a number or literal before the byte that follows it.
    /// - Throws: a fault when brackets are nested more than `limit` deep.
    @inline(__always)
    mutating func endOfValue(_ b: [UInt8], _ start: Int, depth limit: Int, isComplete: Bool) throws(Fault) -> Int? {
        if cursor < start { cursor = start }
        var i = cursor
        var level = depth
        let end = b.count
        let first = b[start]
        if first != 0x7B, first != 0x5B, first != 0x22 {
            while i < end, b[i] != 0x2C, b[i] != 0x7D, b[i] != 0x5D, b[i] > 0x20 { i += 1 }
            cursor = i
            if i == start { throw .json(.unexpectedCharacter, i) }
            return i < end ? i : nil
        }
        while i < end {
            if inString {
                while i < end {
                    let c = b[i]
                    if c == 0x22 { break }
                    i += c == 0x5C ? 2 : 1
                }
                guard i < end else { break }
                inString = false
                i += 1
                if level == 0 { return i }
                continue
            }
            let c = b[i]
            i += 1
            switch c {
            case 0x22: inString = true
            case 0x7B, 0x5B:
                level += 1
                if level > limit { throw .json(.tooDeep, i - 1) }
            case 0x7D, 0x5D:
                level -= 1
                if level == 0 { return i }
            default: break
            }
        }
        cursor = i
        depth = level
        return nil
    }
}
