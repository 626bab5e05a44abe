import Analysis
import GeoCore
import PROJCoordinates

/// What tests of single places found, in plain words with their numbers.
extension AnalysisAnswer where Question == HotspotQuestion {
    /// A kind of place that a test tells apart.
    private struct Kind {
        /// As in the figures of the whole and of each place.
        let name: String
        /// As in the legend of a map.
        let label: Sentence
        /// What it means, in a clause.
        let meaning: Sentence
    }

    /// How many cells or area units are like their surroundings, or unlike them, by local Moran's I.
    var moranFound: Sentence? {
        let (english, german) = (PictureWords(language: "en").quadrants, PictureWords(language: "de").quadrants)
        let kinds = [
            Kind(
                name: "highHigh", label: (english[1], german[1]),
                meaning: ("a hot spot", "eine heiße Stelle")),
            Kind(
                name: "lowHigh", label: (english[2], german[2]),
                meaning: ("a gap within a hot spot or beside it", "eine Lücke in oder neben einer heißen Stelle")),
            Kind(
                name: "lowLow", label: (english[3], german[3]),
                meaning: ("a cold spot", "eine kalte Stelle")),
            Kind(
                name: "highLow", label: (english[4], german[4]),
                meaning: ("a place that stands out alone", "ein Ort, der allein heraussticht")),
        ]
        return associations(
            kinds, by: "quadrant", method: ("Local Moran's I", "Das lokale Moran-I"),
            none: (
                "no hot spot, no cold spot and no place unlike its surroundings",
                "keine heiße Stelle, keine kalte und keinen Ort, der anders ist als seine Umgebung"
            ))
    }

    /// How many cells hold about the same as their neighbours, or something else, by local Geary's c.
    var gearyFound: Sentence? {
        let (english, german) = (PictureWords(language: "en").associations, PictureWords(language: "de").associations)
        let kinds = [
            Kind(
                name: "highHigh", label: (english[1], german[1]),
                meaning: ("alike and high: a hot spot", "ähnlich und hoch: eine heiße Stelle")),
            Kind(
                name: "lowLow", label: (english[3], german[3]),
                meaning: ("alike and low: a cold spot", "ähnlich und niedrig: eine kalte Stelle")),
            Kind(
                name: "otherSimilar", label: (english[4], german[4]),
                meaning: (
                    "alike, on both sides of the mean", "ähnlich, teils über und teils unter dem Mittel"
                )),
            Kind(
                name: "dissimilar", label: (english[2], german[2]),
                meaning: (
                    "an outlier, or where high and low meet", "ein Ausreißer, oder wo viele an wenige grenzen"
                )),
        ]
        return associations(
            kinds, by: "association", method: ("Local Geary's c", "Das lokale Geary-c"),
            none: (
                "no place that is more like its neighbours than chance would have it, and none that is less",
                "keinen Ort, der seinen Nachbarn ähnlicher ist, als der Zufall erwarten lässt, und keinen, der es weniger ist"
            ))
    }

    private func associations(
        _ kinds: [Kind], by property: String, method: Sentence, none: Sentence
    ) -> Sentence? {
        guard let tests = number("tests") else { return nil }
        if tests.english == "0" { return Self.untested(areUnits: question.looksAtUnits) }
        // What is withheld is not nothing.
        let counts = kinds.compactMap { figure($0.name) }
        guard counts.count == kinds.count else { return nil }
        let places: Sentence
        if question.looksAtUnits {
            places = ("\(tests.english) area units", "\(tests.german) Gebietseinheiten")
        } else {
            guard let width = number("cell") else { return nil }
            places = (
                "\(tests.english) cells of \(width.english) m", "\(tests.german) Zellen zu \(width.german) m"
            )
        }
        let level = atLevel
        guard counts.contains(where: { $0 > 0 }) else {
            return (
                "\(method.english) finds nothing among \(places.english) that chance would not give, "
                    + "\(level.english): \(none.english). That is no proof that there is none.",
                "\(method.german) findet unter \(places.german) nichts, was der Zufall nicht erwarten lässt, "
                    + "\(level.german): \(none.german). Ein Beweis, dass es nichts gibt, ist das nicht."
            )
        }
        let found = zip(kinds, counts).filter { $1 > 0 }
        let absent = zip(kinds, counts).filter { $1 == 0 }.map(\.0.label)
        let all = PictureClasses.text(counts.reduce(0, +))
        let measure: Sentence =
            question.looksAtUnits
            ? ("standardised rate per inhabitant", "standardisierte Rate je Einwohner")
            : weighed ?? ("number of contributions", "Zahl der Beiträge")
        let strongest = leastLikely { feature in
            let word = feature.properties.first { $0.name == property }?.value
            return kinds.first { word == .string($0.name) }?.label
        }
        return (
            "\(method.english) finds \(all) of \(places.english) that chance would not give, \(level.english): "
                + found.map { "\(PictureClasses.text($1)) \($0.label.english) (\($0.meaning.english))" }
                .joined(separator: "; ")
                + (absent.isEmpty ? "" : "; none \(absent.map(\.english).joined(separator: ", none "))")
                + ". High and low mean above and below the mean of all by \(measure.english)."
                + (strongest?.english ?? ""),
            "\(method.german) findet \(all) von \(places.german), die der Zufall nicht erwarten lässt, \(level.german): "
                + found.map { "\(PictureClasses.text($1)) \($0.label.german) (\($0.meaning.german))" }
                .joined(separator: "; ")
                + (absent.isEmpty ? "" : "; nicht gefunden: \(absent.map(\.german).joined(separator: ", "))")
                + ". Viele und wenige heißt über und unter dem Mittel von allen (\(measure.german))."
                + (strongest?.german ?? "")
        )
    }

    /// How many contributions of a category have more, or fewer, of another beside them than chance would give.
    var colocationFound: Sentence? {
        guard let tests = number("tests"), let more = number("attracted"), let less = number("avoided"),
            let nearest = number("nearest"), let focus = word("focus"), let against = word("against")
        else { return nil }
        let level = atLevel
        if more.english == "0", less.english == "0" {
            return (
                "None of \(tests.english) contributions of \(focus) has more or fewer of \(against) among its "
                    + "\(nearest.english) nearest than chance would give, \(level.english). That is no proof that the two have "
                    + "nothing to do with each other.",
                "Keiner von \(tests.german) Beiträgen zu \(focus) hat unter seinen \(nearest.german) nächsten mehr oder weniger "
                    + "zu \(against), als der Zufall erwarten lässt, \(level.german). Ein Beweis, dass die beiden nichts "
                    + "miteinander zu tun haben, ist das nicht."
            )
        }
        let strongest = leastLikely { feature in
            let quotient = feature.properties.first { $0.name == "quotient" }?.value.double ?? 0
            return quotient > 1 ? ("attracted", "angezogen") : ("avoided", "gemieden")
        }
        return (
            "Of \(tests.english) contributions of \(focus), more of \(against) than chance would give are among the "
                + "\(nearest.english) nearest of \(more.english) (attracted: the two go together there), and fewer among those of "
                + "\(less.english) (avoided: they keep apart), \(level.english).\(strongest?.english ?? "")",
            "Von \(tests.german) Beiträgen zu \(focus) liegen bei \(more.german) unter den \(nearest.german) nächsten mehr zu "
                + "\(against), als der Zufall erwarten lässt (angezogen: beides kommt dort zusammen vor), und bei "
                + "\(less.german) weniger (gemieden: beides bleibt getrennt), \(level.german).\(strongest?.german ?? "")"
        )
    }

    /// In how many cells the share of a category is larger, or smaller, than in all.
    var quotientFound: Sentence? {
        guard let tests = number("tests"), let more = number("higherCells"), let less = number("lowerCells"),
            let share = figure("share"), let focus = word("focus"), let width = number("cell")
        else { return nil }
        let (level, percent) = (atLevel, Self.percent(share))
        let (all, commaAll) = ("\(percent) %", "\(percent.replacing(".", with: ",")) %")
        if more.english == "0", less.english == "0" {
            return (
                "In none of \(tests.english) cells of \(width.english) m is the share of \(focus) other than in all (\(all)) "
                    + "more clearly than chance would give, \(level.english).",
                "In keiner von \(tests.german) Zellen zu \(width.german) m weicht der Anteil von \(focus) von dem in allen "
                    + "(\(commaAll)) deutlicher ab, als der Zufall erwarten lässt, \(level.german)."
            )
        }
        let strongest = leastLikely { feature in
            let quotient = feature.properties.first { $0.name == "quotient" }?.value.double ?? 0
            return quotient > 1 ? ("a larger share", "größerer Anteil") : ("a smaller share", "kleinerer Anteil")
        }
        return (
            "Of \(tests.english) cells of \(width.english) m, the share of \(focus) is larger than in all (\(all)) in "
                + "\(more.english) and smaller in \(less.english), more clearly than chance would give, "
                + "\(level.english).\(strongest?.english ?? "")",
            "Von \(tests.german) Zellen zu \(width.german) m ist der Anteil von \(focus) in \(more.german) größer als in allen "
                + "zusammen (\(commaAll)) und in \(less.german) kleiner, deutlicher, als der Zufall erwarten lässt, "
                + "\(level.german).\(strongest?.german ?? "")"
        )
    }

    /// How many hot places few contributions carry, and how many hang on one.
    var carried: Sentence? {
        guard let few = number("carriedByFew"), let fewest = number("fewestCarriers") else { return nil }
        let fragile = number("fragile")
        if few.english == "0" {
            guard let fragile, fragile.english != "0" else { return nil }
            let isOne = fragile.english == "1"
            return (
                "Of the places found \(fragile.english) \(isOne ? "hangs" : "hang") on one heavy contribution.",
                "Von den gefundenen Stellen \(isOne ? "hängt" : "hängen") \(fragile.german) an einem einzigen schweren Beitrag."
            )
        }
        let isOne = few.english == "1"
        let isOneFragile = fragile.map { $0.english == "1" } ?? false
        return (
            "Of the places found \(few.english) \(isOne ? "is" : "are") carried by few: there the weights are worth fewer than "
                + "\(fewest.english) equal contributions"
                + (fragile.map { "; \($0.english) \(isOneFragile ? "hangs" : "hang") on one heavy contribution" } ?? "")
                + ".",
            "Von den gefundenen Stellen \(isOne ? "wird" : "werden") \(few.german) von wenigen getragen: dort wiegen die Gewichte "
                + "weniger als \(fewest.german) gleiche Beiträge"
                + (fragile.map {
                    "; \($0.german) \(isOneFragile ? "hängt" : "hängen") an einem einzigen schweren Beitrag"
                }
                    ?? "")
                + "."
        )
    }

    /// That no cell or unit could be tested.
    static func untested(areUnits: Bool) -> Sentence {
        areUnits
            ? (
                "No area unit could be tested: all have the same rate, or none has a neighbour.",
                "Keine Gebietseinheit ließ sich prüfen: alle haben dieselbe Rate, oder keine hat einen Nachbarn."
            )
            : (
                "No cell could be tested: all hold the same, or none has a neighbour.",
                "Keine Zelle ließ sich prüfen: alle enthalten gleich viel, oder keine hat einen Nachbarn."
            )
    }

    /// The level at which places are told, and how far it is corrected for many of them.
    var atLevel: Sentence {
        // Tails that are not doubled let chance through twice as often.
        let percent = Self.percent(min(1, question.alpha * (question.tails == .directed ? 2 : 1)))
        let comma = percent.replacing(".", with: ",")
        let names: Sentence
        switch question.correction {
        case .none:
            return (
                "at the level of \(percent) % without correction for many tests (\(percent) % of all would be named by chance "
                    + "alone)",
                "auf dem Niveau von \(comma) % ohne Korrektur für viele Tests (\(comma) % von allen würden schon durch Zufall "
                    + "genannt)"
            )
        case .fdr: names = ("Benjamini and Hochberg", "Benjamini und Hochberg")
        case .fdrDependent: names = ("Benjamini and Yekutieli", "Benjamini und Yekutieli")
        }
        return (
            "at the level of \(percent) % corrected for many tests by \(names.english) (on average at most \(percent) % of those "
                + "named are chance)",
            "auf dem Niveau von \(comma) %, für viele Tests korrigiert nach \(names.german) (im Mittel sind höchstens "
                + "\(comma) % der genannten Zufall)"
        )
    }

    private static func percent(_ share: Double) -> String {
        AnalysisParameter.text((share * 100).rounded(toPlaces: share < 0.01 ? 6 : 2))
    }

    /// The text of a parameter.
    private func word(_ name: String) -> String? {
        guard case .text(let text)? = analysis.parameters.first(where: { $0.name == name })?.value else { return nil }
        return text
    }

    /// What places are compared by.
    private typealias Rank = (p: Double, minusZ: Double, x: Double, y: Double)

    /// A sentence on the place that is least likely by chance, of those that are named and told with their probability.
    ///
    /// - Parameter kind: what kind of place it is; `nil` where it is none that is named.
    private func leastLikely(_ kind: (AnalysisFeature) -> Sentence?) -> Sentence? {
        var least: (feature: AnalysisFeature, label: Sentence, rank: Rank)?
        for feature in features {
            func number(_ name: String) -> Double? { feature.properties.first { $0.name == name }?.value.double }
            guard let p = number("p"), let decisive = question.correction == .none ? p : number("q"),
                decisive <= question.alpha, let label = kind(feature)
            else { continue }
            // Of equal ones the one furthest south-west, in whatever order they come.
            let middle = feature.shape.shape.boundingBox?.center ?? Position(0, 0)
            let rank = (p: p, minusZ: -abs(number("z") ?? 0), x: middle.x, y: middle.y)
            if let other = least, other.rank <= rank { continue }
            least = (feature, label, rank)
        }
        guard let least, let place = whereabouts(of: least.feature) else { return nil }
        return (
            " Least likely by chance is \(place.english): \(least.label.english).",
            " Am wenigsten durch Zufall zu erklären ist \(place.german): \(least.label.german)."
        )
    }

    /// What a place is called, and about where it lies in longitude and latitude.
    private func whereabouts(of feature: AnalysisFeature) -> Sentence? {
        guard let middle = feature.shape.shape.boundingBox?.center else { return nil }
        var (x, y) = ([middle.x], [middle.y])
        do {
            let transform = try plane ?? CoordinateTransform(from: .wgs84, to: CoordinateReferenceSystem(analysis.crs))
            try transform.inverse(&x, &y)
        } catch { return nil }
        func angle(_ value: Double, _ positive: String, _ negative: String) -> String {
            // About ten metres; cells are wider.
            "\(abs(value).rounded(toPlaces: 4))° \(value < 0 ? negative : positive)"
        }
        let latitude = angle(y[0], "N", "S")
        let (east, germanEast) = (angle(x[0], "E", "W"), angle(x[0], "O", "W"))
        func german(_ text: String) -> String { text.replacing(".", with: ",") }
        let (english, germanName): (String, String)
        if case .string(let unit)? = feature.properties.first(where: { $0.name == "name" })?.value {
            (english, germanName) = (unit, unit)
        } else if let contribution = feature.number(["contribution"]) {
            (english, germanName) = ("contribution \(contribution)", "Beitrag \(contribution)")
        } else {
            (english, germanName) = ("cell \(feature.id)", "Zelle \(feature.id)")
        }
        return ("\(english) near \(latitude), \(east)", "\(germanName) bei \(german(latitude)), \(german(germanEast))")
    }
}
