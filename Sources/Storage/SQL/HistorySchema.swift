extension Schema {
    /// Earlier texts of whatever has texts.
    ///
    /// `other` holds those beside title and text by the names of their members, as JSON; `root` is the contribution on
    /// which a comment stood that an import has taken away. The proceeding itself is item 0.
    public static let history: [String] = [
        "ALTER TABLE earlier_text ADD COLUMN other TEXT",
        "ALTER TABLE earlier_text ADD COLUMN root BIGINT",
        "CREATE INDEX earlier_text_root ON earlier_text (tenant, proceeding, root) WHERE root IS NOT NULL",
    ]
}
