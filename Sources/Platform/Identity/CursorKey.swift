import Participation
import Storage
import Synchronization

extension Installation {
    /// The key that hides the places of cursors, the same for all who serve the store; kept in memory once it was read.
    ///
    /// Where the store takes no writes, lists are read all the same: a key of this process then stands in for the first.
    ///
    /// - Throws: `StorageError` when the store cannot be read.
    public func cursorKey() async throws -> [UInt8] {
        if let key = cursorSecret.withLock({ $0 }) { return key }
        var text = try await engine.read { try StoreSecrets($0).cursorKey() }
        if text == nil { text = try? await engine.write { try StoreSecrets($0).makeCursorKey() } }
        let key = text.map { Array($0.utf8) } ?? Secret.bytes(32)
        return cursorSecret.withLock { known in
            if let known { return known }
            known = key
            return key
        }
    }
}
