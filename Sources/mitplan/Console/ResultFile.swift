import Foundation

/// Where an answer goes: standard output, or a file that appears complete or not at all.
///
/// A file is written under a temporary name in the same folder and takes its own name in ``finish()``, so an earlier
/// file of that name stays until then. Devices and pipes are written directly.
final class ResultFile {
    private let handle: FileHandle
    private let destination: String?
    private var temporary: String?

    /// Opens standard output when `path` is `nil` or `-`.
    ///
    /// - Throws: ``CommandFailure`` when the file cannot be made.
    init(path: String?) throws {
        guard let path, path != "-" else {
            handle = .standardOutput
            destination = nil
            return
        }
        var isDirectory: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
        guard !isDirectory.boolValue else { throw CommandFailure("cannot write \(path): it is a directory") }
        let type = exists ? try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType : nil
        let isDirect = exists && type != .typeRegular
        let opened = isDirect ? path : "\(path).\(UUID().uuidString.prefix(8)).part"
        let descriptor = open(opened, isDirect ? O_WRONLY : O_WRONLY | O_CREAT | O_EXCL, 0o644)
        guard descriptor >= 0 else {
            throw CommandFailure("cannot write \(path): \(String(cString: strerror(errno)))")
        }
        handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        destination = path
        temporary = isDirect ? nil : opened
    }

    deinit {
        if let temporary { try? FileManager.default.removeItem(atPath: temporary) }
    }

    /// Writes bytes.
    func write(_ bytes: [UInt8]) throws {
        do {
            try handle.write(contentsOf: Data(bytes))
        } catch {
            throw CommandFailure("cannot write \(destination ?? "to standard output"): \(Self.reason(error))")
        }
    }

    /// Writes text as UTF-8.
    func write(_ text: String) throws { try write(Array(text.utf8)) }

    /// Puts the file in its place, its bytes on disk.
    func finish() throws {
        guard let temporary, let destination else { return }
        do {
            try handle.synchronize()
            try handle.close()
        } catch {
            throw CommandFailure("cannot write \(destination): \(Self.reason(error))")
        }
        guard rename(temporary, destination) == 0 else {
            throw CommandFailure("cannot write \(destination): \(String(cString: strerror(errno)))")
        }
        self.temporary = nil
    }

    private static func reason(_ error: any Error) -> String {
        let inner = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
        guard let inner, inner.domain == NSPOSIXErrorDomain else { return "the disk refused it" }
        return String(cString: strerror(Int32(truncatingIfNeeded: inner.code)))
    }
}

extension OutputOptions {
    /// Writes a whole answer to where it belongs.
    func write(_ text: String) throws { try write(bytes: Array(text.utf8)) }

    /// Writes a whole answer to where it belongs.
    func write(bytes: [UInt8]) throws {
        let file = try ResultFile(path: output)
        try file.write(bytes)
        try file.finish()
    }

    /// Writes a listing in the format asked for.
    func write(_ listing: Listing, formats: [OutputFormat] = [.table, .json, .csv]) throws {
        try write(listing.rendered(as: try resolved(formats)))
    }
}
