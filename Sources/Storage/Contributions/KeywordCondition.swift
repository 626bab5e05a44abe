/// Which keywords a contribution must have; those that were suggested and those its author picked count alike, since
/// both are told to everybody who sees it.
struct KeywordCondition {
    private let keywords: [String]
    private let separator: String

    /// One of the keywords at least.
    init(oneOf keywords: [String]) { (self.keywords, separator) = (keywords, " OR ") }

    /// All of the keywords.
    init(all keywords: [String]) { (self.keywords, separator) = (keywords, " AND ") }

    /// The condition on the table `c`: whole keywords, letters of either case told apart.
    func condition(_ dialect: any Dialect) -> SQL {
        let tests = keywords.map { keyword -> SQL in
            let literal = keyword.reduce(into: "") { $0 += "\\%_".contains($1) ? "\\\($1)" : "\($1)" }
            let columns = ["k.suggested", "k.picked"].map { column in
                // The lists stand as their source wrote them: commas, and blanks after some.
                dialect.matches("(',' || replace(trim(\(column)), ', ', ',') || ',')", pattern: "%,\(literal),%")
            }
            return "(\(SQL.joined(columns, separator: " OR ")))"
        }
        return """
            EXISTS (SELECT 1 FROM pds_contribution k
                WHERE k.tenant = c.tenant AND k.proceeding = c.proceeding AND k.id = c.id
                    AND (\(SQL.joined(tests, separator: separator))))
            """
    }
}
