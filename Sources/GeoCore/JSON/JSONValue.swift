/// A JSON value in memory; members keep their order.
///
/// Meant for small texts. The depth of parsed values is limited, so that their recursion is.
public enum JSONValue: Sendable, Equatable {
    /// One member of an object.
    public struct Member: Sendable, Equatable {
        /// Name of the member.
        public var name: String
        /// Its value.
        public var value: JSONValue

        /// Makes a member.
        public init(_ name: String, _ value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    case null
    case bool(Bool)
    /// A number without fraction and exponent that fits.
    case integer(Int64)
    /// Any other number; finite.
    case number(Double)
    case string(String)
    /// Text that is JSON already, to be written as it is; parsing makes none.
    case written([UInt8])
    case array([JSONValue])
    case object([Member])

    /// Reads one JSON text after checking it as ``JSONScanner/validate(_:limits:)`` does.
    ///
    /// - Throws: ``JSONError`` with the place of the first fault.
    public static func parse(_ bytes: [UInt8], limits: JSONLimits = .request) throws(JSONError) -> JSONValue {
        var bounded = limits
        bounded.depth = min(limits.depth, 512)
        try JSONScanner.validate(bytes, limits: bounded)
        do {
            var i = 0
            return try read(bytes, &i, bytes.count)
        } catch Fault.json(let code, let offset) {
            throw JSONError(code: code, offset: offset, in: bytes)
        } catch {
            throw JSONError(code: .unexpectedCharacter, offset: 0, in: bytes)
        }
    }

    /// Reads a checked value; the check has bounded the recursion.
    static func read(_ b: [UInt8], _ i: inout Int, _ end: Int) throws(Fault) -> JSONValue {
        let c = try JSONScanner.peek(b, &i, end)
        switch c {
        case 0x7B:
            var members: [Member] = []
            i += 1
            while try JSONScanner.peek(b, &i, end) != 0x7D {
                if b[i] == 0x2C { i += 1 }
                _ = try JSONScanner.peek(b, &i, end)
                let name = try readString(b, &i, end)
                _ = try JSONScanner.peek(b, &i, end)
                i += 1
                members.append(Member(name, try read(b, &i, end)))
            }
            i += 1
            return .object(members)
        case 0x5B:
            var elements: [JSONValue] = []
            i += 1
            while try JSONScanner.peek(b, &i, end) != 0x5D {
                if b[i] == 0x2C { i += 1 }
                elements.append(try read(b, &i, end))
            }
            i += 1
            return .array(elements)
        case 0x22: return .string(try readString(b, &i, end))
        case 0x74, 0x66, 0x6E:
            try JSONScanner.skipScalar(b, &i, end, first: c)
            return c == 0x6E ? .null : .bool(c == 0x74)
        default:
            let start = i
            let value = try JSONNumber.scan(b, &i, end)
            let text = b[start..<i]
            if JSONNumber.isInteger(text), let integer = Int64(String(decoding: text, as: UTF8.self)) {
                return .integer(integer)
            }
            return .number(value)
        }
    }

    private static func readString(_ b: [UInt8], _ i: inout Int, _ end: Int) throws(Fault) -> String {
        i += 1
        let start = i
        let escaped = try JSONText.skip(b, &i, end)
        return JSONText.decode(b, start, i - 1, escaped: escaped)
    }

    /// The value of the first member of this name; `nil` for other kinds of value.
    public subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    /// The text, when the value is a string.
    public var string: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// The number, when the value is one.
    public var double: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }

    /// The elements, when the value is an array.
    public var array: [JSONValue]? {
        guard case .array(let elements) = self else { return nil }
        return elements
    }

    /// Appends the value as compact JSON; numbers that are not finite become `null`.
    public func append(to out: inout [UInt8]) {
        switch self {
        case .null: JSONWriter.append(literal: "null", to: &out)
        case .bool(let value): JSONWriter.append(literal: value ? "true" : "false", to: &out)
        case .integer(let value): JSONWriter.append(value, to: &out)
        case .number(let value): JSONWriter.append(value, to: &out)
        case .string(let value): JSONWriter.append(value, to: &out)
        case .written(let text): out.append(contentsOf: text)
        case .array(let elements):
            out.append(0x5B)
            for (index, element) in elements.enumerated() {
                if index > 0 { out.append(0x2C) }
                element.append(to: &out)
            }
            out.append(0x5D)
        case .object(let members):
            out.append(0x7B)
            for (index, member) in members.enumerated() {
                if index > 0 { out.append(0x2C) }
                JSONWriter.append(member.name, to: &out)
                out.append(0x3A)
                member.value.append(to: &out)
            }
            out.append(0x7D)
        }
    }
}
