import GeoCore
public import Participation
public import Storage

/// What is changed of a planning layer without its file.
public struct LayerChange: Sendable {
    /// Name for people.
    public var name: String?
    /// What it is used for.
    public var role: PlanningLayer.Role?
    /// Attribute with the number of inhabitants.
    public var populationField: MemberChange<String> = .keep
    /// Licence of its data.
    public var licence: MemberChange<String> = .keep

    /// Makes a change of nothing.
    public init() {}
}

extension Installation {
    private static let noLayer = PlatformError(.notFound, "there is no layer of that name")

    /// Changes what is told of a layer; its features are replaced by an import alone.
    ///
    /// - Throws: ``PlatformError`` `forbidden` unless a planner of the proceeding asks, `notFound`, `stale`,
    ///   `invalidInput` with the member at fault.
    public func changeLayer(
        _ id: String, _ change: LayerChange, of proceeding: Proceeding, precondition: Precondition = .any, scope: Scope
    ) async throws -> PlanningLayer {
        try require(.manageProceeding, in: proceeding, scope: scope)
        let time = now()
        return try await engine.write { connection in
            let writer = scope.writer(connection)
            guard let old = try writer.reader.layer(id, of: proceeding) else { throw Self.noLayer }
            try precondition.require(old.changed)
            var wanted = old
            wanted.name = change.name ?? old.name
            wanted.role = change.role ?? old.role
            wanted.populationField = change.populationField.applied(to: old.populationField)
            wanted.licence = change.licence.applied(to: old.licence)
            guard wanted != old else { return old }
            try Self.check(wanted, since: old, writer.reader)
            wanted.changed = max(time, old.changed + 1)
            try writer.replace(old, with: wanted, of: proceeding)
            try writer.audit("layer.change", item: "proceedings/\(proceeding.id)/layers/\(id)", now: time)
            return wanted
        }
    }

    /// Takes a layer and its features away, for good.
    ///
    /// - Throws: ``PlatformError`` `forbidden` unless a planner of the proceeding asks, `notFound`, `stale`.
    public func removeLayer(
        _ id: String, of proceeding: Proceeding, precondition: Precondition = .any, scope: Scope
    ) async throws {
        try require(.manageProceeding, in: proceeding, scope: scope)
        let time = now()
        let version = try await engine.write { connection in
            let writer = scope.writer(connection)
            guard let layer = try writer.reader.layer(id, of: proceeding) else { throw Self.noLayer }
            try precondition.require(layer.changed)
            try writer.remove(layer, of: proceeding, now: time)
            try writer.audit("layer.remove", item: "proceedings/\(proceeding.id)/layers/\(id)", now: time)
            return layer.version
        }
        try await discard(version, scope: scope)
    }

    private static func check(_ layer: PlanningLayer, since old: PlanningLayer, _ reader: ScopedReader) throws {
        var faults = TextRule(length: 1...400).violations(in: layer.name, at: "/name")
        if let licence = layer.licence { faults += TextRule(length: 1...500).violations(in: licence, at: "/licence") }
        if let field = layer.populationField, field != old.populationField {
            let fields = (try? JSONValue.parse(Array(layer.fields.utf8), limits: .importing))?.array ?? []
            let names = fields.compactMap { $0["name"]?.string }
            // Formats without a schema name no attributes: the features tell.
            let isKnown =
                try names.isEmpty
                ? reader.features(of: layer, limit: 1000, after: nil).items.contains {
                    (try? JSONValue.parse(Array($0.properties.utf8), limits: .importing))?[field] != nil
                } : names.contains(field)
            if !isKnown {
                faults.append(
                    RuleViolation(
                        pointer: "/populationField", code: "value",
                        detail: "must be an attribute of the layer"
                            + (names.isEmpty ? "" : ": " + names.prefix(20).joined(separator: ", "))))
            }
        }
        guard faults.isEmpty else {
            throw PlatformError(.invalidInput, "the layer breaks \(faults.count) rule(s)", violations: faults)
        }
    }
}
