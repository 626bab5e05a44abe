import GeoCore

/// What a report says of methods, parameters and places of contributions, in German and English.
extension ReportWords {
    /// A number for people: with a comma in German.
    func number(_ value: Double) -> String { analysis.number(value) }

    /// A part of a whole.
    func share(_ count: Int, of all: Int) -> String { "\(number(Double(count) / Double(max(1, all)) * 100)) %" }

    /// A day that is told as `2026-05-01`.
    func date(_ day: String) -> String {
        let parts = day.split(separator: "-")
        guard isGerman, parts.count == 3 else { return day }
        return "\(parts[2]).\(parts[1]).\(parts[0])"
    }

    /// How well a place is known, or why a contribution is left out.
    func quality(_ name: String) -> String {
        guard let words = Self.qualities[name] else { return name }
        return isGerman ? words.german : words.english
    }

    private static let qualities: [String: (english: String, german: String)] = [
        "inside": ("inside the area", "im Gebiet"), "nearby": ("near the area", "nahe am Gebiet"),
        "outsideArea": ("outside the area", "außerhalb des Gebiets"), "unlocated": ("without a place", "ohne Ort"),
        "borderCell": ("in cells at the border", "in Zellen am Rand"),
        "resubmission": ("sent twice", "doppelt abgeschickt"), "suspect": ("doubtful place", "zweifelhafter Ort"),
        "suspectPlace": ("doubtful place", "zweifelhafter Ort"),
    ]

    /// The heading of a method.
    func method(_ answer: HotspotAnswer) -> String {
        let title = analysis.method(answer.analysis.method)
        return isGerman && answer.question.method == .gi ? "Schwerpunkte nach \(title)" : title
    }

    /// A parameter, in German with the name that the interfaces know it by.
    func parameter(_ name: String) -> String {
        let word = analysis.name(name)
        return word == name ? name : "\(word) (\(name))"
    }

    /// Who decided a parameter, and by which rule.
    func origin(_ parameter: AnalysisRecord.Parameter) -> String {
        analysis.origin(parameter.origin) + (parameter.rule.map { ": \(analysis.sentence($0))" } ?? "")
    }
}
