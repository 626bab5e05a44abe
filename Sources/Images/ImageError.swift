/// Why an image is not taken, told to the person who sent it.
///
/// Messages are safe to show: they name limits and a way that works, never what a library has said.
public struct ImageError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of refusal.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// No image of a kind that is known.
        case unknownKind
        /// An image of a kind that is not taken, or a rare form of one that is.
        case unsupported
        /// Not the kind that it was said to be.
        case mismatch
        /// The file ends too early.
        case truncated
        /// The file breaks the rules of its kind.
        case damaged
        /// More pixels than are decoded here.
        case tooManyPixels
        /// More than one picture in a row.
        case animated
        /// The library could not decode or write it, or memory is short.
        case failed
    }

    /// What kind of refusal it is.
    public var code: Code
    /// What is wrong and what helps, for people.
    public var description: String

    /// Makes an error.
    public init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }

    static func truncated(_ kind: ImageKind) -> ImageError {
        ImageError(.truncated, "the \(kind.name) file ends too early; was it copied or sent in full?")
    }

    static func damaged(_ kind: ImageKind) -> ImageError {
        ImageError(.damaged, "the \(kind.name) file is damaged; open it and save it anew")
    }
}
