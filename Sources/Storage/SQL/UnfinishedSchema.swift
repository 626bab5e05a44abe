extension Schema {
    /// Whether a proceeding is still being made: until it is whole nobody sees it.
    public static let unfinished: [String] = [
        "ALTER TABLE proceeding ADD COLUMN making INTEGER NOT NULL DEFAULT 0"
    ]
}
