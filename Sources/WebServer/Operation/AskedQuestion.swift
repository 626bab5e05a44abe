/// Something that one client waits for: a question to be analysed, or a file to be read or made.
struct AskedQuestion: Hashable, Sendable {
    /// At whose expense it is.
    var tenant: Int64
    /// Tells it from the others, in the order in which they came.
    var number: Int
}
