import GeoCore

/// The rules of a proceeding for what citizens send, as far as they can be told from the values alone.
public struct ContributionRule: Sendable {
    private let settings: ProceedingSettings
    private let openCategories: [String: Category]
    private let needsCategory: Bool
    private let openTypes: [String]

    /// Makes the rules of a proceeding with its categories, and its types where it has some.
    public init(settings: ProceedingSettings, categories: [Category], types: [ContributionType] = []) {
        openTypes = types.filter { !$0.archived }.map(\.id).sorted()
        self.settings = settings
        needsCategory = categories.contains { !$0.archived }
        openCategories = Dictionary(
            categories.filter { !$0.archived }.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// All faults of a draft; empty when it may be stored.
    ///
    /// Validity of the geometry and its place in the proceeding's area are checked afterwards.
    public func violations(in draft: NewContribution) -> [RuleViolation] {
        var result = TextRule.title.violations(in: draft.title, at: "/properties/title")
        result += TextRule(length: 10...max(20, settings.maximumTextLength)).violations(
            in: draft.text, at: "/properties/text")
        if let category = draft.category {
            if openCategories[category] == nil {
                let names = openCategories.keys.sorted().prefix(20).joined(separator: ", ")
                result.append(
                    RuleViolation(
                        pointer: "/properties/category", code: "unknownCategory",
                        detail: "this is no open category of the proceeding; there are \(names)"))
            }
        } else if needsCategory {
            result.append(
                RuleViolation(pointer: "/properties/category", code: "required", detail: "a category is required"))
        }
        if !openTypes.isEmpty, !openTypes.contains(draft.type ?? "") {
            let names = openTypes.prefix(20).joined(separator: ", ")
            result.append(
                RuleViolation(
                    pointer: "/properties/type", code: draft.type == nil ? "required" : "unknownType",
                    detail: "a type of the proceeding is required; there are \(names)"))
        }
        if let geometry = draft.geometry {
            result += GeometryRule(citizensOf: settings).violations(in: geometry)
        } else if settings.mustBeLocated {
            result.append(RuleViolation(pointer: "/geometry", code: "required", detail: "a place is required"))
        }
        return result
    }
}
