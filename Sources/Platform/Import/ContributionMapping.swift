/// Which member of a source feeds which field of a contribution.
///
/// Names are compared without case, accents of spelling (`_`, `-`, blank) aside. What is not given is recognised from
/// the names used by DIPAS exports, the PDS interface, Open311 and common German and English tables.
public struct ContributionMapping: Sendable, Hashable {
    /// The fields that can be mapped.
    public enum Field: String, Sendable, Hashable, CaseIterable {
        case identifier = "id"
        case title
        case text
        case category
        case type
        case created
        case votesUp
        case votesDown
        case comments
        case located
        case channel
    }

    /// Member names given by the one who imports.
    public var given: [Field: String]

    /// Makes a mapping; what is not given is recognised by name.
    public init(given: [Field: String] = [:]) { self.given = given }

    /// Names under which each field is recognised, the most telling first.
    static let known: [Field: [String]] = [
        .identifier: [
            "nodeid", "id", "externalid", "contributionid", "documentid", "noteid", "uniquekey", "servicerequestid",
            "url", "link",
        ],
        .title: ["title", "titel", "betreff", "subject", "headline", "ueberschrift", "überschrift", "complainttype"],
        .text: [
            "contributioncontent", "contributiontext", "text", "beschreibung", "description", "content", "inhalt",
            "body", "comment", "beitrag", "openingcomment", "descriptor",
        ],
        .category: ["category", "kategorie", "servicename", "servicecode", "thema", "topic", "complainttype"],
        .type: ["contributiontype", "rubric", "rubrik", "type", "typ"],
        .created: [
            "datecreated", "createdutc", "created", "createdat", "erstellt", "erstelltam", "datum", "date",
            "gemeldetam", "openedat", "createddate", "requesteddatetime",
        ],
        .votesUp: ["votingpro", "upvotes", "votesup", "pro", "likes"],
        .votesDown: ["votingcontra", "downvotes", "votesdown", "contra", "dislikes"],
        .comments: ["commentedby", "comments"],
        .located: ["dipaslocated", "located"],
        .channel: ["channel", "kanal"],
    ]

    /// A member name without case, blanks and punctuation.
    static func folded(_ name: String) -> String {
        String(
            String.UnicodeScalarView(
                name.lowercased().unicodeScalars.filter {
                    $0.properties.isAlphabetic || $0.properties.numericType != nil
                }))
    }

    /// For the member names of one source: which feeds what.
    func resolve(names: [String]) -> [Field: String] {
        var byFolded: [String: String] = [:]
        for name in names where byFolded[Self.folded(name)] == nil { byFolded[Self.folded(name)] = name }
        var result: [Field: String] = [:]
        for field in Field.allCases {
            if let name = given[field] {
                result[field] = byFolded[Self.folded(name)] ?? name
            } else if let name = Self.known[field]?.lazy.compactMap({ byFolded[$0] }).first {
                result[field] = name
            }
        }
        return result
    }
}
