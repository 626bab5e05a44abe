public import GeoCore
import Participation
public import Storage

/// Where the files of an import come from.
public enum PDSOrigin: Sendable {
    /// A server.
    case address(String)
    /// A file, by its path.
    case file(String)

    /// What tells it from others: the address, or the digest of the file.
    fileprivate func name() throws -> String {
        switch self {
        case .address(let address): address
        case .file(let path): try Installation.checksum(ofFile: path)
        }
    }
}

extension PDSImportOptions {
    /// The key under which an import is done once; `nil` where none was sent.
    ///
    /// - Throws: ``PlatformError`` `badRequest` for a malformed key, or a file that cannot be read.
    public func idempotencyKey(_ text: String?, of origin: PDSOrigin) throws -> IdempotencyKey? {
        guard let text else { return nil }
        let members = [
            try origin.name(), source, crs ?? "", "\(takesConceptions)", projects.sorted().joined(separator: ","),
        ]
        return try IdempotencyKey(key: text, body: SHA256.digest(Array(members.joined(separator: "\u{0}").utf8)))
    }
}

extension Installation {
    private static let importRoute = "imports/pds"

    /// Does an import once for each key of a caller: a repeated request reads the counts of the first, without what it said
    /// of single rows, which is not kept.
    ///
    /// - Returns: the report as JSON, and whether an earlier request with the same key had made it.
    /// - Throws: ``PlatformError`` `invalidInput` when the key was used for another import, `conflict` while that is under
    ///   way; what `work` throws.
    public func pdsImport(
        once key: IdempotencyKey?, scope: Scope, _ work: () async throws -> PDSImportReport
    ) async throws -> (report: JSONValue, isReplay: Bool) {
        let held = try begin(key, Self.importRoute, scope: scope)
        defer { end(held) }
        let earlier = try await earlier(key, Self.importRoute, scope: scope) { earlier, _ in
            try earlier.answer.map { try JSONValue.parse(Array($0.utf8), limits: .importing) }
        }
        if let earlier { return (earlier, true) }
        return (try await work().json, false)
    }

    func remember(_ report: PDSImportReport, _ key: IdempotencyKey?, scope: Scope) async throws {
        guard key != nil else { return }
        let counts = String(decoding: report.counts.encoded, as: UTF8.self)
        let (place, time) = (Self.idempotencyScope(Self.importRoute, scope: scope), now())
        try await engine.write {
            try scope.writer($0).rememberAlso(key, route: place, answer: counts, now: time)
        }
    }
}
