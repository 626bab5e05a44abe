import Participation

extension Schema {
    /// Whether an item was ever published: only then its going is told to the public.
    ///
    /// Of what is there already nothing is known but what waits since it came in: for the rest it is better to tell of
    /// one that nobody had than to leave one with those who harvested it.
    public static let shown: [String] =
        ["contribution", "comment", "conception"].flatMap { table in
            [
                "ALTER TABLE \(table) ADD COLUMN shown INTEGER NOT NULL DEFAULT 0",
                """
                UPDATE \(table) SET shown = 1
                WHERE state <> \(Contribution.State.pending.rawValue) OR version > 1
                """,
            ]
        }
        + ["contribution", "conception"].flatMap { table in
            [
                "DROP INDEX \(table)_changed",
                "CREATE INDEX \(table)_changed ON \(table) (tenant, proceeding, changed, id, state, shown)",
            ]
        }
}
