/// One linear pass over JSON bytes that checks everything before anything is decoded.
///
/// Checked are UTF-8, the whole grammar of RFC 8259, depth, counts, duplicate member names and that numbers are finite.
/// It never recurses.
public struct JSONScanner: Sendable {
    private struct Frame {
        var isObject: Bool
        var isCoordinates: Bool
        var count = 0
        var firstName = 0
        var large: Set<String>?
    }

    private let limits: JSONLimits
    private var frames: [Frame] = []
    /// Decoded names of the open objects, one after the other.
    private var names: [UInt8] = []
    private var nameEnds: [Int] = [0]

    init(limits: JSONLimits) {
        self.limits = limits
    }

    /// Checks that `bytes` are one JSON text within the limits.
    ///
    /// - Throws: ``JSONError`` with the place of the first fault.
    /// - Complexity: linear in the bytes.
    public static func validate(_ bytes: [UInt8], limits: JSONLimits = .request) throws(JSONError) {
        var scanner = JSONScanner(limits: limits)
        do {
            var i = 0
            try scanner.skipValue(bytes, &i, bytes.count)
            skipWhitespace(bytes, &i, bytes.count)
            if i < bytes.count { throw Fault.json(.trailingData, i) }
        } catch Fault.json(let code, let offset) {
            throw JSONError(code: code, offset: offset, in: bytes)
        } catch {
            throw JSONError(code: .unexpectedCharacter, offset: 0, in: bytes)
        }
    }

    /// Moves over space, tab, line feed and carriage return.
    @inline(__always)
    static func skipWhitespace(_ b: [UInt8], _ i: inout Int, _ end: Int) {
        while i < end {
            let c = b[i]
            if c > 0x20 || (c != 0x20 && c != 0x0A && c != 0x0D && c != 0x09) { return }
            i += 1
        }
    }

    /// The next byte that is no white space.
    @inline(__always)
    static func peek(_ b: [UInt8], _ i: inout Int, _ end: Int) throws(Fault) -> UInt8 {
        skipWhitespace(b, &i, end)
        guard i < end else { throw .json(.unexpectedEnd, end) }
        return b[i]
    }

    /// Checks the value at `i`, `level` levels inside others, and moves behind it.
    mutating func skipValue(
        _ b: [UInt8], _ i: inout Int, _ end: Int, level: Int = 0, isCoordinates: Bool = false
    ) throws(Fault) {
        frames.removeAll(keepingCapacity: true)
        names.removeAll(keepingCapacity: true)
        nameEnds.removeAll(keepingCapacity: true)
        nameEnds.append(0)
        var exempt = isCoordinates
        scan: while true {
            let c = try Self.peek(b, &i, end)
            if c == 0x7B || c == 0x5B {
                guard frames.count + level < limits.depth else { throw .json(.tooDeep, i) }
                let isObject = c == 0x7B
                if let top = frames.last { exempt = exempt || top.isCoordinates }
                var frame = Frame(isObject: isObject, isCoordinates: exempt)
                frame.firstName = nameEnds.count - 1
                frames.append(frame)
                exempt = false
                i += 1
                if try Self.peek(b, &i, end) == c + 2 {
                    i += 1
                    frames.removeLast()
                } else {
                    exempt = try nextMember(b, &i, end)
                    continue scan
                }
            } else {
                try Self.skipScalar(b, &i, end, first: c)
            }
            while let top = frames.last {
                let c = try Self.peek(b, &i, end)
                if c == 0x2C {
                    i += 1
                    exempt = try nextMember(b, &i, end)
                    continue scan
                }
                guard c == (top.isObject ? 0x7D : 0x5D) else { throw .json(.unexpectedCharacter, i) }
                i += 1
                nameEnds.removeLast(nameEnds.count - 1 - top.firstName)
                names.removeLast(names.count - nameEnds[nameEnds.count - 1])
                frames.removeLast()
            }
            return
        }
    }

    /// Checks a string, number or literal that starts with `c`.
    @inline(__always)
    static func skipScalar(_ b: [UInt8], _ i: inout Int, _ end: Int, first c: UInt8) throws(Fault) {
        switch c {
        case 0x22:
            i += 1
            _ = try JSONText.skip(b, &i, end)
        case 0x74: try skipLiteral("true", b, &i, end)
        case 0x66: try skipLiteral("false", b, &i, end)
        case 0x6E: try skipLiteral("null", b, &i, end)
        default: _ = try JSONNumber.scan(b, &i, end)
        }
    }

    static func skipLiteral(_ word: StaticString, _ b: [UInt8], _ i: inout Int, _ end: Int) throws(Fault) {
        let text = word.description.utf8
        guard i + text.count <= end else { throw .json(.unexpectedEnd, end) }
        guard b[i..<i + text.count].elementsEqual(text) else { throw JSONNumber.literalFault(b, i, i, end) }
        i += text.count
    }

    /// Counts the next element, or reads the name and colon of the next member.
    ///
    /// - Returns: whether the member is named `coordinates`.
    private mutating func nextMember(_ b: [UInt8], _ i: inout Int, _ end: Int) throws(Fault) -> Bool {
        let top = frames.count - 1
        frames[top].count += 1
        guard frames[top].isObject else {
            if frames[top].count > limits.elementsPerArray, !frames[top].isCoordinates {
                throw .json(.tooManyElements, i)
            }
            return false
        }
        guard frames[top].count <= limits.membersPerObject else { throw .json(.tooManyMembers, i) }
        guard try Self.peek(b, &i, end) == 0x22 else { throw .json(.unexpectedCharacter, i) }
        let start = i + 1
        i = start
        let escaped = try JSONText.skip(b, &i, end)
        if !limits.allowsDuplicateNames { try register(b, start, i - 1, escaped: escaped, frame: top) }
        let isCoordinates = i - 1 - start == 11 && b[start..<i - 1].elementsEqual("coordinates".utf8)
        guard try Self.peek(b, &i, end) == 0x3A else { throw .json(.unexpectedCharacter, i) }
        i += 1
        return isCoordinates
    }

    /// Refuses a name that the object has already: by comparison among few, by a hashed set among many.
    private mutating func register(
        _ b: [UInt8], _ start: Int, _ end: Int, escaped: Bool, frame: Int
    ) throws(Fault) {
        let offset = names.count
        if escaped {
            JSONText.appendDecoded(b, start, end, to: &names)
        } else {
            names.append(contentsOf: b[start..<end])
        }
        let length = names.count - offset
        let first = frames[frame].firstName
        nameEnds.append(names.count)
        if frames[frame].count <= 24 {
            for k in first..<nameEnds.count - 2 where nameEnds[k + 1] - nameEnds[k] == length {
                let other = nameEnds[k]
                var same = 0
                while same < length, names[other + same] == names[offset + same] { same += 1 }
                if same == length { throw .json(.duplicateName, start - 1) }
            }
            return
        }
        var set = frames[frame].large ?? []
        frames[frame].large = nil
        if set.isEmpty {
            for k in first..<nameEnds.count - 2 {
                set.insert(String(decoding: names[nameEnds[k]..<nameEnds[k + 1]], as: UTF8.self))
            }
        }
        let count = set.count
        set.insert(String(decoding: names[offset...], as: UTF8.self))
        if set.count == count { throw .json(.duplicateName, start - 1) }
        frames[frame].large = set
    }
}

extension JSONScanner {
    /// The name of the member whose value begins at an offset, or is the array of numbers, or of such arrays, that has the
    /// offset in it; `nil` where there is none.
    ///
    /// Escapes in the name stay as they are written.
    ///
    /// - Complexity: O(bytes of the array before the offset).
    static func member(_ b: [UInt8], before offset: Int) -> String? {
        func isBlank(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0A, 0x0D].contains(byte) }
        func isOfNumbers(_ byte: UInt8) -> Bool {
            switch byte {
            // Digits, signs, points and exponents, commas and brackets.
            case 0x2B...0x2E, 0x30...0x39, 0x45, 0x5B, 0x5D, 0x65: true
            default: isBlank(byte)
            }
        }
        guard offset <= b.count, let colon = b[..<max(0, offset)].lastIndex(where: { !isOfNumbers($0) }),
            b[colon] == 0x3A,
            let end = b[..<colon].lastIndex(where: { !isBlank($0) }), b[end] == 0x22
        else { return nil }
        var start = end
        while let quote = b[..<start].lastIndex(of: 0x22) {
            let escapes = b[..<quote].reversed().prefix { $0 == 0x5C }.count
            if escapes.isMultiple(of: 2) { return String(decoding: b[(quote + 1)..<end], as: UTF8.self) }
            start = quote
        }
        return nil
    }
}
