import Storage

extension Installation {
    /// Removes what a program that was killed had begun and not ended: downloads without their last part, copies of
    /// proceedings.
    ///
    /// For the start of a server that is alone on its data; a copy that another program is making at that moment ends
    /// with an error and leaves nothing either.
    ///
    /// - Returns: how many there were.
    /// - Throws: `StorageError`.
    public func sweepUnfinished() async throws -> Int {
        let count = try await engine.writeAlone { try Unfinished($0).sweep() }
        if count > 0 { try? await purge() }
        return count
    }
}
