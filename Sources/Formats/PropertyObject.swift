import GeoCore

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
        JSONWriter.append(literal: "null", to: &bytes)
    }

    /// Adds a text.
    mutating func add(_ name: String, _ value: String) {
        addName(name)
        JSONWriter.append(value, to: &bytes)
    }

    /// Adds an integer.
    mutating func add(_ name: String, _ value: Int64) {
        addName(name)
        JSONWriter.append(value, to: &bytes)
    }

    /// Adds a number, whole ones with their `.0` so that the attribute stays a real; NaN and infinities, which JSON does
    /// not have, become `null`.
    mutating func add(_ name: String, _ value: Double) {
        addName(name)
        JSONWriter.append(literal: value.isFinite ? "\(value)" : "null", to: &bytes)
    }

    /// Adds a truth value.
    mutating func add(_ name: String, _ value: Bool) {
        addName(name)
        JSONWriter.append(literal: value ? "true" : "false", to: &bytes)
    }

    private mutating func addName(_ name: String) {
        if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
        JSONWriter.append(name, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
    }
}
