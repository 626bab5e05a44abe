extension Schema {
    /// The tags that authors choose, each between line breaks.
    public static let tags = ["ALTER TABLE contribution ADD COLUMN tags TEXT"]
}
