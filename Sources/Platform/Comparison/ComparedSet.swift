public import Participation
public import Storage

/// One side of a comparison.
public struct ComparedSet: Sendable {
    /// The proceeding.
    public var proceeding: Proceeding
    /// Which of its contributions.
    public var filter: ContributionFilter

    /// Makes a side.
    public init(proceeding: Proceeding, filter: ContributionFilter) {
        self.proceeding = proceeding
        self.filter = filter
    }
}

extension ComparedSet {
    /// What it is called by programs: the ids and words that chose it.
    var identification: String {
        var parts = [proceeding.id]
        for words in [filter.categories, filter.keywords, filter.tags, filter.states.map(\.name)] where !words.isEmpty {
            parts.append(words.joined(separator: "+"))
        }
        if let from = filter.from { parts.append("from \(Timestamp.rfc3339(from))") }
        if let until = filter.until { parts.append("until \(Timestamp.rfc3339(until))") }
        return parts.joined(separator: " ")
    }

    /// What it is called for people: the titles of its categories, its words and its period; the proceeding where the other
    /// set is of another one, or where nothing else is asked for.
    func title(_ categories: [Category], isOneProceeding: Bool, timeZone: String) -> AnalysisExplanation {
        let labels = Dictionary(categories.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        let states = ParameterWords.germanValues["state"] ?? [:]
        let types = Dictionary(
            proceeding.details.types.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        var parts: [AnalysisExplanation] = []
        for names in [
            filter.categories.map { labels[$0] ?? $0 }, filter.types.map { types[$0] ?? $0 }, filter.keywords,
            filter.tags,
        ] where !names.isEmpty {
            parts.append(
                AnalysisExplanation(
                    english: names.joined(separator: " and "), german: names.joined(separator: " und ")))
        }
        if !filter.states.isEmpty {
            let names = filter.states.map(\.name)
            parts.append(
                AnalysisExplanation(
                    english: names.joined(separator: " and "),
                    german: names.map { states[$0] ?? $0 }.joined(separator: " und ")))
        }
        if let period = PeriodWords(timeZone: timeZone).text(from: filter.from, until: filter.until) {
            parts.append(period)
        }
        // What is not told yet is told as a condition: a part is not to be called the whole.
        let told: Set = ["category", "type", "keyword", "tag", "state", "datetime"]
        let (english, german) = (ParameterWords(language: "en"), ParameterWords(language: "de"))
        for term in filter.terms where !told.contains(term.name) {
            parts.append(AnalysisExplanation(english: english.caption(term), german: german.caption(term)))
        }
        if !isOneProceeding || parts.isEmpty {
            parts.insert(AnalysisExplanation(english: proceeding.name, german: proceeding.name), at: 0)
        }
        return AnalysisExplanation(
            english: parts.map(\.english).joined(separator: ", "), german: parts.map(\.german).joined(separator: ", "))
    }
}
