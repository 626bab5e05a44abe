import Synchronization

/// Counts the files that are made for a download and lie on the disk until it ends, with their bytes: whoever reads slowly
/// holds a place, but not the disk.
final class ExportFiles: Sendable {
    /// Files of a tenant at once that staff asked for, and as many that others asked for.
    static let ofTenant = 4

    fileprivate struct Line: Hashable {
        var tenant: Int64
        var isStaff: Bool
    }

    private struct State {
        var files: [Line: Int] = [:]
        var bytes = 0
    }

    private let state = Mutex(State())

    /// A place for one file; it is free again after ``leave()``, or when nobody holds this any more.
    final class Place: Sendable {
        private let files: ExportFiles
        private let line: Line
        private let most: Int
        /// Bytes of the file; `nil` when it is gone.
        private let bytes = Mutex<Int?>(0)

        fileprivate init(_ files: ExportFiles, _ line: Line, most: Int) {
            (self.files, self.line, self.most) = (files, line, most)
        }

        deinit { leave() }

        /// Frees the place; the file is gone.
        func leave() {
            bytes.withLock { bytes in
                if let size = bytes { files.leave(line, size) }
                bytes = nil
            }
        }

        /// Takes note that the file has grown.
        ///
        /// - Throws: ``Problem`` 503 where all files together would become too large.
        func grow(to size: Int) throws {
            try bytes.withLock { bytes in
                guard let old = bytes, files.add(size - old, most: most) else { throw ExportFiles.full }
                bytes = size
            }
        }
    }

    /// Takes a place for a file before it is made.
    ///
    /// - Parameters:
    ///   - most: files of all tenants at once.
    ///   - mostBytes: of all these files together.
    /// - Throws: ``Problem`` 503 where none is free.
    func place(tenant: Int64, isStaff: Bool, most: Int, mostBytes: Int) throws -> Place {
        let line = Line(tenant: tenant, isStaff: isStaff)
        let isFree = state.withLock { state in
            guard state.files[line, default: 0] < Self.ofTenant, state.files.values.reduce(0, +) < most else {
                return false
            }
            state.files[line, default: 0] += 1
            return true
        }
        guard isFree else { throw Self.full }
        return Place(self, line, most: mostBytes)
    }

    fileprivate static var full: Problem {
        .overloaded("Many download files that are made for them at this moment; please try again, or with f=geojson.")
    }

    fileprivate func add(_ bytes: Int, most: Int) -> Bool {
        state.withLock { state in
            guard bytes <= 0 || state.bytes + bytes <= most else { return false }
            state.bytes += bytes
            return true
        }
    }

    fileprivate func leave(_ line: Line, _ bytes: Int) {
        state.withLock { state in
            state.bytes -= bytes
            let left = state.files[line, default: 0] - 1
            state.files[line] = left > 0 ? left : nil
        }
    }
}
