/// A value bound to a statement.
public enum SQLValue: Sendable, Hashable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])
}

/// A type that can be bound to a statement.
public protocol SQLConvertible {
    /// The value to bind.
    var sqlValue: SQLValue { get }
}

extension Int64: SQLConvertible {
    /// The number itself.
    public var sqlValue: SQLValue { .integer(self) }
}

extension Int: SQLConvertible {
    /// The number itself.
    public var sqlValue: SQLValue { .integer(Int64(self)) }
}

extension Double: SQLConvertible {
    /// The number itself.
    public var sqlValue: SQLValue { .real(self) }
}

extension String: SQLConvertible {
    /// The text itself.
    public var sqlValue: SQLValue { .text(self) }
}

extension Bool: SQLConvertible {
    /// 1 or 0: both engines keep truth as a number.
    public var sqlValue: SQLValue { .integer(self ? 1 : 0) }
}

extension [UInt8]: SQLConvertible {
    /// The bytes themselves.
    public var sqlValue: SQLValue { .blob(self) }
}

extension Optional: SQLConvertible where Wrapped: SQLConvertible {
    /// The value, or NULL.
    public var sqlValue: SQLValue { self?.sqlValue ?? .null }
}
