/// Why bytes are no well-known binary that can be read, and where.
public struct WKBError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of fault.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        case truncated
        case badByteOrder
        case unsupportedType
        case unexpectedType
        case tooDeep
        case tooManyPositions
        case notFinite
        case trailingData
    }

    /// The kind of fault.
    public var code: Code
    /// Bytes before the fault.
    public var offset: Int
    /// What is wrong, for people.
    public var message: String

    /// Makes an error.
    public init(code: Code, offset: Int, message: String) {
        self.code = code
        self.offset = offset
        self.message = message
    }

    /// The message with its place.
    public var description: String { "\(message) (byte \(offset))" }
}
