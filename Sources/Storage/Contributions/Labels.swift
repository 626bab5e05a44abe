public import Participation

/// Tags as they are stored: each between line breaks, so that one of them can be looked for.
enum StoredTags {
    /// The text of a column; `nil` for none.
    static func text(_ tags: [String]) -> String? {
        tags.isEmpty ? nil : "\n" + tags.joined(separator: "\n") + "\n"
    }

    /// The tags of a column.
    static func list(_ text: String?) -> [String] { (text ?? "").split(separator: "\n").map(String.init) }

    /// The condition that the table `c` has one of some tags.
    static func condition(oneOf tags: [String], _ dialect: any Dialect) -> SQL {
        let tests = tags.map { tag -> SQL in
            let literal = tag.reduce(into: "") { $0 += "\\%_".contains($1) ? "\\\($1)" : "\($1)" }
            return dialect.matches("c.tags", pattern: "%\n\(literal)\n%")
        }
        return "(\(SQL.joined(tests, separator: " OR ")))"
    }
}

/// Keywords as they are stored: separated by commas, as their source wrote them.
enum StoredKeywords {
    /// The keywords of a column.
    static func list(_ text: String?) -> [String] {
        (text ?? "").split(separator: ",").map { TextRule.cleaned(String($0)) }.filter { !$0.isEmpty }
    }
}

extension ScopedReader {
    /// The columns of what labels a contribution `c`: tags, suggested keywords, picked ones.
    static var labelColumns: String {
        let keywords = ["suggested", "picked"].map { column in
            """
            (SELECT k.\(column) FROM pds_contribution k
                WHERE k.tenant = c.tenant AND k.proceeding = c.proceeding AND k.id = c.id)
            """
        }
        return (["c.tags"] + keywords).joined(separator: ", ")
    }
}

extension ScopedWriter {
    /// Keeps the keywords that an author picked, and those that were suggested; these stay where none are given.
    ///
    /// Where words were taken out, what a source said of them is forgotten: a digest lets one guess.
    public func keepPicked(
        _ keywords: [String], suggested: [String]? = nil, of contribution: Int64, in proceeding: Proceeding
    ) throws {
        let list = keywords.joined(separator: ",")
        let others = suggested?.joined(separator: ",")
        try connection.execute(
            """
            INSERT INTO pds_contribution (tenant, proceeding, id, suggested, picked)
            VALUES (\(tenant), \(proceeding.key), \(contribution), \(others ?? ""), \(list))
            ON CONFLICT (tenant, proceeding, id) DO UPDATE SET picked = excluded.picked,
                suggested = coalesce(\(others), pds_contribution.suggested),
                told = CASE WHEN (SELECT c.redacted FROM contribution c WHERE c.tenant = excluded.tenant
                    AND c.proceeding = excluded.proceeding AND c.id = excluded.id) = 1
                    THEN NULL ELSE pds_contribution.told END
            """)
    }
}

/// The labels of a row of an export, and how it came in.
public struct ExportedLabels: Sendable {
    /// Tags, picked keywords and suggested ones, by the names of answers, in that order.
    public let lists: [(name: String, values: [String])]
    /// How the contribution came in.
    public let channel: ContributionChannel

    /// Reads the last columns of ``ScopedReader/exportPage(of:filter:after:limit:_:)``.
    public init(_ row: any SQLRow) {
        lists = [
            ("tags", StoredTags.list(row.optionalText(17))),
            ("keywordPicked", StoredKeywords.list(row.optionalText(19))),
            ("keywordSuggested", StoredKeywords.list(row.optionalText(18))),
        ]
        channel = ContributionChannel(rawValue: row.text(20)) ?? .import
    }
}
