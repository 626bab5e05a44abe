import Synchronization

/// A line on standard error that tells how far a long work has come.
///
/// It is drawn when standard error is a terminal and the work has taken more than two seconds, at most five times a
/// second, and vanishes at the end.
final class ProgressBar: Sendable {
    private struct State {
        var lastDrawn: ContinuousClock.Instant?
        var width = 0
    }

    private let label: String
    private let isShown: Bool
    private let start = ContinuousClock.now
    private let state = Mutex(State())

    /// Starts the clock; `isQuiet` shows nothing.
    init(_ label: String, isQuiet: Bool) {
        self.label = label
        isShown = Console.showsProgress && !isQuiet
    }

    /// Tells the rows done and, where the end is known, the share of the work that is.
    func update(rows: Int, fraction: Double?) {
        guard isShown else { return }
        let now = ContinuousClock.now
        guard now - start > .seconds(2) else { return }
        state.withLock { state in
            if let last = state.lastDrawn, now - last < .milliseconds(200) { return }
            state.lastDrawn = now
            let line = Self.line(
                label: label, rows: rows, fraction: fraction, seconds: Self.seconds(now - start))
            let width = DisplayText.width(line)
            Console.draw("\r" + line + String(repeating: " ", count: max(0, state.width - width)))
            state.width = width
        }
    }

    /// Takes the line away.
    func finish() {
        state.withLock { state in
            guard state.width > 0 else { return }
            Console.draw("\r" + String(repeating: " ", count: state.width) + "\r")
            state.width = 0
        }
    }

    /// The line for a state of the work.
    static func line(label: String, rows: Int, fraction: Double?, seconds: Double) -> String {
        let rate = seconds > 0 ? Double(rows) / seconds : 0
        var line = label + " "
        let known = fraction.map { min(1, max(0, $0)) }
        if let known {
            let filled = Int((known * 24).rounded(.down))
            line += "[" + String(repeating: "#", count: filled) + String(repeating: "·", count: 24 - filled) + "] "
            line += "\(Int((known * 100).rounded(.down))) %  "
        }
        line += "\(NumberText.grouped(rows)) rows  \(NumberText.grouped(NumberText.integer(rate))) rows/s"
        if let known, known > 0.01, known < 1 {
            line += "  \(NumberText.duration(seconds / known * (1 - known))) left"
        }
        return line
    }

    /// A duration in seconds.
    static func seconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
    }
}
