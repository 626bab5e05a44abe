import Foundation

/// The three streams of the terminal.
///
/// Everything is written at once: nothing waits in a buffer when the process ends.
enum Console {
    /// Whether standard error is a terminal that shows progress.
    static let showsProgress = isatty(STDERR_FILENO) == 1

    /// Writes a line to standard output.
    static func out(_ line: String) {
        try? FileHandle.standardOutput.write(contentsOf: Data((line + "\n").utf8))
    }

    /// Writes a line to standard error.
    static func error(_ line: String) {
        try? FileHandle.standardError.write(contentsOf: Data((line + "\n").utf8))
    }

    /// Writes text without a line break to standard error, for a line that is drawn again.
    static func draw(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }
}
