import GeoCore

/// What a report says of methods, parameters and places of contributions, in German and English.
extension ReportWords {
    /// A number for people: with a comma in German.
    func number(_ value: Double) -> String {
        let text = PictureClasses.text(value)
        return isGerman ? text.replacing(".", with: ",") : text
    }

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
        guard isGerman else { return name }
        return [
            "inside": "im Gebiet", "outsideArea": "außerhalb des Gebiets", "unlocated": "ohne Ort",
            "borderCell": "in Zellen am Rand", "resubmission": "doppelt abgeschickt", "suspect": "zweifelhafter Ort",
            "suspectPlace": "zweifelhafter Ort",
        ][name] ?? name
    }

    /// The heading of a method.
    func method(_ answer: HotspotAnswer) -> String {
        let title = answer.analysis.method
        guard isGerman else { return title }
        switch answer.question.method {
        case .gi: return "Schwerpunkte nach \(title)"
        case .kde: return "Kerndichte (\(answer.question.kernel.rawValue))"
        default: return title
        }
    }

    /// A parameter, with the name that the interfaces know it by.
    func parameter(_ name: String) -> String {
        guard isGerman, let word = Self.parameters[name] else { return name }
        return "\(word) (\(name))"
    }

    /// Who decided a parameter.
    func origin(_ origin: AnalysisRecord.Origin) -> String {
        guard isGerman else { return origin.rawValue }
        return switch origin {
        case .given: "angegeben"
        case .standard: "Vorgabe"
        case .chosen: "gewählt"
        }
    }

    /// A sentence of an analysis.
    func sentence(_ english: String) -> String { isGerman ? GermanSentences.text(english) : english }

    private static let parameters = [
        "method": "Verfahren", "weight": "Gewicht", "cell": "Zellgröße", "grid": "Zellform",
        "orientation": "Ausrichtung", "apportion": "Linien und Flächen", "weights": "Nachbarschaft",
        "neighbours": "Nachbarn", "star": "Zelle selbst zählt mit", "correction": "Korrektur für viele Prüfungen",
        "alpha": "Irrtumswahrscheinlichkeit", "tails": "Seiten", "inference": "Wahrscheinlichkeiten",
        "sensitivity": "andere Raster", "permutations": "Permutationen", "seed": "Startzahl", "edge": "Randkorrektur",
        "rule": "Regel der Bandbreite", "bandwidth": "Bandbreite", "deviation": "Standardabweichung",
        "kernel": "Kern", "adaptive": "anpassend", "surface": "Darstellung", "levels": "Stufen",
    ]
}
