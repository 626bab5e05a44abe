public import Participation
public import Storage

/// The public proceedings of a tenant as a PDS collection, one after the other as they are pulled.
public struct PDSProjects: AsyncSequence, Sendable {
    /// The bytes of one proceeding.
    public typealias Element = [UInt8]

    /// The proceedings that are told.
    public let proceedings: [Proceeding]
    let engine: any SQLEngine
    let scope: Scope
    let now: Int64

    /// Names what is told: equal names mean equal bytes.
    ///
    /// Versions of the data and, since they change by the clock alone, the phases.
    public var version: String {
        proceedings.map { "\($0.key).\($0.dataVersion).\($0.phase(at: now).rawValue)" }.joined(separator: "-")
    }

    /// Starts from the first proceeding.
    public func makeAsyncIterator() -> Iterator { Iterator(sequence: self) }

    /// Reads one proceeding after the other.
    public struct Iterator: AsyncIteratorProtocol {
        private let sequence: PDSProjects
        private var place = -1

        fileprivate init(sequence: PDSProjects) { self.sequence = sequence }

        /// The next bytes; `nil` after the last.
        ///
        /// - Throws: `StorageError`, `CancellationError`.
        public mutating func next() async throws -> [UInt8]? {
            defer { place += 1 }
            let (sequence, index) = (sequence, place)
            if index < 0 { return Array(#"{"type":"FeatureCollection","features":["#.utf8) }
            if index > sequence.proceedings.count { return nil }
            if index == sequence.proceedings.count { return Array("]}".utf8) }
            return try await sequence.engine.read { connection in
                var bytes: [UInt8] = index > 0 ? [UInt8(ascii: ",")] : []
                try PDSProjectFeature(
                    sequence.proceedings[index], sequence.scope.reader(connection), tenant: sequence.scope.tenant,
                    now: sequence.now
                ).append(to: &bytes)
                return bytes
            }
        }
    }
}

extension Installation {
    /// The public proceedings as PDS tells them, in order of their slugs; with an id the one of that id, or none.
    ///
    /// The viewer of `scope` does not matter: PDS shows what everybody may see.
    public func pdsProjects(id: String? = nil, scope: Scope) async throws -> PDSProjects {
        let scope = Scope(tenant: scope.tenant, viewer: .anonymous)
        let proceedings = try await engine.read { connection -> [Proceeding] in
            let reader = scope.reader(connection)
            if let id { return try reader.proceeding(pdsID: id).map { [$0] } ?? [] }
            return try reader.proceedings(limit: .max - 1, after: nil).items.sorted { $0.id < $1.id }
        }
        return PDSProjects(proceedings: proceedings, engine: engine, scope: scope, now: now())
    }

    /// The public contributions of a proceeding, or comments, as PDS tells them.
    ///
    /// - Parameters:
    ///   - number: the one contribution that is asked for, by its number for readers of PDS.
    ///   - base: where the tenant is reached, such as `https://example.org`, for links to what was made here.
    public func pdsContributions(
        _ content: PDSContributions.Content, of proceeding: Proceeding, number: Int64? = nil, base: String = "",
        scope: Scope
    ) -> PDSContributions {
        PDSContributions(
            engine: engine, proceeding: proceeding, content: content, number: number, base: base,
            scope: Scope(tenant: scope.tenant, viewer: .anonymous))
    }
}
