import Foundation

/// The folder that holds an installation.
struct DataDirectory: Sendable {
    /// Where it is, as given.
    let path: String

    /// The database file.
    var databasePath: String { path + "/mitplan.sqlite" }

    /// Whether there is a database.
    var isInitialised: Bool { FileManager.default.fileExists(atPath: databasePath) }

    /// Makes the folder, readable for its owner alone, since it holds what citizens wrote.
    ///
    /// - Throws: ``CommandFailure`` when it cannot be made.
    func create() throws {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw CommandFailure("cannot make the data directory \(path)", hint: "is its parent folder writable?")
        }
    }

    /// - Throws: ``CommandFailure`` when there is no database.
    func requireInitialised() throws {
        guard isInitialised else {
            throw CommandFailure(
                "no Mitplan data in \(path)", hint: "mitplan init --data \(path), or name another with --data")
        }
    }
}
