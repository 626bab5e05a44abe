/// The conditions of a filter for people, in German and English.
extension ParameterWords {
    /// One condition.
    ///
    /// - Parameter period: the time in words, where the days of the tenant are known.
    func filter(_ term: FilterTerm, period: AnalysisExplanation? = nil) -> String {
        let names = Self.filters[term.name] ?? (german: term.name, english: term.name)
        let time = term.name == "datetime" ? period?.text(isGerman ? "de" : "en") : nil
        return "\(isGerman ? names.german : names.english) \(time ?? value(of: term))"
    }

    /// The same for the caption of a picture, where a polygon would not find room.
    func caption(_ term: FilterTerm) -> String {
        let text = filter(term)
        return text.count <= 80 ? text : "\(text.prefix(79))…"
    }

    private func value(of term: FilterTerm) -> String {
        guard isGerman, let words = Self.germanValues[term.name] else { return term.value }
        return term.value.split(separator: ",").map { words[String($0)] ?? String($0) }.joined(separator: ", ")
    }

    /// The names of the conditions that ``ContributionFilter/terms`` tells.
    static let filters: [String: (german: String, english: String)] = [
        "bbox": ("Ausschnitt", "box"), "datetime": ("Zeitraum", "time"), "category": ("Kategorie", "category"),
        "keyword": ("Schlagwort", "keyword"), "tag": ("Etikett", "tag"), "state": ("Zustand", "state"),
        "status": ("amtlicher Stand", "official status"), "q": ("Wörter", "words"), "located": ("verortet", "located"),
        "type": ("Typ", "type"), "geometryType": ("Geometrie", "geometry"),
        "insideArea": ("im Gebiet", "inside the area"), "minVotes": ("Stimmen mindestens", "votes at least"),
        "near": ("in der Nähe von", "near"), "within": ("innerhalb von", "within"), "crossing": ("berührt", "touches"),
        "filter": ("Bedingung", "condition"),
    ]

    /// The words of conditions that are words of ours.
    static let germanValues = [
        "located": GermanParameters.flags, "insideArea": GermanParameters.flags,
        "geometryType": [
            "Point": "Punkt", "MultiPoint": "Punkte", "LineString": "Linie", "MultiLineString": "Linien",
            "Polygon": "Fläche", "MultiPolygon": "Flächen", "GeometryCollection": "Sammlung",
        ],
        "state": [
            "pending": "wartet", "published": "veröffentlicht", "hidden": "verborgen", "rejected": "abgelehnt",
            "withdrawn": "zurückgezogen", "erased": "gelöscht",
        ],
        "status": [
            "received": "eingegangen", "underReview": "in Prüfung", "accepted": "angenommen",
            "partlyAccepted": "teilweise angenommen", "rejected": "abgelehnt", "outOfScope": "nicht zuständig",
            "done": "erledigt",
        ],
    ]
}
