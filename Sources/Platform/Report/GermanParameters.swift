/// The parameters of analyses in German: their names, the words that they may be, and their units.
enum GermanParameters {
    /// The word that a parameter is; `nil` for what is no word of ours, such as a category or a layer.
    static func word(_ word: String, of parameter: String) -> String? { words[parameter]?[word] ?? flags[word] }

    /// Yes and no.
    static let flags = ["true": "ja", "false": "nein"]

    /// Units for one and for many; what is no word is the same in any language.
    static let units: [String: (one: String, many: String)] = [
        "cells": ("Zelle", "Zellen"), "contributions": ("Beitrag", "Beiträge"), "days": ("Tag", "Tage"),
        "people": ("Person", "Personen"), "rings": ("Ring", "Ringe"), "steps": ("Zeitschritt", "Zeitschritte"),
        "votes": ("Stimme", "Stimmen"), "m": ("m", "m"), "m²": ("m²", "m²"), "%": ("%", "%"), "h": ("h", "h"),
    ]

    static let names = [
        "adaptive": "anpassend", "against": "Kategorie daneben", "alpha": "Irrtumswahrscheinlichkeit",
        "apportion": "Linien und Flächen", "bandwidth": "Bandbreite", "baseline": "Vergleichsgrundlage",
        "breaks": "Klassenbildung", "by": "nach", "cell": "Zellgröße", "cellArea": "Zellfläche",
        "cellEdge": "Kantenlänge der Zellen", "changeDraws": "Ziehungen für den Wandel", "classes": "Klassen",
        "clip": "höchstens gezählt je Person", "contiguity": "Berührung", "correction": "Korrektur für viele Prüfungen",
        "crs": "Koordinatensystem", "cycle": "Umlauf", "days": "zeitliche Nähe", "deviation": "Standardabweichung",
        "deviations": "Standardabweichungen", "direction": "Richtung", "distance": "Abstand",
        "duration": "größte Dauer",
        "edge": "Randkorrektur", "eps": "Reichweite", "epsilon": "Datenschutzmaß",
        "fewestCarriers": "tragende Beiträge mindestens", "focus": "Kategorie",
        "grid": "Zellform", "gumbel": "Gumbel-Verteilung", "inference": "Wahrscheinlichkeiten", "kernel": "Kern",
        "layer": "Ebene", "leastPeople": "Personen mindestens",
        "leastPeopleSensitive": "Personen mindestens, sensible Kategorien", "levels": "Stufen", "locations": "Orte",
        "measures": "Kennzahlen", "members": "Mitglieder", "method": "Verfahren", "minPoints": "Beiträge mindestens",
        "minSamples": "Nachbarbeiträge mindestens", "model": "Modell", "nearest": "nächste Nachbarn",
        "neighbours": "Nachbarn", "noiseVariance": "Varianz des Rauschens", "null": "Vergleichsmuster",
        "orientation": "Ausrichtung", "overlap": "Überlappung", "penalty": "Abschlag für lange Ellipsen",
        "perPerson": "volle Beiträge je Person", "permutations": "Permutationen",
        "previousSteps": "frühere Zeitschritte", "priorAgainst": "Vorwissen dagegen", "priorFor": "Vorwissen dafür",
        "prospective": "nur Anhaltendes", "rank": "Rang der Hüllkurve", "reach": "Reichweite", "rounds": "Durchgänge",
        "rule": "Regel der Bandbreite", "seed": "Startzahl", "selection": "Auswahl der Häufungen",
        "sensitivity": "andere Raster", "shapes": "ganze Formen", "share": "größter Anteil",
        "simulations": "Simulationen", "single": "eine einzige Häufung erlaubt", "smoothing": "Glättung",
        "snap": "Fangabstand", "star": "Zelle selbst zählt mit", "step": "Zeitschritt", "steps": "Abstände",
        "surface": "Darstellung", "tails": "Seiten", "terms": "kennzeichnende Wörter", "timeZone": "Zeitzone",
        "trendAlpha": "Irrtumswahrscheinlichkeit der Trends", "trendCorrection": "Korrektur der Trends",
        "weight": "Gewicht", "weights": "Nachbarschaft", "window": "Fenster",
    ]

    private static let corrections = [
        "fdr": "Falscherkennungsrate (FDR)", "fdr-by": "Falscherkennungsrate (FDR) bei Abhängigkeit", "none": "keine",
    ]

    /// The words of choices, by parameter.
    private static let words: [String: [String: String]] = [
        "apportion": ["point": "an ihrem Punkt", "share": "anteilig", "touch": "ganz in jeder berührten Zelle"],
        "baseline": [
            "cube": "alle Zellen aller Zeitschritte", "slice": "alle Zellen desselben Zeitschritts",
            "neighbourhood": "derselbe Zeitschritt und benachbarte davor",
        ],
        "breaks": [
            "quantile": "gleich viele je Klasse", "equal": "gleich breite Klassen",
            "jenks": "natürliche Grenzen (Jenks)",
            "head-tail": "Kopf und Schwanz (Jiang)", "geometric": "geometrisch",
            "standard-deviation": "Standardabweichungen",
        ],
        "by": [
            "category": "Kategorie", "contributions": "Beiträgen", "votes": "Stimmen", "comments": "Kommentaren",
            "support": "Unterstützung", "controversy": "Umstrittenheit",
        ],
        "contiguity": ["queen": "an Ecken oder Kanten", "rook": "nur an Kanten"],
        "correction": corrections,
        "cycle": ["day": "Tag", "week": "Woche"],
        "direction": ["high": "mehr", "low": "weniger", "both": "mehr oder weniger"],
        "edge": [
            "none": "keine", "uniform": "gleichmäßig", "jones-diggle": "nach Jones und Diggle",
            "border": "ohne Randstreifen", "translate": "durch Verschiebung", "isotropic": "isotrop",
        ],
        "focus": ["any category": "irgendeine Kategorie"],
        "grid": ["hex": "Sechsecke", "square": "Quadrate", "inspire": "Quadrate des europäischen Gitters (INSPIRE)"],
        "inference": [
            "automatic": "selbsttätig", "exact": "exakt", "permutation": "Permutationen", "normal": "Normalverteilung",
        ],
        "kernel": [
            "quartic": "quartisch", "gaussian": "Gauß", "epanechnikov": "Epanechnikov", "triweight": "Triweight",
            "triangular": "Dreieck", "uniform": "gleichförmig",
        ],
        "locations": ["all": "alle Zellen", "occupied": "nur Zellen mit Beiträgen"],
        "method": [
            "grid": "Beiträge je Zelle", "gi": "Getis-Ord Gi*", "kde": "Kerndichte",
            "relative-risk": "relatives Risiko",
            "location-quotient": "Standortquotient", "colocation-local": "örtlicher Kolokationsquotient",
            "dbscan": "DBSCAN", "hdbscan": "HDBSCAN*", "optics": "OPTICS", "moran": "Moran-I", "geary": "Geary-c",
            "scan": "Scan-Statistik", "emerging": "Entstehung von Schwerpunkten", "auto": "selbsttätig gewählt",
            "clark-evans": "Abstand zum nächsten Nachbarn", "ripley": "Ripley-K", "knox": "Knox-Test",
            "centrography": "Mitte und Streuung", "general-g": "General G", "join-counts": "Nachbarpaare von Zellen",
            "colocation": "Kolokationsquotient", "cross-k": "Kreuz-K", "rayleigh": "Rayleigh-Test",
        ],
        "model": ["bernoulli": "Bernoulli", "poisson": "Poisson", "space-time": "Raum und Zeit"],
        "null": ["uniform": "gleichmäßig verteilt", "contributions": "alle Beiträge", "population": "Einwohner"],
        "orientation": ["flat": "Kanten oben und unten", "pointy": "Ecken oben und unten"],
        "overlap": ["first": "zählt in der ersten Einheit", "all": "zählt in jeder Einheit"],
        "penalty": ["none": "keiner", "medium": "mittel", "strong": "stark"],
        "rule": [
            "scott": "nach Scott", "scott-robust": "nach Scott, robust", "arcgis": "wie ArcGIS",
            "sheather-jones": "nach Sheather und Jones", "likelihood": "größte Likelihood bei Kreuzvalidierung",
        ],
        "selection": ["eom": "die beständigsten", "leaf": "die kleinsten"],
        "smoothing": ["global": "zur Rate des Ganzen", "local": "zur Rate der Umgebung"],
        "step": ["day": "Tag", "week": "Woche", "month": "Monat", "quarter": "Vierteljahr"],
        "surface": ["cells": "Zellen", "isolines": "Linien gleicher Dichte"],
        "tails": ["two-sided": "zweiseitig", "directed": "einseitig", "folded": "gefaltet"],
        "trendCorrection": ["none": "keine", "hamed-rao": "nach Hamed und Rao"],
        "weight": [
            "one": "jeder Beitrag gleich", "votes": "Stimmen", "comments": "Kommentare", "support": "Unterstützung",
            "approval": "Zustimmung",
        ],
        "weights": [
            "rings": "Ringe von Zellen", "band": "alle bis zu einem Abstand", "nearest": "die nächsten",
            "inverse": "umgekehrt zum Abstand", "kernel": "mit dem Abstand abnehmend",
        ],
        "window": ["circle": "Kreise", "ellipse": "Kreise und Ellipsen"],
    ]
}
