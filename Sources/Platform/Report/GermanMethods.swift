/// The methods of analyses in German.
enum GermanMethods {
    /// A method; its name as it is where it has no other.
    static func name(_ english: String) -> String {
        if let name = names[english] ?? GermanParameters.word(english, of: "method") { return name }
        guard english.hasPrefix(density) else { return english }
        let kernel = String(english.dropFirst(density.count))
        return "Kerndichte, \(GermanParameters.word(kernel, of: "kernel") ?? kernel)"
    }

    private static let density = "Kernel density, "

    /// All names, also those that are the same in both languages, so that a missing one is noticed.
    static let names = [
        "Bernoulli scan": "Scan-Statistik (Bernoulli)",
        "Centrography": "Zentrografie",
        "Colocation quotient": "Kolokationsquotient",
        "Comparison of two sets on the same cells, exact test of the shares":
            "Vergleich zweier Mengen auf denselben Zellen, exakter Test der Anteile",
        "Contributions per area unit, empirical-Bayes rates":
            "Beiträge je Gebietseinheit, Raten nach Empirical Bayes",
        "Counts per cell": "Beiträge je Zelle",
        "Counts per cell with noise (differential privacy)": "Beiträge je Zelle mit Rauschen (Differential Privacy)",
        "Cross-K of two categories, random labels": "Kreuz-K zweier Kategorien, zufällige Zuordnung",
        "DBSCAN": "DBSCAN",
        "Emerging hot spots: Gi* in a space-time cube, Mann-Kendall trend":
            "Entstehung von Schwerpunkten: Gi* im Raum-Zeit-Würfel, Trend nach Mann und Kendall",
        "Geary's C": "Geary-C",
        "General G": "General G",
        "Getis-Ord Gi": "Getis-Ord Gi",
        "Getis-Ord Gi of counts with noise (differential privacy)":
            "Getis-Ord Gi von Zahlen mit Rauschen (Differential Privacy)",
        "Getis-Ord Gi of rates": "Getis-Ord Gi von Raten",
        "Getis-Ord Gi*": "Getis-Ord Gi*",
        "Getis-Ord Gi* of counts with noise (differential privacy)":
            "Getis-Ord Gi* von Zahlen mit Rauschen (Differential Privacy)",
        "Getis-Ord Gi* of rates": "Getis-Ord Gi* von Raten",
        "Global Moran's I": "Globales Moran-I",
        "HDBSCAN*": "HDBSCAN*",
        "Join counts": "Nachbarpaare von Zellen (Join Counts)",
        "Knox test of interaction of space and time": "Knox-Test auf Zusammenwirken von Raum und Zeit",
        "Local Geary's c": "Lokales Geary-c",
        "Local Moran's I": "Lokales Moran-I",
        "Local Moran's I of rates": "Lokales Moran-I von Raten",
        "Local colocation quotient, exact test": "Örtlicher Kolokationsquotient, exakter Test",
        "Location quotient of a category, exact test": "Standortquotient einer Kategorie, exakter Test",
        "Moran's I of rates, standardised by empirical Bayes": "Moran-I von Raten, standardisiert nach Empirical Bayes",
        "Nearest-neighbour index (Clark & Evans)": "Index der nächsten Nachbarn (Clark & Evans)",
        "OPTICS": "OPTICS",
        "Poisson scan": "Scan-Statistik (Poisson)",
        "Ranking of features by contributions within a distance":
            "Rangliste von Objekten nach Beiträgen in einem Umkreis",
        "Rayleigh test of times": "Rayleigh-Test der Zeiten",
        "Relative risk: logarithm of the ratio of two densities":
            "Relatives Risiko: Logarithmus des Verhältnisses zweier Dichten",
        "Ripley's K and L": "K und L nach Ripley",
        "Space-time permutation scan": "Scan-Statistik über Raum und Zeit mit Permutationen",
    ]

    /// The words of a reference in German.
    static func reference(_ english: String) -> String {
        words.reduce(english) { $0.replacing($1.english, with: $1.german) }
    }

    /// What stands between names and years.
    private static let words: [(english: String, german: String)] = [
        ("section ", "Abschnitt "), ("(isolines)", "(Isolinien)"), ("(envelopes)", "(Hüllkurven)"),
        ("(median centre)", "(Median-Zentrum)"), ("(smoothed)", "(geglättet)"), ("(support)", "(Unterstützung)"),
        ("(tolerance contours)", "(Toleranzkonturen)"),
    ]
}
