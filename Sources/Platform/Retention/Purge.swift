import Storage
import Synchronization

extension Installation {
    /// Takes what was erased out of the files too: at once, or with the next ``purgeWhatIsPending()`` where that is too
    /// soon or long reads hold the log.
    ///
    /// - Parameter isUrgent: whether it may hold up writes now; else at most once in ten minutes, since whoever may erase
    ///   their own could ask for it again and again.
    func purge(isUrgent: Bool = true) async throws {
        let time = now()
        let isDue = lastPurge.withLock { last in
            guard isUrgent || time - last >= 600_000 else { return false }
            last = time
            return true
        }
        guard isDue else { return purgeIsPending.store(true, ordering: .releasing) }
        purgeIsPending.store(false, ordering: .releasing)
        if isUrgent {
            // What is kept between questions may still hold the place or the title of what was erased.
            columns.removeAll()
            proceedingFigures.removeAll()
            answers.removeAll()
            patterns.removeAll()
            written.removeAll()
        }
        do { try await engine.purge() } catch let error as StorageError where error.code == .busy {
            purgeIsPending.store(true, ordering: .releasing)
        }
    }

    /// Takes out of the files what was erased and could not be taken out then; to be asked for every few minutes.
    public func purgeWhatIsPending() async throws {
        if purgeIsPending.load(ordering: .acquiring) { try await purge(isUrgent: false) }
    }
}
