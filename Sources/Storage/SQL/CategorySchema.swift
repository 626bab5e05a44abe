extension Schema {
    /// The signs of categories.
    public static let categoryIcons = ["ALTER TABLE category ADD COLUMN icon TEXT"]
}
