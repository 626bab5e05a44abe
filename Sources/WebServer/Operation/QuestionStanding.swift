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

    /// Seconds that others took of its time: by the threads, or by the processors that its own threads waited for.
    var waited: Double { stalled + max(0, busy - used) }

    /// Why it was ended when its time was over.
    ///
    /// Where others took most of its time, it may be answered another time as it is; where it used the time itself, it
    /// has to be asked for less.
    ///
    /// - Returns: ``Problem`` 503 or 422.
    func problem(past deadline: Duration) -> Problem {
        let seconds = deadline / .seconds(1)
        guard used < seconds, waited >= seconds / 2 else {
            return Problem(
                .invalidInput, "This question takes too long; ask with larger cells or a narrower filter.",
                errors: [Problem.Fault(code: "too-complex", detail: "The analysis passed its deadline.")])
        }
        return .overloaded(
            "Other work took most of the time that there was for yours; please try again in half a minute.",
            after: 20...40)
    }
}
