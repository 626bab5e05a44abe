import HTTPTypes

/// How long the work took, in the field `Server-Timing`: the body stays the same for the same question.
enum ServerTiming {
    static func headers(since start: ContinuousClock.Instant) -> HTTPFields {
        guard let name = HTTPField.Name("Server-Timing") else { return [:] }
        let milliseconds = (ContinuousClock.now - start) / .milliseconds(1)
        return [name: "analysis;dur=\((milliseconds * 10).rounded() / 10)"]
    }
}
