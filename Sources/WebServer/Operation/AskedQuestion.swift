/// Something that one client waits for: a question to be analysed, or a file to be read or made.
struct AskedQuestion: Hashable, Sendable {
    /// At whose expense it is.
    var tenant: Int64
    /// Tells it from the others, in the order in which they came.
    var number: Int
}

/// What became of a question so far.
struct QuestionStanding: Sendable, Hashable {
    /// Whether any work of it has begun.
    var hasBegun = false
    /// Seconds of a processor that its work took, on all threads.
    var used = 0.0
    /// Seconds in which work of it was under way on some thread.
    var busy = 0.0
    /// Seconds in which it could have gone on, but all threads worked for others.
    var stalled = 0.0
}
