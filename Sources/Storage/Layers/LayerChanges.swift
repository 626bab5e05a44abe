public import Participation

extension ScopedWriter {
    /// Changes what is told of a layer, not its features.
    public func replace(_ old: PlanningLayer, with layer: PlanningLayer, of proceeding: Proceeding) throws {
        try connection.execute(
            """
            UPDATE layer SET name = \(layer.name), role = \(layer.role.rawValue),
                population_field = \(layer.populationField), licence = \(layer.licence), changed = \(layer.changed)
            WHERE tenant = \(tenant) AND proceeding = \(proceeding.key) AND id = \(layer.id)
            """)
        try noteChanges(in: .layers, from: [old], to: [layer], of: proceeding, now: layer.changed)
        try touch(proceeding)
    }

    /// Takes a layer from the readers; its features are swept afterwards.
    public func remove(_ layer: PlanningLayer, of proceeding: Proceeding, now: Int64) throws {
        try connection.execute(
            "DELETE FROM layer WHERE tenant = \(tenant) AND proceeding = \(proceeding.key) AND id = \(layer.id)")
        try connection.execute(
            "UPDATE layer_version SET published = 0 WHERE tenant = \(tenant) AND version = \(layer.version)")
        try noteChanges(in: .layers, from: [layer], to: [], of: proceeding, now: now)
        try touch(proceeding)
    }
}
