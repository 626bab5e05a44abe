import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The folder for files under way, rid of what a server that was killed left in it: originals, with all that they tell.
///
/// Every server holds a shared lock (flock(2)) on its folder as long as it lives, and the system gives it back however
/// it ends. Only who is alone there removes anything, so that what another receives stays.
public final class UploadFolder: Sendable {
    /// How the folders of uploads begin.
    static let upload = "mitplan-upload-"
    /// How the folders of files begin that are fetched from elsewhere.
    static let fetch = "mitplan-fetch-"

    /// How many folders were removed.
    public let removed: Int
    /// Whether no other server used the folder when the lock was taken.
    public let isAlone: Bool
    private let lock: Int32

    /// Takes the lock on a folder, and removes what was left there if no other server uses it.
    public init(sweeping path: String) {
        lock = open(path, O_RDONLY | O_CLOEXEC)
        guard lock >= 0, flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            (removed, isAlone) = (0, false)
            if lock >= 0 { flock(lock, LOCK_SH) }
            return
        }
        isAlone = true
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        removed = names.count { name in
            guard name.hasPrefix(UploadFolder.upload) || name.hasPrefix(UploadFolder.fetch) else { return false }
            return (try? FileManager.default.removeItem(atPath: "\(path)/\(name)")) != nil
        }
        flock(lock, LOCK_SH)
    }

    deinit { if lock >= 0 { close(lock) } }
}
