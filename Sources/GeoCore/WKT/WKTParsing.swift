/// Reads of well-known text.
extension WKT {
    /// Reads a geometry; a leading `SRID=…;` is skipped, letters may be of either case.
    ///
    /// - Throws: ``WKTError`` with the place of the first fault; curves are refused by name.
    /// - Complexity: linear in the text.
    public static func parse(_ text: String) throws(WKTError) -> Geometry {
        var parser = WKTParser(bytes: Array(text.utf8))
        parser.skipSRID()
        let geometry = try parser.geometry(depth: 1)
        try parser.end()
        return geometry
    }
}

private struct WKTParser {
    let bytes: [UInt8]
    var i = 0
    /// Ordinates of a position when the type names them; `nil` to take two, three or four.
    var hasZ = false
    var hasM = false

    init(bytes: [UInt8]) { self.bytes = bytes }

    func fault(_ code: String, _ message: String) -> WKTError { WKTError(code: code, offset: i, message: message) }

    mutating func skipSpace() {
        while i < bytes.count, bytes[i] == 0x20 || (bytes[i] >= 0x09 && bytes[i] <= 0x0D) { i += 1 }
    }

    mutating func skipSRID() {
        skipSpace()
        let head = bytes[i...].prefix(5).map { $0 & 0xDF }
        guard head.elementsEqual("SRID".utf8.map { $0 } + [0x1D]), let end = bytes.firstIndex(of: 0x3B) else {
            return
        }
        i = end + 1
    }

    mutating func word() -> String {
        skipSpace()
        let start = i
        while i < bytes.count, (bytes[i] | 0x20) >= 0x61, (bytes[i] | 0x20) <= 0x7A { i += 1 }
        return String(decoding: bytes[start..<i].map { $0 & 0xDF }, as: UTF8.self)
    }

    mutating func take(_ c: UInt8) -> Bool {
        skipSpace()
        guard i < bytes.count, bytes[i] == c else { return false }
        i += 1
        return true
    }

    mutating func end() throws(WKTError) {
        skipSpace()
        if i < bytes.count { throw fault("trailingData", "There is something behind the geometry.") }
    }

    /// Moves into a parenthesis; false for `EMPTY`.
    mutating func open() throws(WKTError) -> Bool {
        if take(0x28) { return true }
        guard word() == "EMPTY" else { throw fault("unexpectedCharacter", "A parenthesis or EMPTY is expected here.") }
        return false
    }

    /// Whether a comma follows; otherwise the parenthesis must close.
    mutating func more() throws(WKTError) -> Bool {
        if take(0x2C) { return true }
        guard take(0x29) else { throw fault("unexpectedCharacter", "A comma or a closing parenthesis is missing.") }
        return false
    }

    mutating func geometry(depth: Int) throws(WKTError) -> Geometry {
        guard depth <= WKT.maximumDepth else { throw fault("tooDeep", "Collections are nested too deeply.") }
        var type = word()
        var suffix = ""
        for ending in ["ZM", "Z", "M"] where type.count > ending.count && type.hasSuffix(ending) {
            type.removeLast(ending.count)
            suffix = ending
            break
        }
        if suffix.isEmpty {
            let mark = i
            suffix = word()
            if !["Z", "M", "ZM"].contains(suffix) {
                i = mark
                suffix = ""
            }
        }
        hasZ = suffix.contains("Z")
        hasM = suffix.contains("M")
        switch type {
        case "POINT":
            guard try open() else { return .geometryCollection([]) }
            let point = try position()
            guard take(0x29) else { throw fault("unexpectedCharacter", "A closing parenthesis is missing.") }
            return .point(point)
        case "LINESTRING": return .lineString(try line())
        case "POLYGON": return .polygon(try list { p throws(WKTError) in try p.line() })
        case "MULTIPOINT": return .multiPoint(try list { p throws(WKTError) in try p.bracketed() })
        case "MULTILINESTRING": return .multiLineString(try list { p throws(WKTError) in try p.line() })
        case "MULTIPOLYGON":
            return .multiPolygon(
                try list { p throws(WKTError) in try p.list { q throws(WKTError) in try q.line() } })
        case "GEOMETRYCOLLECTION":
            return .geometryCollection(try list { p throws(WKTError) in try p.geometry(depth: depth + 1) })
        default:
            let name = String(type.prefix(30))
            throw fault("unsupportedType", name.isEmpty ? "A geometry is expected." : "\(name) is not supported.")
        }
    }

    mutating func list<Element>(
        _ body: (inout WKTParser) throws(WKTError) -> Element
    ) throws(WKTError) -> [Element] {
        guard try open() else { return [] }
        var elements: [Element] = []
        repeat { elements.append(try body(&self)) } while try more()
        return elements
    }

    mutating func line() throws(WKTError) -> [Position] { try list { p throws(WKTError) in try p.position() } }

    mutating func bracketed() throws(WKTError) -> Position {
        let isOpen = take(0x28)
        let point = try position()
        if isOpen, !take(0x29) { throw fault("unexpectedCharacter", "A closing parenthesis is missing.") }
        return point
    }

    mutating func position() throws(WKTError) -> Position {
        let x = try number()
        let y = try number()
        var rest: [Double] = []
        while rest.count < 2, startsNumber() { rest.append(try number()) }
        if hasM, !hasZ { return Position(x, y) }
        return Position(x, y, rest.first)
    }

    mutating func startsNumber() -> Bool {
        skipSpace()
        return i < bytes.count && bytes[i] != 0x2C && bytes[i] != 0x29
    }

    mutating func number() throws(WKTError) -> Double {
        skipSpace()
        let start = i
        while i < bytes.count, bytes[i] > 0x20, bytes[i] != 0x2C, bytes[i] != 0x29, bytes[i] != 0x28 { i += 1 }
        let text = bytes[start..<i]
        let plain = text.allSatisfy {
            ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x2B || $0 == 0x2D || $0 == 0x2E || $0 | 0x20 == 0x65
        }
        guard plain, let value = Double(String(decoding: text, as: UTF8.self)), value.isFinite else {
            i = start
            throw fault("badNumber", "A number is expected here.")
        }
        return value
    }
}
