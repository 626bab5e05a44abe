/// A statement with its bindings, written by interpolation: values become bindings and never text.
///
/// ```swift
/// let statement: SQL = "SELECT name FROM proceeding WHERE tenant = \(tenant) AND id = \(slug)"
/// ```
/// Another `SQL` may be interpolated; text of our own needs the label `raw`, which marks what must never come from
/// outside.
public struct SQL: Sendable, Hashable, ExpressibleByStringInterpolation {
    /// Text with placeholders `$1`, `$2` … in the order of ``bindings``, as both engines understand it.
    public var text: String {
        var result = pieces[0]
        for index in bindings.indices { result += "$\(index + 1)" + pieces[index + 1] }
        return result
    }
    /// The values, in the order of the placeholders.
    public private(set) var bindings: [SQLValue]
    private var pieces: [String]

    /// Makes a statement without bindings.
    public init(stringLiteral value: String) {
        pieces = [value]
        bindings = []
    }

    /// Makes a statement from an interpolation.
    public init(stringInterpolation: StringInterpolation) {
        pieces = stringInterpolation.pieces
        bindings = stringInterpolation.bindings
    }

    /// Adds another statement's text and bindings at the end.
    public mutating func append(_ other: SQL) {
        pieces[pieces.count - 1] += other.pieces[0]
        pieces += other.pieces.dropFirst()
        bindings += other.bindings
    }

    /// Several conditions or columns with a separator between them.
    public static func joined(_ parts: [SQL], separator: String) -> SQL {
        var result: SQL = ""
        for (index, part) in parts.enumerated() {
            if index > 0 { result.pieces[result.pieces.count - 1] += separator }
            result.append(part)
        }
        return result
    }

    /// Values as a bracketed list; an empty list matches nothing.
    public static func list(_ values: [any SQLConvertible]) -> SQL {
        guard !values.isEmpty else { return "(NULL)" }
        return "(\(joined(values.map { "\($0)" }, separator: ", ")))"
    }

    /// Collects the pieces of an interpolation.
    public struct StringInterpolation: StringInterpolationProtocol {
        var pieces: [String] = [""]
        var bindings: [SQLValue] = []

        /// Starts a collection.
        public init(literalCapacity: Int, interpolationCount: Int) {}

        /// Adds literal text.
        public mutating func appendLiteral(_ literal: String) { pieces[pieces.count - 1] += literal }

        /// Adds a value as a binding.
        public mutating func appendInterpolation(_ value: any SQLConvertible) {
            bindings.append(value.sqlValue)
            pieces.append("")
        }

        /// Adds another statement.
        public mutating func appendInterpolation(_ other: SQL) {
            pieces[pieces.count - 1] += other.pieces[0]
            pieces += other.pieces.dropFirst()
            bindings += other.bindings
        }

        /// Adds text of our own as it is: identifiers and keywords, never anything from outside.
        public mutating func appendInterpolation(raw text: String) { pieces[pieces.count - 1] += text }
    }
}
