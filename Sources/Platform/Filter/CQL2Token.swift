import GeoCore

/// Why a text is no condition that can be asked, and where.
public struct CQL2Fault: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong, for people.
    public var message: String
    /// Bytes of UTF-8 before the fault.
    public var offset: Int

    /// The message with its place.
    public var description: String { "\(message) (byte \(offset))" }
}

/// One word or sign of a condition.
enum CQL2Token: Hashable {
    /// A name or keyword; in quotation marks a name alone.
    case word(String, isQuoted: Bool)
    case number(Double)
    case text(String)
    /// `=`, `<>`, `<`, `<=`, `>`, `>=`, `(`, `)` or `,`.
    case sign(String)
    case geometry(Geometry)
    case end
}

/// Cuts the text of a condition into words and signs.
struct CQL2Scanner {
    private let bytes: [UInt8]
    private(set) var offset = 0
    /// Where the token read last begins.
    private(set) var start = 0
    private static let shapes: Set<String> = [
        "POINT", "LINESTRING", "POLYGON", "MULTIPOINT", "MULTILINESTRING", "MULTIPOLYGON", "GEOMETRYCOLLECTION",
    ]

    init(_ text: String) { bytes = Array(text.utf8) }

    /// The next word or sign.
    mutating func next() throws(CQL2Fault) -> CQL2Token {
        while offset < bytes.count, bytes[offset] == 0x20 || (0x09...0x0D).contains(bytes[offset]) { offset += 1 }
        start = offset
        guard offset < bytes.count else { return .end }
        let byte = bytes[offset]
        switch byte {
        case UInt8(ascii: "'"): return .text(try quoted(byte))
        case UInt8(ascii: "\""): return .word(try quoted(byte), isQuoted: true)
        case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: ","), UInt8(ascii: "="):
            offset += 1
            return .sign(String(UnicodeScalar(byte)))
        case UInt8(ascii: "<"), UInt8(ascii: ">"): return comparison(byte)
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."):
            return .number(try number())
        default:
            guard Self.isLetter(byte) else { throw fault("this sign is not known here") }
            while offset < bytes.count, Self.isLetter(bytes[offset]) || Self.isDigit(bytes[offset]) { offset += 1 }
            let word = String(decoding: bytes[start..<offset], as: UTF8.self)
            if word.uppercased() == "BBOX" { return .geometry(try box()) }
            if Self.shapes.contains(word.uppercased()) { return .geometry(try shape()) }
            return .word(word, isQuoted: false)
        }
    }

    func fault(_ message: String) -> CQL2Fault { CQL2Fault(message: message, offset: start) }

    private mutating func comparison(_ byte: UInt8) -> CQL2Token {
        offset += 1
        let second = offset < bytes.count ? bytes[offset] : 0
        let isPair =
            second == UInt8(ascii: "=") || (byte == UInt8(ascii: "<") && second == UInt8(ascii: ">"))
        if isPair { offset += 1 }
        return .sign(String(decoding: bytes[start..<offset], as: UTF8.self))
    }

    /// A text between quotation marks; two of them in it stand for one.
    private mutating func quoted(_ mark: UInt8) throws(CQL2Fault) -> String {
        var result: [UInt8] = []
        offset += 1
        while offset < bytes.count {
            if bytes[offset] == mark {
                offset += 1
                guard offset < bytes.count, bytes[offset] == mark else {
                    return String(decoding: result, as: UTF8.self)
                }
            }
            result.append(bytes[offset])
            offset += 1
        }
        throw fault("the quotation mark is not closed")
    }

    private mutating func number() throws(CQL2Fault) -> Double {
        let first = offset
        while offset < bytes.count, Self.isDigit(bytes[offset]) || "+-.eE".utf8.contains(bytes[offset]) { offset += 1 }
        guard let value = Double(String(decoding: bytes[first..<offset], as: UTF8.self)), value.isFinite else {
            throw fault("this is no number")
        }
        return value
    }

    /// The text in brackets that comes next, brackets included.
    private mutating func brackets() throws(CQL2Fault) -> Range<Int> {
        var depth = 0
        while offset < bytes.count {
            if bytes[offset] == UInt8(ascii: "(") { depth += 1 }
            if bytes[offset] == UInt8(ascii: ")") {
                depth -= 1
                if depth == 0 {
                    offset += 1
                    return start..<offset
                }
                guard depth > 0 else { break }
            }
            offset += 1
        }
        throw fault("the brackets of the geometry are not closed")
    }

    private mutating func shape() throws(CQL2Fault) -> Geometry {
        let text = String(decoding: bytes[try brackets()], as: UTF8.self)
        do { return try WKT.parse(text) } catch { throw fault("the geometry cannot be read: \(error.message)") }
    }

    /// A box from west to east; where west is greater it crosses the antimeridian.
    private mutating func box() throws(CQL2Fault) -> Geometry {
        let text = String(decoding: bytes[try brackets()], as: UTF8.self).dropFirst(4)
        let inner = text.drop { $0 != "(" }.dropFirst().dropLast()
        let parts = inner.split(separator: ",", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { part in Double(part.filter { !$0.isWhitespace }) }
        guard numbers.count == 4, parts.count == 4, numbers.allSatisfy(\.isFinite), numbers[1] <= numbers[3] else {
            throw fault("BBOX takes west, south, east, north in degrees")
        }
        func ring(_ west: Double, _ east: Double) -> [[Position]] {
            let (south, north) = (numbers[1], numbers[3])
            return [
                [
                    Position(west, south), Position(east, south), Position(east, north), Position(west, north),
                    Position(west, south),
                ]
            ]
        }
        if numbers[0] > numbers[2] { return .multiPolygon([ring(numbers[0], 180), ring(-180, numbers[2])]) }
        return .polygon(ring(numbers[0], numbers[2]))
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte | 0x20) || byte == UInt8(ascii: "_")
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
