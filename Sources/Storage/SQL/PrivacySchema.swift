extension Schema {
    /// Categories whose places are private: what is shown stands where it always stood, the true place beside it, so
    /// that no list, box, count, tile or export can go around it.
    public static let privacy: [String] = [
        "ALTER TABLE category ADD COLUMN private INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE contribution ADD COLUMN exact BLOB",
        "ALTER TABLE contribution ADD COLUMN exact_x DOUBLE PRECISION",
        "ALTER TABLE contribution ADD COLUMN exact_y DOUBLE PRECISION",
    ]
}
