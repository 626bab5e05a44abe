/// When a delivery that failed is tried again.
public enum BackOff {
    /// After so many attempts it is given up, about two and a half days after the first.
    public static let mostAttempts: Int64 = 18

    /// Milliseconds to wait after an attempt that failed: 30 s, doubled each time, six hours at most.
    ///
    /// - Parameter attempts: attempts so far, at least one.
    public static func delay(after attempts: Int64) -> Int64 {
        min(30_000 << max(0, min(attempts - 1, 20)), 21_600_000)
    }
}
