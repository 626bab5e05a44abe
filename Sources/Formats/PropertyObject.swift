/// Writes one JSON object of attributes, member by member, as UTF-8.
///
/// The readers of binary formats fill it once a row and take ``bytes``; the memory is used again.
struct PropertyObject {
    /// The object as far as written; complete after ``close()``.
    private(set) var bytes: [UInt8] = [UInt8(ascii: "{")]

    /// Begins the next object.
    mutating func reset() {
        bytes.removeAll(keepingCapacity: true)
        bytes.append(UInt8(ascii: "{"))
    }

    /// Ends the object.
    mutating func close() {
        bytes.append(UInt8(ascii: "}"))
    }

    /// Adds a member whose value is `null`.
    mutating func addNull(_ name: String) {
        addName(name)
        append("null")
    }

    /// Adds a text.
    mutating func add(_ name: String, _ value: String) {
        addName(name)
        appendQuoted(value)
    }

    /// Adds an integer.
    mutating func add(_ name: String, _ value: Int64) {
        addName(name)
        append("\(value)")
    }

    /// Adds a number; NaN and infinities, which JSON does not have, become `null`.
    mutating func add(_ name: String, _ value: Double) {
        addName(name)
        append(value.isFinite ? "\(value)" : "null")
    }

    /// Adds a truth value.
    mutating func add(_ name: String, _ value: Bool) {
        addName(name)
        append(value ? "true" : "false")
    }

    private mutating func addName(_ name: String) {
        if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
        appendQuoted(name)
        bytes.append(UInt8(ascii: ":"))
    }

    private mutating func append(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    /// Appends a JSON string; control characters are escaped (RFC 8259, section 7).
    private mutating func appendQuoted(_ text: String) {
        let digits = Array("0123456789abcdef".utf8)
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0x0A: append("\\n")
            case 0x0D: append("\\r")
            case 0x09: append("\\t")
            case 0..<0x20, 0x7F:
                append("\\u00")
                bytes.append(digits[Int(byte >> 4)])
                bytes.append(digits[Int(byte & 15)])
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
