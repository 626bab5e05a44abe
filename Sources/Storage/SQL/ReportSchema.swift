extension Schema {
    /// Finds what somebody has reported, for themselves.
    public static let reporters = [
        "CREATE INDEX report_participant ON report (tenant, participant, id) WHERE participant IS NOT NULL"
    ]
}
