extension CommandFailure {
    /// The failure that an error of the floors below stands for; `nil` when it is none of theirs.
    static func translated(_ error: any Error) -> CommandFailure? {
        nil
    }
}
