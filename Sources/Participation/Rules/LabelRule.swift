/// The rules for the labels that citizens give: tags of the proceeding's list, and keywords of their own.
public struct LabelRule: Sendable {
    /// Most keywords of a contribution.
    public static let mostKeywords = 20
    private let tags: [String]

    /// Makes the rules of a proceeding with these tags.
    public init(tags: [String]) { self.tags = tags }

    /// All faults of the labels of a draft.
    ///
    /// - Parameter known: tags that it has already, and may keep though they are in the list no more.
    public func violations(in draft: NewContribution, known: [String] = []) -> [RuleViolation] {
        var result: [RuleViolation] = []
        let names = tags.isEmpty ? "it has none" : "there are " + tags.prefix(20).joined(separator: ", ")
        for (index, tag) in draft.tags.enumerated()
        where !(tags.contains(tag) || known.contains(tag)) || tag.contains(where: \.isNewline) {
            result.append(
                RuleViolation(
                    pointer: "/properties/tags/\(index)", code: "unknownTag",
                    detail: "this is no tag of the proceeding; \(names)"))
        }
        if draft.pickedKeywords.count > Self.mostKeywords {
            result.append(
                RuleViolation(
                    pointer: "/properties/keywordPicked", code: "tooMany",
                    detail: "at most \(Self.mostKeywords) keywords are allowed, there are \(draft.pickedKeywords.count)"
                ))
        }
        for (index, keyword) in draft.pickedKeywords.enumerated() {
            let pointer = "/properties/keywordPicked/\(index)"
            result += TextRule(length: 2...60).violations(in: keyword, at: pointer)
            if keyword.contains(where: { $0 == "," || $0.isNewline }) {
                result.append(
                    RuleViolation(
                        pointer: pointer, code: "separator",
                        detail: "a keyword has no commas and line breaks; send several as several texts"))
            }
        }
        return result
    }
}
