/// Why bytes are not acceptable JSON, and where.
public struct JSONError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of fault.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        case unexpectedEnd
        case unexpectedCharacter
        case trailingData
        case invalidUTF8
        case controlCharacter
        case badEscape
        case unpairedSurrogate
        case badNumber
        case notFinite
        case tooDeep
        case duplicateName
        case tooManyMembers
        case tooManyElements
        case tooLong
        case incompleteCollection

        /// Whether the text breaks the grammar, rather than a limit of ours.
        public var isSyntax: Bool {
            switch self {
            case .notFinite, .duplicateName, .tooManyMembers, .tooManyElements: false
            default: true
            }
        }

        /// The fault in a sentence, for people.
        public var message: String {
            switch self {
            case .unexpectedEnd: "The JSON text ends too early."
            case .unexpectedCharacter: "This character is not allowed here in JSON."
            case .trailingData: "There is something after the end of the JSON text."
            case .invalidUTF8: "The text is not valid UTF-8."
            case .controlCharacter: "A control character in a JSON string must be escaped."
            case .badEscape: "This is not an escape sequence of JSON."
            case .unpairedSurrogate: "An escaped surrogate has no partner."
            case .badNumber: "This is not a number in the notation of JSON."
            case .notFinite: "The number is not finite or too large."
            case .tooDeep: "The JSON text is nested too deeply."
            case .duplicateName: "The object names a member twice."
            case .tooManyMembers: "The object has too many members."
            case .tooManyElements: "The array has too many elements."
            case .tooLong: "One value is too long."
            case .incompleteCollection: "The FeatureCollection lacks its type or its features."
            }
        }
    }

    /// The kind of fault.
    public var code: Code
    /// Bytes before the fault.
    public var offset: Int
    /// Line of the fault, counted from 1.
    public var line: Int
    /// Byte within the line, counted from 1.
    public var column: Int
    /// The fault in a sentence, for people.
    public var message: String { code.message }

    /// Makes an error.
    public init(code: Code, offset: Int, line: Int, column: Int) {
        self.code = code
        self.offset = offset
        self.line = line
        self.column = column
    }

    /// Makes an error at an offset of `bytes`, counting its line and column.
    init(code: Code, offset: Int, in bytes: [UInt8]) {
        var line = 1
        var start = 0
        for index in 0..<min(max(offset, 0), bytes.count) where bytes[index] == 0x0A {
            line += 1
            start = index + 1
        }
        self.init(code: code, offset: offset, line: line, column: offset - start + 1)
    }

    /// The message with its place.
    public var description: String { "\(message) (line \(line), column \(column), byte \(offset))" }
}

/// A fault as the scanners throw it: small, and turned into a public error at the edge.
enum Fault: Error {
    case json(JSONError.Code, Int)
    case geo(GeoJSONError.Code, Int)

    var offset: Int {
        switch self {
        case .json(_, let offset), .geo(_, let offset): offset
        }
    }
}
