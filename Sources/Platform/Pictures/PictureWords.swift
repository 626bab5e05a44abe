import Formats

/// The fixed words of pictures in German and English.
struct PictureWords {
    let language: MapPicture.Language
    private var isGerman: Bool { language == .german }
    /// The words for methods and parameters.
    var analysis: ParameterWords { ParameterWords(language: language.rawValue) }

    init(language: String) { self.language = language.hasPrefix("de") ? .german : .english }

    /// A number as people read it in the language.
    func number(_ value: Double) -> String { written(PictureClasses.text(value)) }

    /// A number that is a text already, with the decimal comma where it is wanted.
    func written(_ number: String) -> String { isGerman ? number.replacing(".", with: ",") : number }

    func title(_ method: HotspotQuestion.Method) -> String {
        switch method {
        case .grid: isGerman ? "Beiträge je Zelle" : "Contributions per cell"
        case .gi: isGerman ? "Hotspots (Gi*)" : "Hot spots (Gi*)"
        case .kde: isGerman ? "Dichte der Beiträge" : "Density of contributions"
        case .dbscan: isGerman ? "Häufungen (DBSCAN)" : "Clusters (DBSCAN)"
        case .hdbscan: isGerman ? "Häufungen (HDBSCAN)" : "Clusters (HDBSCAN)"
        case .moran: isGerman ? "Räumliche Muster (lokales Moran-I)" : "Spatial patterns (local Moran's I)"
        case .geary:
            isGerman ? "Ähnlichkeit mit der Umgebung (lokales Geary-c)" : "Likeness to surroundings (local Geary's c)"
        case .scan: isGerman ? "Auffällige Anteile (Scan)" : "Unusual shares (scan)"
        case .optics: isGerman ? "Häufungen (OPTICS)" : "Clusters (OPTICS)"
        case .relativeRisk: isGerman ? "Anteil einer Kategorie" : "Share of a category"
        case .locationQuotient:
            isGerman ? "Anteil einer Kategorie (Standortquotient)" : "Share of a category (location quotient)"
        case .colocationLocal: isGerman ? "Nachbarschaft zweier Kategorien" : "Neighbourhood of two categories"
        case .emerging: isGerman ? "Entstehung der Hotspots" : "Emerging hot spots"
        case .auto: isGerman ? "Hotspots" : "Hot spots"
        }
    }

    func title(_ method: PatternQuestion.Method) -> String {
        switch method {
        case .clarkEvans: isGerman ? "Abstand zum nächsten Beitrag" : "Distance to the nearest contribution"
        case .ripley: isGerman ? "Häufung nach Abstand (Ripleys L)" : "Clustering by distance (Ripley's L)"
        case .knox: isGerman ? "Nähe in Raum und Zeit (Knox)" : "Nearness in space and time (Knox)"
        case .centrography: isGerman ? "Mitte und Streuung" : "Middle and spread"
        case .moran:
            isGerman ? "Ähnlichkeit benachbarter Zellen (Moran-I)" : "Likeness of neighbouring cells (Moran's I)"
        case .geary:
            isGerman ? "Ähnlichkeit benachbarter Zellen (Geary-C)" : "Likeness of neighbouring cells (Geary's C)"
        case .generalG: isGerman ? "Nähe hoher Werte (General G)" : "Nearness of high values (general G)"
        case .colocation: isGerman ? "Nachbarschaft von Kategorien" : "Colocation of categories"
        case .crossK: isGerman ? "Nähe zweier Kategorien (Kreuz-K)" : "Nearness of two categories (cross-K)"
        case .rayleigh: isGerman ? "Tageszeit und Wochentag (Rayleigh)" : "Time of day and weekday (Rayleigh)"
        case .joinCounts: isGerman ? "Benachbarte Zellen (Join Counts)" : "Neighbouring cells (join counts)"
        }
    }

    var likenessOfUnits: String {
        isGerman ? "Ähnlichkeit benachbarter Gebiete (Moran-I)" : "Likeness of neighbouring areas (Moran's I)"
    }
    var distanceTitle: String { isGerman ? "Abstand, m" : "Distance, m" }
    var observed: String { isGerman ? "beobachtet" : "observed" }
    var crossExcess: String { isGerman ? "L(r) − erwartetes L(r), m" : "L(r) − expected L(r), m" }
    /// From Monday.
    var weekdays: [String] {
        isGerman
            ? ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"]
            : ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    }
    func hour(_ hour: Int) -> String { isGerman ? "\(hour) bis \(hour + 1) Uhr" : "\(hour):00 to \(hour + 1):00" }
    var expected: String { isGerman ? "erwartet" : "expected" }
    /// Where the statistic lies in 95 of 100 cases, were there nothing but chance.
    var expectedRange: String { isGerman ? "95 % bei bloßem Zufall" : "95 % by chance alone" }
    var permutedP: String { isGerman ? "p (Permutationen)" : "p (permutations)" }
    var oneSidedPermutedP: String { isGerman ? "p (Permutationen, einseitig)" : "p (permutations, one-sided)" }
    /// What the statistic of a method is, with its unit.
    func statistic(_ method: PatternQuestion.Method) -> String {
        switch method {
        case .clarkEvans:
            isGerman ? "Mittlerer Abstand zum nächsten Beitrag, m" : "Mean distance to the nearest contribution, m"
        case .knox: isGerman ? "Paare, die in Raum und Zeit nahe sind" : "Pairs near in space and in time"
        case .geary: isGerman ? "Geary-C" : "Geary's C"
        default: isGerman ? "General G" : "general G"
        }
    }
    var quotient: String { isGerman ? "Kolokationsquotient" : "Colocation quotient" }
    /// How to read the matrix of categories.
    func matrixNote(_ alpha: String) -> String {
        isGerman
            ? "Zeile: wessen Nachbarn; Spalte: Kategorie der Nachbarn; fett: auffällig, q ≤ \(alpha)"
            : "Row: whose neighbours; column: category of the neighbours; bold: significant, q ≤ \(alpha)"
    }
    var envelope: String { isGerman ? "Simulationen, je Abstand" : "simulations, at each distance" }
    /// The ellipse, the standard distance, the mean and the median centre.
    var centers: [String] {
        isGerman
            ? ["Ellipse, 1 Standardabw.", "Standarddistanz", "Mittelpunkt", "Median-Zentrum"]
            : ["ellipse, 1 deviation", "standard distance", "mean centre", "median centre"]
    }
    var centerTitle: String { isGerman ? "Mitte und Streuung" : "Middle and spread" }
    /// Cells with the trait, and those with more such neighbours than chance gives.
    var joins: [String] {
        isGerman ? ["vorhanden", "auffällig viele Nachbarn"] : ["present", "unusually many neighbours"]
    }
    var joinTitle: String { isGerman ? "Zellen" : "Cells" }

    func legend(_ question: HotspotQuestion) -> String {
        switch question.method {
        case .kde where question.surface == .isolines: isGerman ? "Anteil" : "Share"
        case .kde: isGerman ? "Beiträge je km²" : "Contributions per km²"
        case .scan: isGerman ? "Log-Likelihood-Quotient" : "Log likelihood ratio"
        default: isGerman ? "Beiträge" : "Contributions"
        }
    }

    /// None, and the four quadrants of local Moran's I in the order of their numbers.
    var quadrants: [String] {
        isGerman
            ? ["nicht auffällig", "viele bei vielen", "wenige bei vielen", "wenige bei wenigen", "viele bei wenigen"]
            : ["not significant", "high among high", "low among high", "low among low", "high among low"]
    }
    /// None, and the associations of local Geary's c in the order of their numbers.
    var associations: [String] {
        isGerman
            ? ["nicht auffällig", "viele bei vielen", "unähnlich", "wenige bei wenigen", "sonst ähnlich"]
            : ["not significant", "high among high", "dissimilar", "low among low", "otherwise alike"]
    }
    var quadrantTitle: String { isGerman ? "Zelle und Umgebung" : "Cell and surroundings" }
    /// None, the eight kinds of hot patterns and those of cold ones.
    var patterns: [String] {
        let kinds =
            isGerman
            ? [
                "neu", "anhaltend seit kurzem", "zunehmend", "beständig", "abnehmend", "schwankend", "gelegentlich",
                "früher",
            ]
            : [
                "new", "consecutive", "intensifying", "persistent", "diminishing", "oscillating", "sporadic",
                "historical",
            ]
        let (hot, cold) = isGerman ? ("heiß", "kalt") : ("hot", "cold")
        return [isGerman ? "kein Muster" : "no pattern"] + kinds.map { "\(hot), \($0)" }
            + kinds.map { "\(cold), \($0)" }
    }
    /// How many of all are drawn.
    func first(_ count: Int, of all: Int) -> String {
        isGerman ? "die ersten \(count) von \(all)" : "the first \(count) of \(all)"
    }
    var patternTitle: String { isGerman ? "Muster in der Zeit" : "Pattern in time" }
    /// Fall, none and rise.
    var trends: [String] {
        isGerman ? ["abnehmend", "kein Trend", "zunehmend"] : ["falling", "no trend", "rising"]
    }
    var trendTitle: String { isGerman ? "Trend" : "Trend" }
    var significance: String { isGerman ? "Sicherheit" : "Confidence" }
    var perCategory: String { isGerman ? "Beiträge je Kategorie" : "Contributions per category" }
    var rate: String { isGerman ? "Beiträge je 1.000 Einwohner" : "Contributions per 1,000 inhabitants" }
    var density: String { isGerman ? "Beiträge je km²" : "Contributions per km²" }
    var bins: [String] {
        isGerman
            ? [
                "kalt, 99 %", "kalt, 95 %", "kalt, 90 %", "nicht auffällig", "heiß, 90 %", "heiß, 95 %", "heiß, 99 %",
            ]
            : ["cold, 99 %", "cold, 95 %", "cold, 90 %", "not significant", "hot, 90 %", "hot, 95 %", "hot, 99 %"]
    }
    var comparison: String { isGerman ? "Vergleich" : "Comparison" }
    /// Where the second set has a smaller or larger share, in the order of the classes.
    var changes: [String] {
        isGerman
            ? [
                "weniger, 99 %", "weniger, 95 %", "weniger, 90 %", "nicht auffällig", "mehr, 90 %", "mehr, 95 %",
                "mehr, 99 %",
            ]
            : ["less, 99 %", "less, 95 %", "less, 90 %", "not significant", "more, 90 %", "more, 95 %", "more, 99 %"]
    }
    func share(of name: String) -> String { isGerman ? "Anteil von \(name)" : "Share of \(name)" }
    func near(_ layer: String) -> String { isGerman ? "Rangliste: \(layer)" : "Ranking: \(layer)" }
    func measure(_ measure: RankingMeasure, within metres: String) -> String {
        let name =
            switch measure {
            case .contributions: perContribution
            case .votes: isGerman ? "Stimmen" : "Votes"
            case .comments: isGerman ? "Kommentare" : "Comments"
            case .support: isGerman ? "Unterstützung" : "Support"
            case .controversy: isGerman ? "Umstrittenheit" : "Controversy"
            }
        return isGerman ? "\(name) im Umkreis von \(metres) m" : "\(name) within \(metres) m"
    }
    private var perContribution: String { isGerman ? "Beiträge" : "Contributions" }
}
