extension Schema {
    /// What sources of imports said last, as ``SourceMarks``, so that a repeated import changes only what they tell anew.
    ///
    /// Of what came in before, nothing is known: the next import decides by what its source says then.
    public static let sources: [String] = [
        "ALTER TABLE contribution ADD COLUMN told BLOB",
        "ALTER TABLE pds_project ADD COLUMN told BLOB",
    ]

    /// The same for the keywords that were picked at a source of PDS.
    public static let pickedSources: [String] = ["ALTER TABLE pds_contribution ADD COLUMN told BLOB"]
}
