import GeoCore
import Participation

/// What a proceeding and its categories must satisfy before they are stored.
enum ProceedingRule {
    /// The faults of a proceeding; empty when it may be stored.
    static func violations(in proceeding: Proceeding) -> [RuleViolation] {
        var faults = TextRule(length: 1...200).violations(in: proceeding.name, at: "/name")
        faults += TextRule(length: 0...10_000).violations(in: proceeding.description, at: "/description")
        if let owner = proceeding.owner { faults += TextRule(length: 0...200).violations(in: owner, at: "/owner") }
        if let website = proceeding.website {
            faults += WebAddress.violations(in: website, at: "/website", maximumLength: 500)
        }
        faults += violations(in: proceeding.details) + violations(in: proceeding.details.types)
        faults += violations(in: proceeding.settings)
        faults += violations(in: proceeding.schedule)
        return faults
    }

    /// The faults of the categories of one proceeding.
    static func violations(in categories: [Category]) -> [RuleViolation] {
        var faults: [RuleViolation] = []
        var seen: Set<String> = []
        for (index, category) in categories.enumerated() {
            let pointer = "/categories/\(index)"
            if !Slug.isValid(category.id) {
                faults.append(
                    RuleViolation(
                        pointer: "\(pointer)/id", code: "slug", detail: "use a–z, 0–9 and hyphens, at most 64"))
            }
            if !seen.insert(category.id).inserted {
                faults.append(
                    RuleViolation(pointer: "\(pointer)/id", code: "repeated", detail: "another category has this id"))
            }
            faults += TextRule(length: 1...200).violations(in: category.name, at: "\(pointer)/name")
            if let text = category.description {
                faults += TextRule(length: 0...1_000).violations(in: text, at: "\(pointer)/description")
            }
            faults += signs(category.color, category.icon, at: pointer)
            if category.isSensitive, !category.isPrivate {
                faults.append(
                    RuleViolation(
                        pointer: "\(pointer)/sensitive", code: "value",
                        detail: "only a private category can be sensitive: set \"private\": true too"))
            }
        }
        return faults
    }

    /// The faults of how something is drawn on maps.
    private static func signs(_ colour: String?, _ icon: String?, at pointer: String) -> [RuleViolation] {
        var faults: [RuleViolation] = []
        if let colour, !isColour(colour) {
            faults.append(
                RuleViolation(pointer: "\(pointer)/colour", code: "value", detail: "must be of the form #rrggbb"))
        }
        if let icon, !Slug.isValid(icon) {
            faults.append(
                RuleViolation(
                    pointer: "\(pointer)/icon", code: "value",
                    detail: "must be the name of a sign, such as bicycle: a–z, 0–9 and hyphens, at most 64"))
        }
        return faults
    }

    /// The faults of the types of one proceeding.
    static func violations(in types: [ContributionType]) -> [RuleViolation] {
        var faults: [RuleViolation] = []
        var seen: Set<String> = []
        if types.count > 200 {
            faults.append(RuleViolation(pointer: "/types", code: "count", detail: "must have at most 200 entries"))
        }
        for (index, type) in types.enumerated() {
            let pointer = "/types/\(index)"
            if !Slug.isValid(type.id) {
                faults.append(
                    RuleViolation(
                        pointer: "\(pointer)/id", code: "slug", detail: "use a–z, 0–9 and hyphens, at most 64"))
            }
            if !seen.insert(type.id).inserted {
                faults.append(
                    RuleViolation(pointer: "\(pointer)/id", code: "repeated", detail: "another type has this id"))
            }
            faults += TextRule(length: 1...200).violations(in: type.name, at: "\(pointer)/name")
            if let text = type.description {
                faults += TextRule(length: 0...1_000).violations(in: text, at: "\(pointer)/description")
            }
            faults += signs(type.color, type.icon, at: pointer)
        }
        return faults
    }

    /// Most topics, districts or tags of a proceeding.
    static let labelLimit = 100

    private static func violations(in details: ProceedingDetails) -> [RuleViolation] {
        var faults: [RuleViolation] = []
        for (name, text) in [
            ("publisher", details.publisher), ("licence", details.licence), ("contact", details.contact),
        ] {
            if let text { faults += TextRule(length: 0...500).violations(in: text, at: "/\(name)") }
        }
        if let centre = details.centre,
            centre.count != 2 || !(-180...180).contains(centre[0]) || !(-90...90).contains(centre[1])
        {
            faults.append(
                RuleViolation(
                    pointer: "/centre", code: "value",
                    detail: "must be [longitude, latitude] in degrees, as [9.99, 53.55]"))
        }
        for (index, tag) in details.languages.enumerated() where !LanguageTag.isValid(tag) {
            faults.append(
                RuleViolation(
                    pointer: "/languages/\(index)", code: "value", detail: "must be a language such as de or pt-BR"))
        }
        if details.languages.count > 20 {
            faults.append(RuleViolation(pointer: "/languages", code: "count", detail: "must have at most 20 entries"))
        }
        for (name, list) in [("topics", details.topics), ("districts", details.districts), ("tags", details.tags)] {
            if list.count > labelLimit {
                faults.append(
                    RuleViolation(pointer: "/\(name)", code: "count", detail: "must have at most \(labelLimit) entries")
                )
            }
            for (index, text) in list.enumerated() {
                faults += TextRule(length: 1...200).violations(in: text, at: "/\(name)/\(index)")
            }
        }
        return faults
    }

    private static func violations(in settings: ProceedingSettings) -> [RuleViolation] {
        var faults: [RuleViolation] = []
        if !(20...3_500).contains(settings.maximumTextLength) {
            faults.append(
                RuleViolation(
                    pointer: "/settings/maximumTextLength", code: "outOfRange", detail: "must be from 20 to 3500"))
        }
        if !(0...43_200).contains(settings.editWindowMinutes) {
            faults.append(
                RuleViolation(
                    pointer: "/settings/editWindowMinutes", code: "outOfRange", detail: "must be from 0 to 43200"))
        }
        let budget = settings.privacyBudget
        if !(0...1000).contains(budget) || (budget * 1000).rounded() / 1000 != budget {
            faults.append(
                RuleViolation(
                    pointer: "/settings/privacyBudget", code: "outOfRange",
                    detail: "must be from 0 to 1000 with at most three decimals, such as 10"))
        }
        faults += settings.retention.violations + settings.attachments.violations + settings.downloads.violations
        let kinds = settings.allowedGeometries
        if kinds.isEmpty || kinds.contains(where: { Geometry.Kind(rawValue: $0) == nil }) {
            faults.append(
                RuleViolation(
                    pointer: "/settings/allowedGeometries", code: "value",
                    detail: "must name types such as Point, LineString and Polygon"))
        }
        return faults
    }

    private static func violations(in schedule: Schedule) -> [RuleViolation] {
        let phases =
            [("phase1End", schedule.phase1Start, schedule.phase1End)]
            + [("phase2End", schedule.phase2Start, schedule.phase2End)]
        return phases.compactMap { name, start, end in
            guard let start, let end, end <= start else { return nil }
            return RuleViolation(
                pointer: "/schedule/\(name)", code: "order", detail: "the end must come after the start")
        }
    }

    private static func isColour(_ text: String) -> Bool {
        text.utf8.count == 7 && text.hasPrefix("#") && text.dropFirst().allSatisfy(\.isHexDigit)
    }
}
