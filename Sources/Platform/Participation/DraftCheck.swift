import GeoCore
import Participation

/// A draft of a citizen that keeps all rules, with what was found out about its place.
struct CheckedDraft: Sendable {
    var draft: NewContribution
    var quality: Contribution.LocationQuality
    var point: Position?
    /// Equal for texts that differ in blanks, punctuation and case alone.
    var fingerprint: Int64

    /// Checks a draft by the rules of a proceeding.
    ///
    /// - Parameters:
    ///   - known: what an edited contribution held before: its category may stay though it is archived by now.
    /// - Throws: ``PlatformError`` `invalidInput` with all rules broken.
    init(_ draft: NewContribution, in proceeding: Proceeding, categories: [Category], known: Contribution? = nil) throws
    {
        var draft = draft
        draft.title = TextRule.cleaned(draft.title)
        draft.text = TextRule.cleaned(draft.text)
        draft.tags = Self.once(draft.tags)
        draft.pickedKeywords = Self.once(draft.pickedKeywords)
        var faults = ContributionRule(
            settings: proceeding.settings, categories: categories, types: proceeding.details.types
        ).violations(in: draft)
        // What came in with an import, or before a list was changed, does not stand in the way of another change.
        if let known {
            let isKnown = [
                "/properties/title": draft.title == known.title, "/properties/text": draft.text == known.text,
                "/properties/category": draft.category == known.category, "/properties/type": draft.type == known.type,
            ]
            faults.removeAll { isKnown[$0.pointer] ?? false }
        }
        faults += LabelRule(tags: proceeding.details.tags).violations(in: draft, known: known?.tags ?? [])
        if let language = draft.language, !LanguageTag.isValid(language) {
            faults.append(
                RuleViolation(
                    pointer: "/properties/language", code: "value", detail: "must be a language tag such as de or en"))
        }
        if faults.isEmpty, let geometry = draft.geometry, geometry != known?.geometry,
            let reason = GeometryCheck.fault(geometry)
        {
            faults.append(RuleViolation(pointer: "/geometry", code: "invalidGeometry", detail: reason))
        }
        let place = faults.isEmpty ? GeometryCheck.place(of: draft.geometry, in: AreaTest(proceeding.area)) : nil
        if let place, proceeding.settings.outsideArea == .reject, draft.geometry != nil,
            place.quality != .inside, place.quality != .nearby
        {
            let hint = place.quality == .suspect ? "; are longitude and latitude swapped?" : ""
            faults.append(
                RuleViolation(
                    pointer: "/geometry", code: "outsideArea",
                    detail: "the place lies outside the area of the proceeding\(hint)"))
        }
        guard faults.isEmpty, let place else {
            throw PlatformError(.invalidInput, "the contribution breaks \(faults.count) rule(s)", violations: faults)
        }
        self.draft = draft
        (quality, point) = place
        fingerprint = Self.fingerprint(draft.title + " " + draft.text)
    }

    /// Labels without blanks around them, each once.
    private static func once(_ labels: [String]) -> [String] {
        var seen: Set<String> = []
        return labels.map(TextRule.cleaned).filter { seen.insert($0).inserted }
    }

    /// What moderators look at: title, text and the keywords that were picked.
    var words: [String?] { [draft.title, draft.text] + draft.pickedKeywords }

    /// A number of the letters and digits of a text: the first eight bytes of their SHA-256.
    static func fingerprint(_ text: String) -> Int64 {
        let letters = text.lowercased().unicodeScalars.filter {
            $0.properties.isAlphabetic || $0.properties.numericType != nil
        }
        let digest = SHA256.digest(Array(String(String.UnicodeScalarView(letters)).utf8))
        return digest.prefix(8).reduce(0) { $0 << 8 | Int64($1) }
    }
}
