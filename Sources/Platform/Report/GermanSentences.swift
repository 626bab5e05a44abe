/// The sentences that analyses tell of themselves, in German: rules by which parameters were chosen, and warnings.
///
/// Analyses say them in English, with numbers in them. `#` stands for a number or a word that is taken over; a sentence
/// that is not known here stays as it is.
enum GermanSentences {
    private static let known: [(english: String, german: String)] = [
        (
            "# contributions in # occupied cells are enough for a test of hotspots",
            "# Beiträge in # besetzten Zellen genügen für eine Prüfung auf Schwerpunkte"
        ),
        (
            "too few for a test of hotspots, which wants # contributions in # occupied cells, and there are # in #; a density "
                + "shows where they lie",
            "zu wenige für eine Prüfung auf Schwerpunkte, die # Beiträge in # besetzten Zellen braucht, und es sind # in #; "
                + "eine Dichte zeigt, wo sie liegen"
        ),
        (
            "twice the mean distance to the nearest contribution, rounded to 1-2-5 steps",
            "doppelter mittlerer Abstand zum nächsten Beitrag, gerundet auf Stufen von 1, 2 und 5"
        ),
        (
            "at most a twentieth of the extent of the contributions, in 1-2-5 steps; twice the mean distance to the "
                + "nearest contribution is more",
            "höchstens ein Zwanzigstel der Ausdehnung der Beiträge, in Stufen von 1, 2 und 5; der doppelte mittlere "
                + "Abstand zum nächsten Beitrag ist größer"
        ),
        (
            "the least that is chosen; twice the mean distance to the nearest contribution is less",
            "die kleinste, die gewählt wird; der doppelte mittlere Abstand zum nächsten Beitrag ist kleiner"
        ),
        (
            "wider than twice the mean distance to the nearest contribution, so that an occupied cell holds 1.5 "
                + "contributions, in 1-2-5 steps",
            "größer als der doppelte mittlere Abstand zum nächsten Beitrag, damit eine besetzte Zelle 1,5 Beiträge "
                + "enthält, in Stufen von 1, 2 und 5"
        ),
        (
            "narrower than twice the mean distance to the nearest contribution, so that 30 cells are occupied, in 1-2-5 "
                + "steps",
            "kleiner als der doppelte mittlere Abstand zum nächsten Beitrag, damit 30 Zellen besetzt sind, in Stufen von "
                + "1, 2 und 5"
        ),
        (
            "where all contributions lie at one place, which tells no distances between them",
            "wo alle Beiträge an einem Ort liegen, der keine Abstände zwischen ihnen verrät"
        ),
        (
            "first peak of the score of global Moran's I over 1 to # rings",
            "erster Gipfel der Prüfgröße des globalen Moran-I über 1 bis # Ringe"
        ),
        (
            "fewest rings with at least 8 neighbours: the score of global Moran's I falls from the first ring on, and so has "
                + "no peak over 1 to # rings",
            "wenigste Ringe mit mindestens 8 Nachbarn: die Prüfgröße des globalen Moran-I fällt vom ersten Ring an und hat so "
                + "über 1 bis # Ringe keinen Gipfel"
        ),
        (
            "fewest rings with at least 8 neighbours: the score of global Moran's I has no peak over 1 to # rings",
            "wenigste Ringe mit mindestens 8 Nachbarn: die Prüfgröße des globalen Moran-I hat über 1 bis # Ringe keinen "
                + "Gipfel"
        ),
        (
            "# cells along the longer side of the study area",
            "# Zellen entlang der längeren Seite des Untersuchungsgebiets"
        ),
        (
            "the region that holds half of the density, at five bandwidths",
            "das Gebiet, das die Hälfte der Dichte enthält, bei fünf Bandbreiten"
        ),
        (
            "which contributions lie in clusters, at five reaches",
            "welche Beiträge in Häufungen liegen, bei fünf Reichweiten"
        ),
        (
            "which contributions lie in clusters, at up to five sizes of the smallest",
            "welche Beiträge in Häufungen liegen, bei bis zu fünf Größen der kleinsten"
        ),
        (
            "where the category is significantly denser by the asymptotic test, at five bandwidths",
            "wo die Kategorie nach der asymptotischen Prüfung signifikant dichter ist, bei fünf Bandbreiten"
        ),
        (
            "which cells have a hot pattern, at up to five sizes of cells",
            "welche Zellen ein Muster heißer Stellen haben, bei bis zu fünf Zellgrößen"
        ),
        (
            "which cells lie in a significant cluster, with cells of half and double size and # simulations",
            "welche Zellen in einer signifikanten Häufung liegen, mit halb und doppelt so großen Zellen und # Simulationen"
        ),
        (
            "which cells have an unusual share, at five sizes on three origins each",
            "welche Zellen einen ungewöhnlichen Anteil haben, bei fünf Größen auf je drei Ursprüngen"
        ),
        ("not by itself where it would take long", "nicht von selbst, wo es lange dauern würde"),
        ("with # permutations in each run", "mit # Permutationen in jedem Lauf"),
        ("by the normal law, without draws, in each run", "nach der Normalverteilung, ohne Ziehungen, in jedem Lauf"),
        ("lines and areas count at a point in each run", "Linien und Flächen zählen in jedem Lauf an einem Punkt"),
        (
            "by the normal law, without draws, in each run, where lines and areas count at a point",
            "nach der Normalverteilung, ohne Ziehungen, in jedem Lauf, in dem Linien und Flächen an einem Punkt zählen"
        ),
        ("not by itself with more than # contributions", "nicht von selbst bei mehr als # Beiträgen"),
        ("normal law", "Normalverteilung"),
        (
            "permutedP is one-sided, the share of permutations with at least as many pairs near in both; p is two-sided, by "
                + "the normal law",
            "permutedP ist einseitig, der Anteil der Permutationen mit mindestens so vielen in beidem nahen Paaren; p ist "
                + "zweiseitig, nach der Normalverteilung"
        ),
        (
            "below this effective number of weights in a hot cell and its neighbours it is carried by few; fragile is one of "
                + "another class without the heaviest contribution there",
            "unter dieser wirksamen Zahl der Gewichte in einer heißen Zelle und ihren Nachbarn wird sie von wenigen getragen; "
                + "fragile ist eine, die ohne den schwersten Beitrag dort eine andere Klasse hätte"
        ),
        (
            "below this effective number of weights in a hot cell and its neighbours over all steps it is carried by few; "
                + "fragile is one of another pattern, by the normal law, without the heaviest contribution there",
            "unter dieser wirksamen Zahl der Gewichte in einer heißen Zelle und ihren Nachbarn über alle Zeitschritte wird sie "
                + "von wenigen getragen; fragile ist eine, die nach der Normalverteilung ohne den schwersten Beitrag dort ein "
                + "anderes Muster hätte"
        ),
        ("p is two-sided, by the normal law", "p ist zweiseitig, nach der Normalverteilung"),
        (
            "normal law, since permutations would take too long",
            "Normalverteilung, da Permutationen zu lange dauern würden"
        ),
        ("isolines, since they name few places", "Linien gleicher Dichte, da sie wenige Orte benennen"),
        ("not used: surface=isolines draws them", "nicht verwendet: surface=isolines zeichnet sie"),
        (
            "# were made, since equal values stay together",
            "# sind es geworden, da gleiche Werte beisammenbleiben"
        ),
        (
            "normal law, since bins have too many neighbours to be counted",
            "Normalverteilung, da die Fächer zu viele Nachbarn zum Auszählen haben"
        ),
        ("contributions put into bins at random, counted", "Beiträge zufällig auf die Fächer verteilt, ausgezählt"),
        ("none were drawn: inference=permutation draws them", "keine wurden gezogen: das tut inference=permutation"),
        (
            "UTM zone of the middle of the area, which EPSG:# is not made for",
            "UTM-Zone der Mitte des Gebiets, für die EPSG:# nicht gemacht ist"
        ),
        ("conditional permutations, counted", "bedingte Permutationen, ausgezählt"),
        ("conditional permutations, drawn", "bedingte Permutationen, gezogen"),
        ("all choices of neighbours enumerated", "alle Auswahlen von Nachbarn durchgegangen"),
        ("conditional permutations of the rates", "bedingte Permutationen der Raten"),
        ("as many as can be done in time", "so viele, wie die Zeit zulässt"),
        ("standard deviation of the kernel", "Standardabweichung des Kerns"),
        ("standard deviation", "Standardabweichung"),
        ("radius", "Radius"),
        (
            "the answer depends on the size of the cells: fewer than half of the hot cells are hot in at least # of # "
                + "runs with other sizes and origins",
            "die Antwort hängt von der Zellgröße ab: weniger als die Hälfte der Schwerpunkte bleibt in mindestens # von "
                + "# Läufen mit anderen Größen und Ursprüngen einer"
        ),
        (
            "the normal law is rough here (# of the cells are empty): p-values near the limits are uncertain",
            "die Normalverteilung ist hier grob (# der Zellen sind leer): Irrtumswahrscheinlichkeiten nahe den Grenzen "
                + "sind unsicher"
        ),
        (
            "# permutations are too few to tell single area units apart after the correction for many units; more "
                + "permutations do",
            "# Permutationen sind zu wenige, um nach der Korrektur für viele Einheiten einzelne zu unterscheiden; mehr "
                + "Permutationen können es"
        ),
        (
            "# permutations are too few to tell single cells apart after the correction for many cells; larger cells make "
                + "fewer tests",
            "# Permutationen sind zu wenige, um nach der Korrektur für viele Zellen einzelne zu unterscheiden; größere "
                + "Zellen brauchen weniger Prüfungen"
        ),
        (
            "the border has too many vertices for an edge correction; densities near it are low",
            "der Rand hat zu viele Stützpunkte für eine Korrektur; nahe bei ihm ist die Dichte zu niedrig"
        ),
        (
            "lines and areas count where their point lies, since there are private categories",
            "Linien und Flächen zählen, wo ihr Punkt liegt, da es private Kategorien gibt"
        ),
    ]

    /// The sentence in German; itself where it is not known.
    static func text(_ english: String) -> String { translation(of: english) ?? english }

    /// The sentence in German; `nil` where it is not known.
    static func translation(of english: String) -> String? {
        for sentence in known + rules + warnings {
            if let words = words(of: english, in: sentence.english) { return filled(sentence.german, words) }
        }
        return nil
    }

    /// What stands for each `#` of a pattern; `nil` where the text is none of the pattern.
    private static func words(of text: String, in pattern: String) -> [String]? {
        let parts = pattern.split(separator: "#", omittingEmptySubsequences: false)
        guard let first = parts.first, text.hasPrefix(first) else { return nil }
        var rest = text.dropFirst(first.count)
        var words: [String] = []
        for (index, part) in parts.dropFirst().enumerated() {
            let isLast = index == parts.count - 2
            if part.isEmpty {
                guard isLast else { return nil }
                words.append(String(rest))
                return words
            }
            guard let place = rest.firstRange(of: part) else { return nil }
            words.append(String(rest[..<place.lowerBound]))
            rest = rest[place.upperBound...]
        }
        return rest.isEmpty ? words : nil
    }

    private static func filled(_ pattern: String, _ words: [String]) -> String {
        let parts = pattern.split(separator: "#", omittingEmptySubsequences: false)
        return zip(parts, words + [""]).map { $0 + $1 }.joined()
    }
}
