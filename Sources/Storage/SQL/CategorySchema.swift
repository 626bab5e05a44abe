extension Schema {
    /// The signs of categories.
    public static let categoryIcons = ["ALTER TABLE category ADD COLUMN icon TEXT"]

    /// Whether numbers of a category want more people behind them.
    public static let sensitiveCategories = ["ALTER TABLE category ADD COLUMN sensitive INTEGER NOT NULL DEFAULT 0"]
}
