/// Why a source cannot be read, or not be read on, with the place of the fault.
///
/// Codes are stable words for programs; messages are for people and hold nothing of the machine they were made on.
public struct FormatError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A stable word, such as `truncated`.
    public var code: String
    /// What is wrong and what to do, in a sentence.
    public var message: String
    /// Row or feature at fault, counted from 1.
    public var row: Int?
    /// Column or member at fault.
    public var field: String?
    /// Place in the source in bytes, after decompression, counted from 0.
    public var offset: Int?
    /// Line of the source, counted from 1.
    public var line: Int?

    /// Makes an error.
    public init(
        code: String, message: String, row: Int? = nil, field: String? = nil, offset: Int? = nil, line: Int? = nil
    ) {
        self.code = code
        self.message = message
        self.row = row
        self.field = field
        self.offset = offset
        self.line = line
    }

    /// The message with its place, for logs and the command line.
    public var description: String {
        var places: [String] = []
        if let row { places.append("row \(row)") }
        if let field { places.append("field \(field)") }
        if let line { places.append("line \(line)") }
        if let offset { places.append("byte \(offset)") }
        return places.isEmpty ? message : "\(message) (\(places.joined(separator: ", ")))"
    }
}
